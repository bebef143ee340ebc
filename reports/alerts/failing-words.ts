import { count, dayName, isolated, plural } from '../words.ts';
import type { FailingReading } from './failing.ts';

/** `GitHub keeps failing: 2 readings have gone wrong again and again.` */
export function failingSentence(sourceTitle: string, readings: readonly FailingReading[]): string {
  const failed = readings.filter(({ limit }) => limit === undefined).length;
  const limited = readings.length - failed;
  if (failed === 0 && limited > 0) {
    return `${sourceTitle} keeps ${plural(limited, 'reading')} from us by its limits.`;
  }
  const rest = limited > 0 ? `, and its limits keep ${count(limited)} more from us` : '';
  return `${sourceTitle} keeps failing: ${plural(failed, 'reading')} ${failed === 1 ? 'has' : 'have'} gone wrong again and again${rest}.`;
}

/** More readings than this are counted. */
const MOST = 8;

/** What fails or is kept from us, a line each. */
export function failingLines(readings: readonly FailingReading[]): string[] {
  const rest = readings.length - MOST;
  return [
    ...readings.slice(0, MOST).map(lineOf),
    ...(rest > 0 ? [`And ${count(rest)} more: /metrics status names them.`] : []),
    'What was collected before is still there, and every poll tries again. On the command line, “doctor” says what to do about it.',
  ];
}

function lineOf({ name, error, reference, limit }: FailingReading): string {
  const why = error === undefined ? '' : ` ${error}`;
  if (limit) {
    const last = limit.readOn === null ? 'never read yet' : `last read on ${dayName(limit.readOn)}`;
    return `${isolated(name)}: ${last}, put off by limits since.${why}`;
  }
  const way = reference
    ? ` If it is gone for good, /metrics untrack ${reference} ends the asking.`
    : '';
  return `${isolated(name)}:${why}${way}`;
}

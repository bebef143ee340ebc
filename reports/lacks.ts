import { type Day, daysBetween, type Granularity } from '../db/days.ts';
import { PERIOD } from './chart/periods.ts';
import type { PeriodCount } from './counts.ts';
import { earliest } from './extent.ts';
import { dayName, plural } from './words.ts';

/** A source's last complete day may lie this many days back: it is not late yet, and nothing is said. */
export const LAG_DAYS = 2;

/** What is said of weeks or months that are left out because they lack days. */
export function incompleteNote(
  incomplete: readonly PeriodCount[],
  granularity: Granularity,
): string[] {
  const [first] = incomplete;
  if (!first) return [];
  const left = `${plural(incomplete.length, PERIOD[granularity])} with missing days ${incomplete.length === 1 ? 'is' : 'are'} left out`;
  return [
    `${left}: ${first.days} of ${first.of} days are known of the one that begins on ${dayName(first.start)}.`,
  ];
}

/** What is said of a range that begins before the data does. */
export function beginNote(first: Day | undefined, from: Day | undefined): string[] {
  return first && from && from < first ? [nothingBefore(first)] : [];
}

export function nothingBefore(first: Day): string {
  return `Nothing is recorded before ${dayName(first)}.`;
}

/** What is said of data that ends before the range does. */
export function endNote(
  latest: Day | undefined,
  { to, today }: { readonly to: Day; readonly today: Day },
): string[] {
  const until = earliest([to, today]) ?? to;
  return latest && daysBetween(latest, until) > LAG_DAYS
    ? [`The data ends on ${dayName(latest)}.`]
    : [];
}

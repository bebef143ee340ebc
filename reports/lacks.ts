import { addDays, type Day, daysBetween, type Granularity } from '../db/days.ts';
import { PERIOD } from './chart/periods.ts';
import type { PeriodCount } from './counts.ts';
import { dayName, isolated, listed, plural } from './words.ts';

/** A source's last complete day may lie this many days back: it is not late yet, and nothing is said. */
export const LAG_DAYS = 2;

const MOST_DAYS = 3;

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

/** How many days lack something; what several lack on the same day counts once. */
export function missingDays(holes: readonly { readonly from: Day; readonly to: Day }[]): number {
  let missing = 0;
  let next = '';
  for (const { from, to } of holes.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const first = from < next ? next : from;
    if (first > to) continue;
    missing += daysBetween(first, to) + 1;
    next = addDays(to, 1);
  }
  return missing;
}

interface Range {
  readonly to: Day;
  readonly today: Day;
}

/** Where a record ends, whoever has it. */
interface Ending {
  readonly name: string;
  /** The last day that is told of at all, also after the range. */
  readonly last: Day;
}

/**
 * Whether data ends before the range does, and longer ago than a source may be behind. What is known
 * again after the range has no end in it, but a hole.
 */
export function hasEnded(last: Day, { to, today }: Range): boolean {
  return last < to && daysBetween(last, today) > LAG_DAYS;
}

/** What is said of data that ends before the range does. */
export function endNote(last: Day | undefined, range: Range): string[] {
  return last && hasEnded(last, range) ? [`The data ends on ${dayName(last)}.`] : [];
}

/** What is said of those whose data ends before that of others: a sentence a day, the latest first. */
export function earlyNotes(early: readonly Ending[]): string[] {
  return [...Map.groupBy(early, ({ last }) => last)]
    .toSorted(([one], [other]) => (one > other ? -1 : 1))
    .slice(0, MOST_DAYS)
    .map(([day, group]) => {
      const names = group.map(({ name }) => isolated(name));
      return `The data of ${listed(names)} ends on ${dayName(day)}.`;
    });
}

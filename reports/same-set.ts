import { addDays, type Day } from '../db/days.ts';
import { added } from './counts.ts';
import { LEAST_WEEKS } from './trend.ts';
import { listed } from './words.ts';

/** How many whole weeks, or other periods, something must have to be added to what is older. */
export const LEAST_PERIODS = LEAST_WEEKS;

/**
 * Whether a record begins after the first of the weeks that a trend takes: added to older ones it would
 * look like growth. Holes do not count: they make nothing new.
 *
 * @param week Monday of the last whole week
 */
export function isTooNew(first: Day, week: Day): boolean {
  return first > addDays(week, -7 * (LEAST_PERIODS - 1));
}

/**
 * What is added up, the same in every period: the members whose latest period is known. New ones are
 * left out unless all are new. Where the latest period is known of none, everyone.
 */
function sameSet<T>(all: readonly T[], { valuesOf, isNew }: Addend<T>): readonly T[] {
  const known = all.filter((one) => valuesOf(one).at(-1) !== null);
  const old = known.filter((one) => !isNew(one));
  return [old, known].find(({ length }) => length > 0) ?? all;
}

/** What is added up of something. */
export interface Addend<T> {
  /** One a period, oldest first; null where it is not known. */
  readonly valuesOf: (one: T) => readonly (number | null)[];
  /** Whether it has begun too late to be added to older ones. */
  readonly isNew: (one: T) => boolean;
}

export interface Sums<T> {
  /** What is in the sums, the same in every period. */
  readonly members: readonly T[];
  readonly without: readonly T[];
  /** One a period; null where it is not known of every member. */
  readonly sums: readonly (number | null)[];
}

export function sumsOf<T>(all: readonly T[], addend: Addend<T>): Sums<T> {
  const members = sameSet(all, addend);
  const values = members.map(addend.valuesOf);
  return {
    members,
    without: all.filter((one) => !members.includes(one)),
    sums: (values[0] ?? []).map((_, at) => added(values.map((one) => one[at] ?? null))),
  };
}

/** Why those are in none of the sums of weeks. */
export function tooNewNote<T>(
  all: readonly T[],
  weeks: Addend<T>,
  nameOf: (one: T) => string,
): string[] {
  const isKnown = (one: T) => weeks.valuesOf(one).at(-1) !== null;
  const left = sumsOf(all, weeks).without.filter((one) => weeks.isNew(one) && isKnown(one));
  return left.length > 0
    ? [`Too new to be in the sums of weeks: ${listed(left.map(nameOf))}.`]
    : [];
}

import { addDays, type Day } from '../db/days.ts';
import { LEAST_WEEKS } from './trend.ts';
import { listed } from './words.ts';

/** How many whole weeks, or other periods, something must have to be added to what is older. */
export const LEAST_PERIODS = LEAST_WEEKS;

/**
 * Whether a record lacks some of the weeks that a trend takes: added to older ones it would look like
 * growth. A hole makes nothing new, so that it is its first day that counts.
 *
 * @param week Monday of the last whole week
 */
export function isTooNew(first: Day, week: Day): boolean {
  return first > addDays(week, -7 * (LEAST_PERIODS - 1));
}

/** Why those are in none of the sums of weeks. */
export function tooNewNote(names: readonly string[]): string[] {
  return names.length > 0 ? [`Too new to be in the sums of weeks: ${listed(names)}.`] : [];
}

/**
 * What is added up, the same in every period: whose last one is known, and without what is new unless
 * all of it is; all where the last one is known of none.
 */
export function sameSet<T>(
  all: readonly T[],
  isKnown: (one: T) => boolean,
  isNew: (one: T) => boolean,
): readonly T[] {
  const known = all.filter(isKnown);
  const old = known.filter((one) => !isNew(one));
  return [old, known].find(({ length }) => length > 0) ?? all;
}

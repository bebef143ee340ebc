import { median } from './statistics.ts';

/** Weeks that each have to be above the one before, for growth to be believed. */
export const GROWTH_WEEKS = 6;

/** Growth of more than this (in logs) is never expected to go on. */
const MOST = 0.35;

/**
 * What steady growth adds in `days` days, in logs: the median slope between any two weeks
 * (Theil 1950, Sen 1968) where each week is above the one before it, 0 otherwise.
 * `weeks` are the levels of the latest weeks, newest first.
 */
export function growthOver(days: number, weeks: readonly number[]): number {
  const isSteady = weeks.slice(1).every((older, index) => (weeks[index] as number) > older);
  if (!isSteady) return 0;
  const slopes = weeks.flatMap((newer, index) =>
    weeks.slice(index + 1).map((older, gap) => (newer - older) / (7 * (gap + 1))),
  );
  return Math.min(MOST, median(slopes) * days);
}

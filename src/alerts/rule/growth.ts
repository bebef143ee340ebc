import { medianSlope } from '../../../db/statistics.ts';

/** Weeks that each have to be above the one before, for growth to be believed. */
export const GROWTH_WEEKS = 6;

/** Growth of more than this (in logs) is never expected to go on. */
const MOST = 0.35;

/**
 * What steady growth adds in `days` days, in logs: the median slope between any two weeks
 * where each week is above the one before it, 0 otherwise.
 * `weeks` are the levels of the latest weeks, newest first.
 */
export function growthOver(days: number, weeks: readonly number[]): number {
  const isSteady = weeks.slice(1).every((older, index) => (weeks[index] as number) > older);
  if (!isSteady) return 0;
  const slope = medianSlope(weeks.map((y, index) => ({ x: -7 * index, y })));
  return Math.min(MOST, slope * days);
}

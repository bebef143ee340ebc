import { MAD_TO_DEVIATION, quantile, sorted } from '../../../db/statistics.ts';

/**
 * NaN stands for "not known" throughout the rule: no comparison with it holds, so nothing is ever
 * decided on it.
 */
export const known = (values: readonly number[]): number[] =>
  values.filter((value) => !Number.isNaN(value));

/** Standard deviations from the middle of a normal distribution down to its 5 % quantile. */
const LOWER_TAIL = 1.645;

/**
 * A standard deviation that single extreme values do not move: from the median absolute deviation,
 * or from the lower tail where that is longer (what falls often by itself is no news).
 * NaN for fewer than `atLeast` known values.
 */
export function spread(values: readonly number[], atLeast: number): number {
  const ordered = sorted(known(values));
  if (ordered.length < atLeast) return Number.NaN;
  const middle = quantile(ordered, 0.5);
  const distances = ordered.map((value) => Math.abs(value - middle)).sort();
  const tail = -quantile(ordered, 0.05) / LOWER_TAIL;
  return Math.max(MAD_TO_DEVIATION * quantile(distances, 0.5), tail);
}

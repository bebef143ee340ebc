/**
 * NaN stands for "not known" throughout the rule: no comparison with it holds, so nothing is ever
 * decided on it.
 */
export const known = (values: readonly number[]): number[] =>
  values.filter((value) => !Number.isNaN(value));

function sorted(values: readonly number[]): Float64Array {
  return new Float64Array(values).sort();
}

/** The value that `share` of the sorted values lie under, interpolated. NaN of none. */
function quantileOf(ordered: Float64Array, share: number): number {
  const at = (ordered.length - 1) * share;
  const below = ordered[Math.floor(at)] ?? Number.NaN;
  const above = ordered[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Of known values; NaN of none. */
export function median(values: readonly number[]): number {
  return quantileOf(sorted(values), 0.5);
}

/** Turns a median absolute deviation into the standard deviation of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;

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
  const middle = quantileOf(ordered, 0.5);
  const distances = ordered.map((value) => Math.abs(value - middle)).sort();
  const tail = -quantileOf(ordered, 0.05) / LOWER_TAIL;
  return Math.max(MAD_TO_DEVIATION * quantileOf(distances, 0.5), tail);
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

export function sorted(values: readonly number[]): Float64Array {
  return new Float64Array(values).sort();
}

/**
 * The value that `share` of the sorted values lie under, interpolated linearly (type 7 of Hyndman
 * and Fan, The American Statistician 50, 1996). NaN of none.
 */
export function quantile(ordered: ArrayLike<number>, share: number): number {
  const at = (ordered.length - 1) * share;
  const below = ordered[Math.floor(at)] ?? Number.NaN;
  const above = ordered[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Of known values; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(sorted(values), 0.5);
}

/** Turns a median absolute deviation into the standard deviation of a normal distribution. */
export const MAD_TO_DEVIATION = 1.4826;

/**
 * The median slope between any two points, whatever single odd ones do (Theil 1950; Sen, Journal of
 * the American Statistical Association 63, 1968). NaN of fewer than two.
 */
export function medianSlope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const slopes = points.flatMap((a, at) =>
    points.slice(at + 1).map((b) => (b.y - a.y) / (b.x - a.x)),
  );
  return median(slopes);
}

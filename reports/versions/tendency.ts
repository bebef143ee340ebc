/** With fewer values than this, no order is surprising enough. */
const LEAST = 6;

/** Two-sided, of chance bringing such an order less than once in a hundred times. */
const CRITICAL = 2.576;

/**
 * Which way a row of values goes: the test of Mann and Kendall (Mann, Econometrica 13, 1945;
 * Kendall, Rank Correlation Methods, 1948, with ties). It asks in how many pairs the later value is
 * the larger one, so a share that falls quickly and then slowly falls all the same. Undefined with
 * fewer than six values.
 */
export function tendencyOf(values: readonly number[]): 'rising' | 'falling' | 'steady' | undefined {
  const n = values.length;
  if (n < LEAST) return undefined;
  let score = 0;
  for (const [at, later] of values.entries()) {
    for (const earlier of values.slice(0, at)) score += Math.sign(later - earlier);
  }
  const pairs = (size: number) => size * (size - 1) * (2 * size + 5);
  const ties = [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length);
  const variance = (pairs(n) - ties.reduce((sum, size) => sum + pairs(size), 0)) / 18;
  if (variance <= 0) return 'steady';
  const z = (Math.abs(score) - 1) / Math.sqrt(variance);
  if (z < CRITICAL) return 'steady';
  return score > 0 ? 'rising' : 'falling';
}

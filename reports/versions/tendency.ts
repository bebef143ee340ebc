import { sum } from '../../db/statistics.ts';

/** With fewer values than this, no order is surprising enough. */
const LEAST = 6;

/** Two-sided, of chance bringing such an order less than once in a hundred times. */
const CRITICAL = 2.576;

/** A last share so far outside of all before it, and farther than these differ, is not steady. */
const LEAP = 0.05;

/**
 * Which way a row of shares goes: the test of Mann and Kendall (Mann, Econometrica 13, 1945;
 * Kendall, Rank Correlation Methods, 1948, with ties). It asks in how many pairs the later value is
 * the larger one, so a share that falls quickly and then slowly falls all the same. Undefined with
 * fewer than six values, and where the last one alone leaps.
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
  const variance = (pairs(n) - sum(ties.map(pairs))) / 18;
  const z = variance > 0 ? (Math.abs(score) - 1) / Math.sqrt(variance) : 0;
  if (z < CRITICAL) return isLeap(values) ? undefined : 'steady';
  return score > 0 ? 'rising' : 'falling';
}

function isLeap(values: readonly number[]): boolean {
  const [last = 0, ...others] = values.toReversed();
  const [least, most] = [Math.min(...others), Math.max(...others)];
  const far = Math.max(LEAP, most - least);
  return last < least - far || last > most + far;
}

import { mean, sum } from '../db/statistics.ts';
/** How many whole weeks are judged, and what they are judged against. */
export const RECENT_WEEKS = 4;
export const EARLIER_WEEKS = 12;
const LEAST_EARLIER = 8;
/** How many whole weeks it takes to judge anything. */
export const LEAST_WEEKS = RECENT_WEEKS + LEAST_EARLIER;

/** A change is called one when chance alone brings it less than once in a hundred times. */
const SIGNIFICANCE = 0.01;

export type Direction = 'up' | 'down' | 'steady';

export interface Trend {
  readonly direction: Direction;
  /** Averages a week. */
  readonly recent: number;
  readonly earlier: number;
  /** How many weeks `earlier` averages. */
  readonly earlierWeeks: number;
}

/**
 * Judges whether a weekly count speeds up or slows down: the mean of the last 4 weeks against the
 * mean of the up to 12 before. `weeks` holds whole weeks, oldest first, null where the week is not
 * covered. Undefined when a recent week is missing or fewer than 8 earlier ones are there.
 *
 * The method is the quasi-Poisson comparison of two rates (McCullagh and Nelder, Generalized Linear
 * Models, 2nd ed. 1989, sections 6.2.3 and 9.2): counts vary more than Poisson's when they come in
 * bursts, so their variance is estimated from the weeks themselves (pooled within the two stretches)
 * and never taken below Poisson's, which is the mean. The difference over its standard error is
 * compared with Student's t, two-sided.
 */
export function trendOf(weeks: readonly (number | null)[]): Trend | undefined {
  const known = (week: number | null): week is number => week !== null;
  const recent = weeks.slice(-RECENT_WEEKS).filter(known);
  const earlier = weeks.slice(-RECENT_WEEKS - EARLIER_WEEKS, -RECENT_WEEKS).filter(known);
  if (recent.length < RECENT_WEEKS || earlier.length < LEAST_EARLIER) return undefined;
  const means = { recent: mean(recent), earlier: mean(earlier), earlierWeeks: earlier.length };
  const degrees = recent.length + earlier.length - 2;
  const spread = (squares(recent) + squares(earlier)) / degrees;
  const variance = Math.max(spread, mean([...recent, ...earlier]));
  const difference = means.recent - means.earlier;
  if (difference === 0 || variance <= 0) {
    return { direction: difference === 0 ? 'steady' : sign(difference), ...means };
  }
  const error = Math.sqrt(variance * (1 / recent.length + 1 / earlier.length));
  const chance = studentTail(Math.abs(difference) / error, degrees);
  return { direction: chance < SIGNIFICANCE ? sign(difference) : 'steady', ...means };
}

function sign(difference: number): Direction {
  return difference > 0 ? 'up' : 'down';
}

function squares(values: readonly number[]): number {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2));
}

/**
 * The two-sided tail probability of Student's t with a whole number of degrees of freedom
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
 */
export function studentTail(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let i = isOdd ? 3 : 2; i < degrees - 1; i += 2) {
    term *= (cosine * cosine * (i - 1)) / i;
    sum += term;
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(0, 1 - inside);
}

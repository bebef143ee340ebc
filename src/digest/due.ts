import { DAY_MS } from '../../db/days.ts';
import type { Cadence } from '../../db/subscriptions.ts';
import { instantOf, wallTime } from '../../db/wall-time.ts';

/** The due times around an instant, in milliseconds since the epoch: `last` ≤ now < `next`. */
interface DueTimes {
  readonly last: number;
  readonly next: number;
}

const MINUTE_MS = 60_000;

/**
 * When a digest was due last, and when it is due next. A time that the clocks of the zone skip is
 * due at the moment they go on from, and one that they show twice is due the first time.
 */
export function dueTimes(cadence: Cadence, now: number): DueTimes {
  const today = Math.floor(wallTime(cadence.zone, now) / DAY_MS) * DAY_MS;
  const due = daysAround(cadence, today).map((day) =>
    instantOf(cadence.zone, day + cadence.minute * MINUTE_MS),
  );
  return {
    last: Math.max(...due.filter((at) => at <= now)),
    next: Math.min(...due.filter((at) => at > now)),
  };
}

/** Days on which a digest is due, as midnights of the wall clock: two before `today`, two after. */
function daysAround({ every, onDay }: Cadence, today: number): number[] {
  const steps = [-2, -1, 0, 1, 2];
  if (every === 'day') return steps.map((step) => today + step * DAY_MS);
  if (every === 'week') {
    const weekday = (new Date(today).getUTCDay() + 6) % 7;
    const day = today + (onDay - 1 - weekday) * DAY_MS;
    return steps.map((step) => day + step * 7 * DAY_MS);
  }
  const date = new Date(today);
  return steps.map((step) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step, onDay));
}

/** How late a digest may be posted: half of the way to the next one. */
export function patienceMs({ every }: Cadence): number {
  return { day: 12, week: 84, month: 360 }[every] * 60 * MINUTE_MS;
}

import { DAY_MS } from '../../db/days.ts';
import type { Cadence } from '../../db/subscriptions.ts';

/** The due times around an instant, in milliseconds since the epoch: `last` ≤ now < `next`. */
export interface DueTimes {
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

/**
 * The instant at which the clocks of `zone` show `wall`, which is written as if it were UTC: the
 * first such instant, or the first at which they show something later.
 */
export function instantOf(zone: string, wall: number): number {
  // No clock is off by more than a day, so these are the offsets before and after any change.
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((at) => wallTime(zone, at) - at);
  const instants = offsets.map((offset) => wall - offset);
  const exact = instants.filter((at) => wallTime(zone, at) === wall);
  if (exact.length > 0) return Math.min(...exact);
  let [before, after] = [Math.min(...instants), Math.max(...instants)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallTime(zone, middle) < wall) before = middle;
    else after = middle;
  }
  return after;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of `zone` show at `instant`, written as if it were UTC. */
export function wallTime(zone: string, instant: number): number {
  const clock = clocks.get(zone) ?? clockOf(zone);
  clocks.set(zone, clock);
  const shown = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(shown.get(type));
  const seconds = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return seconds + (((instant % 1000) + 1000) % 1000);
}

function clockOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** How late a digest may be posted: half of the way to the next one. */
export function patienceMs({ every }: Cadence): number {
  return { day: 12, week: 84, month: 360 }[every] * 60 * MINUTE_MS;
}

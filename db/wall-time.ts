import { DAY_MS, type Day, dayOf } from './days.ts';

/**
 * The UTC instant at which a clock in `zone` shows `wall` (encoded as if UTC): the first such
 * instant, or, if that time is skipped, the first later one.
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

/** What the clocks of `zone` show at `instant`, encoded as if UTC. */
export function wallTime(zone: string, instant: number): number {
  const shown = new Map(
    clockIn(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
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

/** The day that the clocks of `zone` show at `instant`. */
export function dayIn(zone: string, instant: number): Day {
  return dayOf(wallTime(zone, instant));
}

/** What the clocks of `zone` show at `instant`, to the minute: `2026-11-30 20:55`. */
export function minuteIn(zone: string, instant: number): string {
  return new Date(wallTime(zone, instant)).toISOString().slice(0, 16).replace('T', ' ');
}

/** Whether this machine's clocks know the zone; Slack and older databases may name others. */
export function isZone(zone: string): boolean {
  return intlName(zone) !== undefined;
}

/** The zone, where this machine's clocks know it. */
export function knownZone(zone: string | null | undefined): string | undefined {
  return zone != null && isZone(zone) ? zone : undefined;
}

/** What Intl calls the zone; undefined for one that it does not know. */
export function intlName(zone: string): string | undefined {
  try {
    return clockIn(zone).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** To make one takes longer than all that is asked of it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError for a zone that this machine does not know. */
function clockIn(zone: string): Intl.DateTimeFormat {
  const clock = clocks.get(zone) ?? clockOf(zone);
  clocks.set(zone, clock);
  return clock;
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

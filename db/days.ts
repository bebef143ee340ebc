/** A UTC calendar day, `YYYY-MM-DD`. Sorts as text. */
export type Day = string;

export type Granularity = 'daily' | 'weekly' | 'monthly';

export const DAY_MS = 86_400_000;

/** More days than a lifetime has are not remembered. */
const MOST_REMEMBERED = 40_000;

/** A long answer asks for the same days hundreds of times, and dates are slow to read and write. */
function remembering<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = work(key);
    if (known.size === MOST_REMEMBERED) known.clear();
    known.set(key, value);
    return value;
  };
}

const read = remembering((day: Day) => Date.parse(day));
const write = remembering((number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10));

/** Midnight UTC of `day` in milliseconds since the epoch. */
export function dayMs(day: Day): number {
  return read(day);
}

/** The UTC day that the instant `ms` (milliseconds since the epoch) falls on. */
export function dayOf(ms: number): Day {
  return write(Math.floor(ms / DAY_MS));
}

/** The last poll of a UTC day begins this late in it: what it reads is all that the day will have. */
const LAST_POLL_MS = 15 * 60_000;

/** The last day that is over for what was read at the instant `ms`. */
export function lastDayRead(ms: number): Day {
  return addDays(dayOf(ms + LAST_POLL_MS), -1);
}

export function addDays(day: Day, count: number): Day {
  return dayOf(dayMs(day) + count * DAY_MS);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((dayMs(to) - dayMs(from)) / DAY_MS);
}

/** The Monday of the ISO week that `day` is in. */
export function weekStart(day: Day): Day {
  const weekday = (new Date(dayMs(day)).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

export function monthStart(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** The first day of the day, ISO week or month that `day` is in. */
export function periodStart(day: Day, granularity: Granularity): Day {
  if (granularity === 'daily') return day;
  return granularity === 'weekly' ? weekStart(day) : monthStart(day);
}

/** The first day of the period after the one that starts at `start`. */
export function nextPeriod(start: Day, granularity: Granularity): Day {
  if (granularity === 'daily') return addDays(start, 1);
  if (granularity === 'weekly') return addDays(start, 7);
  return monthStart(addDays(start, 31));
}

/** The first day of the month that lies `months` before the one that begins on `start`. */
export function monthsBefore(start: Day, months: number): Day {
  const date = new Date(dayMs(start));
  date.setUTCMonth(date.getUTCMonth() - months);
  return dayOf(date.getTime());
}

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayMs(text)) && dayOf(dayMs(text)) === text
  );
}

const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `7 Nov 2021`. */
export function dayName(day: Day): string {
  return date.format(dayMs(day)).replace('Sept', 'Sep');
}

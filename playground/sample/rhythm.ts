import { addDays, type Day, dayMs, daysBetween } from '../../db/days.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;

/** Talk by weekday, Sunday first. */
const WEEKDAYS = [0.16, 1, 1.12, 1.1, 1.02, 0.78, 0.12];

/** How lively `day` is, 1 being a plain working day half-way through the sample. */
export function liveliness(day: Day, lastDay: Day): number {
  const daysAgo = daysBetween(day, lastDay);
  const weekday = WEEKDAYS[new Date(dayMs(day)).getUTCDay()] as number;
  const growth = 1.25 - daysAgo / 364;
  const holiday = daysAgo >= 72 && daysAgo <= 80 ? 0.35 : 1;
  return weekday * growth * holiday;
}

/** The most talkative person's holiday: what happens to the talk without them? */
export function topPersonIsAway(day: Day, lastDay: Day): boolean {
  return day >= addDays(lastDay, -47) && day <= addDays(lastDay, -38);
}

/** Says how many hours each of `zones` is ahead of UTC on `day`. */
export function hoursAhead(zones: Iterable<string>, day: Day): Map<string, number> {
  const noon = new Date(dayMs(day) + 12 * HOUR_MS);
  const ahead = new Map<string, number>();
  for (const timeZone of new Set(zones)) {
    const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(noon)
      .find((part) => part.type === 'timeZoneName')?.value;
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
    ahead.set(timeZone, (Number(hours) + Number(minutes) / 60) * (sign === '-' ? -1 : 1));
  }
  return ahead;
}

/** Picks an instant of the day that starts at `midnight` (UTC), mostly within working hours. */
export function officeTime(random: Random, midnight: number, ahead: number): number {
  const localHour = Math.min(23.9, Math.max(0, 12.8 + 2.7 * random.bell()));
  return midnight + (localHour - ahead) * HOUR_MS;
}

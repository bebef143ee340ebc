import { addDays, type Day, dayMs } from '../../db/days.ts';

/** A Monday. */
export const FIRST: Day = '2025-09-01';
/** The four hundredth day: both changes of the clocks and a turn of the year are in it. */
export const LAST: Day = '2026-10-05';

/** An instant of the simulated year, and which sources are polled at it. */
export interface Step {
  readonly ms: number;
  readonly polls: readonly string[];
  readonly isHourly: boolean;
}

/** The hours of the real schedules. */
const POLLS: readonly (readonly [time: string, source: string])[] = [
  ['04:20', 'pypi'],
  ['10:20', 'pypi'],
  ['16:20', 'pypi'],
  ['05:52', 'docker'],
  ['11:52', 'docker'],
  ['17:52', 'docker'],
  ['23:52', 'docker'],
];

const HOURLY = ['09:07', '22:07'];

/**
 * When else the job of each minute is looked at: around 7:00, 8:00, 9:00 and 22:00 in Berlin and
 * 9:00 in New York, by the clocks of summer and of winter.
 */
const MINUTES = [
  ['04:59', '05:00', '05:59', '06:00', '06:59', '07:00', '07:59', '08:00'],
  ['12:59', '13:00', '13:59', '14:00', '19:59', '20:00', '20:59', '21:00'],
].flat();

const TIMES = [...new Set([...POLLS.map(([time]) => time), ...HOURLY, ...MINUTES])].toSorted();

export function* steps(): Generator<Step> {
  for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
    for (const time of TIMES) {
      yield {
        ms: Date.parse(`${day}T${time}:00Z`),
        polls: POLLS.flatMap(([at, source]) => (at === time ? [source] : [])),
        isHourly: HOURLY.includes(time),
      };
    }
  }
}

export function between(day: Day, from: Day, to: Day): boolean {
  return day >= from && day <= to;
}

/** `2025-10-27 08:00`, UTC. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** The share of its day that is over. */
export function partOfDay(ms: number): number {
  const day = new Date(ms).toISOString().slice(0, 10);
  return (ms - dayMs(day)) / 86_400_000;
}

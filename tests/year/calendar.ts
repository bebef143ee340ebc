import { addDays, type Day, dayMs, weekStart } from '../../db/days.ts';

/** A Monday. */
export const FIRST: Day = '2025-09-01';
/** The four hundredth day: both changes of the clocks and a turn of the year are in it. */
export const LAST: Day = '2026-10-05';

/** An instant of the simulated year, and what is done at it beside the jobs of each minute. */
interface Step {
  readonly ms: number;
  /** Which is polled. */
  readonly source?: string;
  readonly isHourly: boolean;
}

/** Of the hours of the real schedules, those at which there is something new. */
const POLLS = new Map([
  ['10:20', 'pypi'],
  ['16:20', 'pypi'],
  ['05:52', 'docker'],
  ['23:52', 'docker'],
]);

const HOURLY = ['09:07', '22:07'];

/** 7:00 and 22:00 in Berlin, and a daily digest's 15:00, by the clocks of summer and of winter. */
const MINUTES = ['05:00', '06:00', '13:00', '14:00', '20:00', '21:00'];

/** On Mondays 9:00 in Berlin as well, and the minute before everything. */
const MONDAYS = [
  ['04:59', '05:59', '06:59', '07:00', '07:59', '08:00'],
  ['12:59', '13:59', '19:59', '20:59'],
].flat();

/** Most days have nothing new in the afternoon. */
const IDLE = '16:20';

const timesOnMonday = [...POLLS.keys(), ...HOURLY, ...MINUTES, ...MONDAYS].toSorted();
const times = timesOnMonday.filter((time) => !MONDAYS.includes(time) && time !== IDLE);

export function* steps(): Generator<Step> {
  for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
    for (const time of weekStart(day) === day ? timesOnMonday : times) {
      const source = POLLS.get(time);
      yield {
        ms: Date.parse(`${day}T${time}:00Z`),
        ...(source && { source }),
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

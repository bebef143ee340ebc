import { median } from '../../../db/statistics.ts';
import { type DayNumber, type History, weekdayOf } from './history.ts';
import { known } from './statistics.ts';

/** Weeks that a weekday's habit is read from. */
const WEEKS = 8;

/** How far back the habits of the weekdays look. */
export const WEEKDAYS_REACH = 7 * WEEKS;

/** Days that a week needs, and weeks that a weekday needs, to tell anything. */
const LEAST_DAYS = 5;
const LEAST_WEEKS = 2;

/**
 * How far each weekday (Monday first) usually lies above or below the middle of its week, in logs:
 * the median over the eight weeks before the day. Zero while that is not known.
 */
export function weekdaysBefore(history: History): (day: DayNumber) => readonly number[] {
  const middleOfWeekBefore = history.keep(7, (day) => {
    const week = known([1, 2, 3, 4, 5, 6, 7].map((back) => history.at(day - back)));
    return week.length < LEAST_DAYS ? Number.NaN : median(week);
  });

  return (day) => {
    const offsets: number[][] = [[], [], [], [], [], [], []];
    for (let back = 1; back <= WEEKDAYS_REACH; back++) {
      const week = day - 7 * Math.floor((back - 1) / 7);
      const offset = history.at(day - back) - middleOfWeekBefore(week);
      if (!Number.isNaN(offset)) offsets[weekdayOf(day - back)]?.push(offset);
    }
    return offsets.map((list) => (list.length < LEAST_WEEKS ? 0 : median(list)));
  };
}

import { dayOf } from '../../../db/days.ts';
import { DAY_MS, type DayNumber } from './history.ts';

/** What is left of the usual level between the years, and in the days around them, in logs. */
const BETWEEN_THE_YEARS = Math.log(0.52);
export const AROUND_YEAR_END = Math.log(0.74);

/** The fall that the turn of the year explains on a day, in logs: 0 in the rest of the year. */
export function yearEndFall(day: DayNumber): number {
  const date = dayOf(day * DAY_MS).slice(5);
  if (date >= '12-22' || date <= '01-02') return BETWEEN_THE_YEARS;
  if (date >= '12-18' || date <= '01-07') return AROUND_YEAR_END;
  return 0;
}

import { DAY_MS, dayOf } from './days.ts';

/**
 * What the turn of the year leaves of the usual level, in logs: 52 % from 22 December to 2 January, 74 %
 * in the four days before and the five after. docs/alerts.md says where the figures are from.
 */
const BETWEEN_THE_YEARS = Math.log(0.52);
const AROUND = Math.log(0.74);

/**
 * The fall that the turn of the year explains on any of `days` days up to `day`, in logs: mostly 0.
 *
 * @param day in days since 1970-01-01
 */
export function yearEndFall(day: number, days = 1): number {
  return Math.min(...Array.from({ length: days }, (_, back) => onDay(day - back)));
}

function onDay(day: number): number {
  const date = dayOf(day * DAY_MS).slice(5);
  if (date >= '12-22' || date <= '01-02') return BETWEEN_THE_YEARS;
  if (date >= '12-18' || date <= '01-07') return AROUND;
  return 0;
}

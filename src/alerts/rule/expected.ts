import type { Day } from '../../../db/days.ts';
import { yearEndFall } from './calendar.ts';
import { type DayNumber, numberOf, weekdayOf } from './history.ts';
import type { Series } from './series.ts';
import { spreadOf } from './spreads.ts';

/** What is usual for a series, in logs. Plain data. */
export interface Usual {
  readonly level: number;
  /** How far each weekday, Monday first, lies from the level. */
  readonly weekdays: readonly number[];
  /** How much a single day moves by itself. */
  readonly spread: number;
}

/** What a day usually has: values of the series. */
export interface Band {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Spreads on each side: nineteen of twenty quiet days lie within. */
export const WIDTH = 2;

/** What was usual before a day; undefined while too few days are known. */
export function usualOn(series: Series, day: DayNumber): Usual | undefined {
  const { usual: level, weekdays } = series.measure(day);
  const spread = spreadOf(series, day, 1);
  return Number.isNaN(level + spread) ? undefined : { level, weekdays, spread };
}

/** The band of a day; at the turn of the year it reaches as low as then is usual. */
export function bandOf({ level, weekdays, spread }: Usual, day: DayNumber): Band {
  const middle = level + (weekdays[weekdayOf(day)] as number);
  const value = (log: number) => Math.max(0, Math.expm1(log));
  return {
    low: value(middle + yearEndFall(day) - WIDTH * spread),
    middle: value(middle),
    high: value(middle + WIDTH * spread),
  };
}

/**
 * What `day` was expected to have, for a chart: from the days before it, or from what was `frozen`
 * when an alert began. Undefined while too few days are known.
 */
export function expectedOn(series: Series, day: Day, frozen?: Usual): Band | undefined {
  const number = numberOf(day);
  const usual = frozen ?? usualOn(series, number);
  return usual && bandOf(usual, number);
}

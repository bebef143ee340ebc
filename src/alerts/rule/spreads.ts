import type { DayNumber } from './history.ts';
import { MEASURE_REACH, type Measure } from './measure.ts';
import type { Series } from './series.ts';
import type { Window } from './settings.ts';
import { spread } from './statistics.ts';

/** Ten weeks tell how much a series moves now, a year of one weekday how much that one does. */
const DAYS = 70;
const LEAST_DAYS = 21;
const WEEKDAY_DAYS = 364;
const LEAST_WEEKDAYS = 12;

/** How far before a day the rule looks: a year of measures, each of which reads eight weeks more. */
export const HISTORY_DAYS = WEEKDAY_DAYS + MEASURE_REACH;

/** No series is steadier than this, however quiet it has been. */
const STEADIEST = 0.06;

/** What a single day of a level (in logs) moves at least: counts are as unsteady as chance makes them (Poisson). */
export function leastSpread(level: number): number {
  return Math.hypot(STEADIEST, 1 / Math.sqrt(Math.max(1, Math.expm1(level))));
}

/** A fortnight's level moves slowly: half a year tells how much. */
const SLOW_DAYS = 180;
const LEAST_SLOW_DAYS = 42;
const SLOW_STEADIEST = 0.08;

/**
 * How much a window of `window` days moves by itself, in logs: NaN while too few days are known.
 * Where this weekday moved more over a year than the days of the last ten weeks did (Sundays mostly
 * do), the two variances are averaged.
 */
export function spreadOf(series: Series, day: DayNumber, window: Window): number {
  const deviation = (measure: Measure) => measure.deviations[window];
  const lately = spread(past(series, day, deviation, window, DAYS, 1), LEAST_DAYS);
  const onWeekday =
    window === 7 ? 0 : spread(past(series, day, deviation, 7, WEEKDAY_DAYS, 7), LEAST_WEEKDAYS);
  const both = onWeekday > lately ? Math.sqrt((lately ** 2 + onWeekday ** 2) / 2) : lately;
  return Math.max(both, leastSpread(series.measure(day).usual));
}

/** The same of a fortnight against the four weeks that ended a fortnight before. */
export function slowSpreadOf(series: Series, day: DayNumber): number {
  const slow = past(series, day, ({ slow }) => slow, 7, SLOW_DAYS, 1);
  return Math.max(spread(slow, LEAST_SLOW_DAYS), SLOW_STEADIEST);
}

/** What was measured every `step` days, from `first` to `last` days back, where there was a day. */
function past(
  series: Series,
  day: DayNumber,
  read: (measure: Measure) => number,
  first: number,
  last: number,
  step: number,
): number[] {
  const values = [];
  for (let back = first; back <= last; back += step) {
    if (!Number.isNaN(series.at(day - back))) values.push(read(series.measure(day - back)));
  }
  return values;
}

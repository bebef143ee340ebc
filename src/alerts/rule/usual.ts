import type { DayNumber } from './history.ts';
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

/** What was usual before a day; undefined while too few days are known. */
export function usualOn(series: Series, day: DayNumber): Usual | undefined {
  const { usual: level, weekdays } = series.measure(day);
  const spread = spreadOf(series, day, 1);
  return Number.isNaN(level + spread) ? undefined : { level, weekdays, spread };
}

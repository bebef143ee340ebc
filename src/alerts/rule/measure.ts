import { median } from '../../../db/statistics.ts';
import { GROWTH_WEEKS, growthOver } from './growth.ts';
import { type DayNumber, type History, levelOn } from './history.ts';
import type { PerWindow } from './settings.ts';
import { known } from './statistics.ts';
import { WEEKDAYS_REACH, weekdaysBefore } from './weekdays.ts';

/**
 * What a day and the weeks before it tell, in logs, the habits of the weekdays taken out.
 * NaN: not known.
 */
export interface Measure {
  /** The level of the 28 days before, grown to now where growth is steady. */
  readonly usual: number;
  /** How far each weekday, Monday first, lies from its week. */
  readonly weekdays: readonly number[];
  /** The level of each window that ends with this day. */
  readonly levels: PerWindow;
  /** How far each of them is from what was usual before. */
  readonly deviations: PerWindow;
  /**
   * How far the mean of this day and the one before is from what was usual, or from the week before
   * them where that was higher.
   */
  readonly pair: number;
  /** How far the last 14 days are from the four weeks that ended a fortnight before. */
  readonly slow: number;
}

/** Days that are looked back on, this one counted. */
const DAYS = 56;

/** How far back a measure looks. */
export const MEASURE_REACH = Math.max(DAYS, WEEKDAYS_REACH);

/** Fewer than half of the days of a month tell no level. */
const LEAST_DAYS = 14;

export function measuresOf(history: History): (day: DayNumber) => Measure {
  const weekdaysAt = weekdaysBefore(history);
  return history.keep(MEASURE_REACH, (day) => {
    const weekdays = weekdaysAt(day);
    const days = Array.from({ length: DAYS }, (_, back) => levelOn(history, weekdays, day - back));
    return measure(days, weekdays);
  });
}

/** `days` are the levels of the day and of those before it, newest first. */
function measure(days: readonly number[], weekdays: readonly number[]): Measure {
  const middle = (from: number, to: number, atLeast: number) => {
    const values = known(days.slice(from, to + 1));
    return values.length < atLeast ? Number.NaN : median(values);
  };
  const weeks = Array.from({ length: GROWTH_WEEKS }, (_, week) => 1 + 7 * week).map((from) =>
    middle(from, from + 6, 1),
  );
  // Growth is taken on from the middle of the days that tell what is usual to the middle of what is
  // held against it: from 14.5 days back to today, and from 21 days back to the middle of the last
  // seven days, three days back.
  const usual = middle(1, 28, LEAST_DAYS) + growthOver(14.5, weeks);
  const usualBeforeWeek = middle(7, 35, LEAST_DAYS) + growthOver(18, weeks);

  const [today, yesterday] = days as [number, number];
  const levels: PerWindow = {
    1: today,
    2: Math.max(today, yesterday),
    3: meanOfTwoHighest(known(days.slice(0, 3))),
    7: middle(0, 6, 5),
  };
  return {
    usual,
    weekdays,
    levels,
    deviations: {
      1: levels[1] - usual,
      2: levels[2] - usual,
      3: levels[3] - usual,
      7: levels[7] - usualBeforeWeek,
    },
    pair:
      Math.log((Math.exp(today) + Math.exp(yesterday)) / 2) -
      Math.max(...known([usual, middle(2, 8, 5)])),
    slow: middle(0, 13, 8) - middle(28, 55, LEAST_DAYS),
  };
}

function meanOfTwoHighest(values: readonly number[]): number {
  const [highest = Number.NaN, second = Number.NaN] = values.toSorted((a, b) => b - a);
  return (highest + second) / 2;
}

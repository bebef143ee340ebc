import {
  addDays,
  type Day,
  daysBetween,
  type Granularity,
  nextPeriod,
  periodStart,
  weekStart,
} from '../db/days.ts';
import { earliest, latest } from './extent.ts';
import type { Period } from './params.ts';
import { EARLIER_WEEKS, RECENT_WEEKS } from './trend.ts';

/** A count on consecutive days, the first of them `from`; NaN where a day is missing. */
export interface DayCounts {
  readonly from: Day;
  readonly values: Float64Array;
}

/** A day, ISO week or month on the days of a `DayCounts`. */
export interface Span {
  /** Its first day. */
  readonly start: Day;
  /** Where its days are: from index `begin` to before index `end`. */
  readonly begin: number;
  readonly end: number;
}

export interface PeriodCount {
  readonly start: Day;
  /** The sum of the days that are known. */
  readonly sum: number;
  /** How many days are known, and how many the period has. */
  readonly days: number;
  readonly of: number;
  /** True while days of it are still to come. */
  readonly isProvisional: boolean;
}

/** How many whole weeks are read, so that a trend can be judged. */
export const WEEKS = RECENT_WEEKS + EARLIER_WEEKS;

/** The periods that touch `from`..`to`, whole, as places on days that begin with `first`. */
export function spansOf(first: Day, from: Day, to: Day, granularity: Granularity): Span[] {
  const spans: Span[] = [];
  for (let start = periodStart(from, granularity); start <= to; ) {
    const next = nextPeriod(start, granularity);
    spans.push({ start, begin: daysBetween(first, start), end: daysBetween(first, next) });
    start = next;
  }
  return spans;
}

/** The last day of the period that `day` is in. */
export function periodEnd(day: Day, granularity: Granularity): Day {
  return addDays(nextPeriod(periodStart(day, granularity), granularity), -1);
}

/** The Monday of the last ISO week that is over by the end of `finished`. */
export function lastWholeWeek(finished: Day): Day {
  return addDays(weekStart(addDays(finished, 1)), -7);
}

/** The sums of a count in each span; what ends after the day `finished` is still going on. */
export function countsIn(days: DayCounts, spans: readonly Span[], finished: Day): PeriodCount[] {
  const last = daysBetween(days.from, finished);
  return spans.map((span) => countOf(days.values, span, last));
}

/** The same of any days. */
export function countIn(counts: DayCounts, days: Days, finished: Day): PeriodCount {
  const span = { start: days.from, ...placesOf(counts.from, days) };
  return countOf(counts.values, span, daysBetween(counts.from, finished));
}

function countOf(values: Float64Array, { start, begin, end }: Span, last: number): PeriodCount {
  let sum = 0;
  let days = 0;
  for (let at = Math.max(0, begin); at < end && at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    days++;
  }
  return { start, sum, days, of: end - begin, isProvisional: end - 1 > last };
}

/** True when the sum may be compared: the period is over, and no day of it is missing. */
export function isWhole({ days, of, isProvisional }: PeriodCount): boolean {
  return days === of && !isProvisional;
}

/** True when the sum may be drawn: it is whole, or it grows as the days come in. */
export function isDrawn(period: PeriodCount): boolean {
  return isWhole(period) || (period.isProvisional && period.days > 0);
}

/** The sum of a whole period, null of any other. */
export function wholeSum(period: PeriodCount): number | null {
  return isWhole(period) ? period.sum : null;
}

/** The sum; null when one is not known: missing is not zero. */
export function added(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length > 0 ? sum : null;
}

/** Periods that are over and lack days, but the one in which the record begins. */
export function incompleteOf(periods: readonly PeriodCount[]): PeriodCount[] {
  const first = periods.findIndex(({ days }) => days > 0);
  return periods
    .slice(first < 0 ? periods.length : first)
    .filter((period, index) => index > 0 && !isWhole(period) && !period.isProvisional);
}

export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/**
 * What is drawn of a range, for which `first` is the first day there is: the first and the last
 * period whole, also when the range cuts them, and none before that day. What is said is of the days
 * that were asked for.
 */
export function drawnRange(
  { from, to, today, granularity }: Period,
  first: Day,
): Days & { readonly asked: Days; readonly granularity: Granularity } {
  const since = from ?? first;
  const unit = granularity ?? usualGranularity(since, to);
  // Centuries before the first day would be read day by day, and hold nothing.
  const asked = { from: latest([since, first]) ?? since, to: earliest([to, today]) ?? to };
  return {
    from: periodStart(asked.from, unit),
    to: earliest([periodEnd(to, unit), today]) ?? to,
    asked,
    granularity: unit,
  };
}

/** Days as places on days that begin with `first`. */
export function placesOf(first: Day, { from, to }: Days): Omit<Span, 'start'> {
  return { begin: daysBetween(first, from), end: daysBetween(first, to) + 1 };
}

/** The granularity of a range for which none was asked. */
export function usualGranularity(from: Day, to: Day): Granularity {
  const days = daysBetween(from, to) + 1;
  // A month back, and today.
  if (days <= 32) return 'daily';
  return days <= 1100 ? 'weekly' : 'monthly';
}

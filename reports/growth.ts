import {
  addDays,
  DAY_MS,
  type Day,
  dayMs,
  daysBetween,
  type Granularity,
  nextPeriod,
  periodStart,
} from '../db/days.ts';
import { firstIndex } from '../db/first-index.ts';
import type { DayValue } from '../db/series.ts';

/** What a total grew by in one period. */
export interface Gain {
  /** First day of the day, ISO week or month. */
  readonly start: Day;
  /** Null when the total before or at the end is not known, or the count began anew in between. */
  readonly value: number | null;
  /** True while the period is still going on: its gain so far. */
  readonly isProvisional: boolean;
}

/** A stretch without data between two known totals. */
interface Gap {
  readonly after: Day;
  readonly until: Day;
  readonly days: number;
  /** Null where the count began anew meanwhile. */
  readonly gain: number | null;
}

/**
 * What a total is by nature. A `level` can fall a little and can rest, as stars do. A `counter`
 * only goes up: where it falls it began anew.
 */
export type Nature = 'level' | 'counter';

/** What a total grew by over several periods together: in between it is not known. */
export interface Spread {
  /** First day of the first period. */
  readonly start: Day;
  /** First day after the last period. */
  readonly end: Day;
  readonly periods: number;
  /** Over all of them. */
  readonly value: number;
}

/** Where a total began anew: a counter fell, or a level fell to less than half. */
export interface Reset {
  readonly day: Day;
  readonly from: number;
  readonly to: number;
}

const SMALL = 20;

/** The days on which a total began anew. */
export function resetsOf(points: readonly DayValue[], nature: Nature = 'level'): Reset[] {
  const resets: Reset[] = [];
  let before = 0;
  for (const { day, value } of points) {
    const isNew = nature === 'counter' ? value < before : before >= SMALL && value < before / 2;
    if (isNew) resets.push({ day, from: before, to: value });
    before = value;
  }
  return resets;
}

/** The holes in a series of days: where a day or more in between has no value. */
export function gapsOf(points: readonly DayValue[], nature: Nature = 'level'): Gap[] {
  const gaps: Gap[] = [];
  let before = points[0];
  const last = points.at(-1);
  if (!before || !last || points.length > daysBetween(before.day, last.day)) return gaps;
  let beforeMs = dayMs(before.day);
  for (const point of points) {
    const ms = dayMs(point.day);
    const days = Math.round((ms - beforeMs) / DAY_MS);
    if (days > 1) {
      const isNewCount = resetsOf([before, point], nature).length > 0;
      const gain = isNewCount ? null : point.value - before.value;
      gaps.push({ after: before.day, until: point.day, days, gain });
    }
    before = point;
    beforeMs = ms;
  }
  return gaps;
}

interface GainsAsked {
  readonly from: Day;
  readonly to: Day;
  readonly finished: Day;
  /** `level` when absent. */
  readonly nature?: Nature;
}

/**
 * The gains of a total in each period that touches `from`..`to`. A gain counts only between two
 * known totals: that of the last day before the period and that of its last day, so that a hole in
 * the data never looks like one day's leap. Days after `finished` are still going on.
 */
export function gainsOf(
  points: readonly DayValue[],
  granularity: Granularity,
  { from, to, finished, nature }: GainsAsked,
): Gain[] {
  const first = periodStart(from, granularity);
  const begin = addDays(first, -1);
  const resets = resetsOf(points.slice(firstIndex(points, ({ day }) => day >= begin)), nature);
  const latest = points.at(-1);
  const gains: Gain[] = [];
  for (let start = first; start <= to; ) {
    const next = nextPeriod(start, granularity);
    const end = addDays(next, -1);
    const isProvisional = end > finished;
    const before = totalOn(points, addDays(start, -1));
    const after =
      isProvisional && latest && latest.day >= start ? latest.value : totalOn(points, end);
    const isNewCount = resets.some(({ day }) => start <= day && day < next);
    const isKnown = before !== undefined && after !== undefined && !isNewCount;
    gains.push({ start, value: isKnown ? after - before : null, isProvisional });
    start = next;
  }
  return gains;
}

/**
 * What the unknown ones among `gains` come to together, where the total is known before and after
 * them. Nothing is known across a new count, nor of what is still going on.
 */
export function spreadsOf(
  points: readonly DayValue[],
  gains: readonly Gain[],
  granularity: Granularity,
  nature: Nature = 'level',
): Spread[] {
  const resets = resetsOf(points, nature);
  const spreads: Spread[] = [];
  let start: Day | undefined;
  let periods = 0;
  for (const gain of gains) {
    const end = nextPeriod(gain.start, granularity);
    const isNewCount = resets.some(({ day }) => gain.start <= day && day < end);
    if (gain.value !== null || gain.isProvisional || isNewCount) {
      start = undefined;
      continue;
    }
    periods = start === undefined ? 1 : periods + 1;
    start ??= gain.start;
    const before = totalOn(points, addDays(start, -1));
    const after = totalOn(points, addDays(end, -1));
    if (after === undefined) continue;
    if (before !== undefined) spreads.push({ start, end, periods, value: after - before });
    start = undefined;
  }
  return spreads;
}

/** What a total grew by on those days; null where that is not known, or the count began anew. */
export function gainOver(
  points: readonly DayValue[],
  { from, to }: { readonly from: Day; readonly to: Day },
  nature: Nature,
): number | null {
  const before = totalOn(points, addDays(from, -1));
  const after = totalOn(points, to);
  const isNewCount = resetsOf(points, nature).some(({ day }) => from <= day && day <= to);
  return before === undefined || after === undefined || isNewCount ? null : after - before;
}

/** The total of exactly that day. */
function totalOn(points: readonly DayValue[], day: Day): number | undefined {
  const found = points[firstIndex(points, (one) => one.day >= day)];
  return found?.day === day ? found.value : undefined;
}

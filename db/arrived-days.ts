import { addDays, type Day, daysBetween } from './days.ts';
import type { Db } from './open.ts';
import { providedDays } from './provided-days.ts';
import { BIGQUERY, DOWNLOADS } from './pypi.ts';
import { type DayValue, daysOf, type Series } from './series.ts';

/**
 * What came in on each day from `from` to `to` that is complete and has arrived: the value of a
 * count, the growth of a total between two days that follow each other. Where a counter began anew
 * (a total of stars: fell by more than half), nothing is known.
 */
export function arrivedDays(db: Db, series: Series, from: Day, to: Day): DayValue[] {
  const { completeThrough, subjectId, kind, metric } = series;
  if (completeThrough === null) return [];
  const end = completeThrough < to ? completeThrough : to;
  if (kind === 'total') return growthByDay(daysOf(db, series.id, addDays(from, -1), end), metric);
  const days = new Map<Day, number>();
  for (const { day, provider } of providedDays(db, subjectId, from, end)) {
    if (provider === BIGQUERY && metric === DOWNLOADS) days.set(day, 0);
  }
  for (const { day, value } of daysOf(db, series.id, from, end)) days.set(day, value);
  return [...days]
    .map(([day, value]) => ({ day, value }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** A counter that is back within this many days never began anew. */
export const DIP_DAYS = 14;

/**
 * What a total grew by between two days that follow each other. Nothing where it began anew, nor
 * where it is back at what it was before: then the lower totals were wrong, and the gain on them
 * did not come in on that day.
 */
export function growthByDay(points: readonly DayValue[], metric: string): DayValue[] {
  const canFall = metric === 'github.stars';
  let left: DayValue | undefined;
  return points.slice(1).flatMap(({ day, value }, index) => {
    const before = points[index] as DayValue;
    if (left && daysBetween(left.day, day) > DIP_DAYS) left = undefined;
    const isBack = left !== undefined && value >= left.value;
    const isAnew = value < (canFall ? before.value / 2 : before.value);
    if (isBack) left = undefined;
    if (isAnew) left ??= before;
    if (isAnew || isBack || daysBetween(before.day, day) !== 1) return [];
    return [{ day, value: Math.max(0, value - before.value) }];
  });
}

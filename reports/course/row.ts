import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import type { JointPart } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import type { DayValue } from '../../db/series.ts';
import { median, sum } from '../../db/statistics.ts';
import { suspectDays } from '../../db/suspect-days.ts';
import { knownIn, type UsualLevel, usualLevels } from './usual.ts';

/** The days around an incident as places in a row of them. */
export interface Row {
  readonly first: Day;
  /** NaN where a day is missing. */
  readonly values: Float64Array;
  /** True where the source looked wrong. */
  isSuspect(at: number): boolean;
  /** 1 for a drop, −1 for a rise. */
  readonly side: 1 | -1;
  /** What was usual before a place. */
  usualBefore(at: number): UsualLevel | undefined;
  /** Without regard to whether the series had just risen. */
  usualInWeeksBefore(at: number): UsualLevel | undefined;
  /** How many weeks tell that. */
  weeksBefore(at: number): number;
  placeOf(day: Day): number;
  dayAt(at: number): Day;
}

/** Of a series whose last fortnight had this many times as much as the one before, only that counts. */
const RISEN = 1.5;
const RISEN_WEEKS = 2;
const WEEKS = 4;
const FORTNIGHT = 14;

/** @param known the days that are known, oldest first, none of them before `first` */
export function rowOf(
  db: Db,
  { metric, kind }: Movement,
  parts: readonly JointPart[],
  first: Day,
  known: readonly DayValue[],
): Row {
  const last = known.at(-1)?.day ?? first;
  const values = new Float64Array(daysBetween(first, last) + 1).fill(Number.NaN);
  for (const { day, value } of known) values[daysBetween(first, day)] = value;
  // What a counter did not count on such a day, it may count on the next.
  const isCounter = parts.every(({ series }) => series.kind === 'total');
  const suspect = new Set(
    suspectDays(db, metric, first, last).flatMap((day) => {
      const at = daysBetween(first, day);
      return isCounter ? [at, at + 1] : [at];
    }),
  );
  const usualIn = usualLevels(values);
  const fortnight = (to: number) => median(knownIn(values, to + 1 - FORTNIGHT, to));
  const weeksBefore = (at: number) =>
    fortnight(at - 1) > RISEN * fortnight(at - 1 - FORTNIGHT) ? RISEN_WEEKS : WEEKS;
  return {
    first,
    values,
    isSuspect: (at) => suspect.has(at),
    side: kind === 'drop' ? 1 : -1,
    usualBefore: (at) => usualIn(at, 7 * weeksBefore(at)),
    usualInWeeksBefore: (at) => usualIn(at, 7 * WEEKS),
    weeksBefore,
    placeOf: (day) => daysBetween(first, day),
    dayAt: (at) => addDays(first, at),
  };
}

/** The places from one to another, both included, whose values are known. */
export function knownPlaces({ values }: Row, from: number, to: number): number[] {
  const all = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  return all.filter((at) => !Number.isNaN(values[at] ?? Number.NaN));
}

/** Those among them at which the source is to be trusted; all of them when it is at none. */
export function trustedPlaces(row: Row, from: number, to: number): number[] {
  const known = knownPlaces(row, from, to);
  const trusted = known.filter((at) => !row.isSuspect(at));
  return trusted.length > 0 ? trusted : known;
}

/** What came in at some places, and what is usual for them; NaN where that is not known. */
export function totalsOf(
  { values }: Row,
  usual: UsualLevel | undefined,
  places: readonly number[],
) {
  const expected = sum(places.map((at) => usual?.on(at).expected ?? Number.NaN));
  const actual = sum(places.map((at) => values[at] ?? Number.NaN));
  return { expected, actual, lost: 1 - actual / expected };
}

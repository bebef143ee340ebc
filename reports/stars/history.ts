import { z } from 'zod';
import {
  addDays,
  type Day,
  daysBetween,
  type Granularity,
  periodStart,
  weekStart,
} from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import {
  type DayValue,
  daysOf,
  firstValue,
  type Series,
  seriesOf,
  valueOn,
} from '../../db/series.ts';
import { earliest, latest } from '../extent.ts';
import { type Gain, type Gap, gainsOf, gapsOf, type Reset, resetsOf } from '../growth.ts';
import { period } from '../params.ts';
import { EARLIER_WEEKS, RECENT_WEEKS } from '../trend.ts';

export const starsParams = period.extend({
  /** Absent for every repository that has stars. */
  subjectIds: z.array(z.number().int()).optional(),
  measure: z.enum(['total', 'new']).default('total'),
  /** `age` counts days since the first star. */
  align: z.enum(['date', 'age']).default('date'),
  scale: z.enum(['linear', 'log']).default('linear'),
});

export type StarsParams = z.infer<typeof starsParams>;

export interface Repository {
  readonly name: string;
  /** The days in the asked range that have a total, oldest first. */
  readonly points: readonly DayValue[];
  /** The last total that is known, which may be today's. */
  readonly latest: DayValue;
  /** The last day whose total is final. */
  readonly finished: Day;
  /** The day of the first star, where the history goes back to it. */
  readonly firstStar: Day | undefined;
  /** New stars a period of `granularity` in the range; empty when totals were asked for. */
  readonly gains: readonly Gain[];
  /** New stars a week of the whole weeks up to `week`, oldest first. */
  readonly weeks: readonly (number | null)[];
  readonly gaps: readonly Gap[];
  readonly resets: readonly Reset[];
}

export interface Stars extends Omit<StarsParams, 'subjectIds'> {
  readonly granularity: Granularity;
  /** Monday of the last whole week that the data covers; undefined without data. */
  readonly week: Day | undefined;
  /** The most starred first. */
  readonly repositories: readonly Repository[];
}

/** A history that begins with more stars than this does not go back to the first one. */
const FEW = 5;
const WEEKS = RECENT_WEEKS + EARLIER_WEEKS;

export function readStars(db: Db, { subjectIds, ...params }: StarsParams): Stars {
  const histories = seriesOf(db, 'github.stars')
    .filter(({ subjectId }) => subjectIds?.includes(subjectId) ?? true)
    .flatMap((series) => historyOf(db, series, params) ?? []);
  const lastFinished = latest(histories.map(({ finished }) => finished));
  const week = lastFinished && addDays(weekStart(addDays(lastFinished, 1)), -7);
  const from = params.from ?? earliest(histories.map(({ first }) => first.day)) ?? params.to;
  const granularity = params.granularity ?? usualGranularity(from, params.to);
  const asked = { ...params, from, granularity, week: week ?? params.to };
  return {
    ...params,
    granularity,
    week,
    repositories: histories
      .flatMap((history) => repository(db, history, asked) ?? [])
      .toSorted((a, b) => b.latest.value - a.latest.value),
  };
}

/** Where a history begins and ends, as far as it was asked for. */
interface History {
  readonly series: Series;
  readonly first: DayValue;
  readonly latest: DayValue;
  readonly finished: Day;
}

function historyOf(
  db: Db,
  series: Series,
  { to, today }: Pick<StarsParams, 'to' | 'today'>,
): History | undefined {
  const first = firstValue(db, series.id);
  const latest = valueOn(db, series.id, to);
  if (!first || !latest) return undefined;
  const yesterday = addDays(today, -1);
  const limit = earliest([series.completeThrough ?? yesterday, yesterday]) ?? yesterday;
  const last = latest.day <= limit ? latest : valueOn(db, series.id, limit);
  return { series, first, latest, finished: last?.day ?? limit };
}

interface Asked extends Omit<StarsParams, 'subjectIds'> {
  readonly from: Day;
  readonly granularity: Granularity;
  readonly week: Day;
}

/** Undefined without a total in the asked range. */
function repository(db: Db, history: History, asked: Asked): Repository | undefined {
  const { series, first, finished } = history;
  const { from, to, week, granularity } = asked;
  const firstWeek = addDays(week, -7 * (WEEKS - 1));
  const firstPeriod = periodStart(from, granularity);
  // The total of the day before is what a gain is counted from.
  const since = addDays(earliest([firstWeek, firstPeriod]) ?? firstPeriod, -1);
  const days = daysOf(db, series.id, since, to);
  const points = days.filter(({ day }) => day >= from);
  if (points.length === 0) return undefined;
  const weeks = gainsOf(days, 'weekly', { from: firstWeek, to: addDays(week, 6), finished });
  return {
    name: series.subjectName,
    points,
    latest: history.latest,
    finished,
    firstStar: firstStar(db, history, to),
    gains:
      asked.measure === 'new'
        ? gainsOf(days, granularity, {
            from: latest([from, first.day]) ?? from,
            to: history.latest.day,
            finished,
          })
        : [],
    weeks: weeks.map(({ value, isProvisional }) => (isProvisional ? null : value)),
    gaps: gapsOf(points),
    resets: resetsOf(points),
  };
}

function firstStar(db: Db, { series, first }: History, to: Day): Day | undefined {
  if (first.value > FEW) return undefined;
  const star = firstValue(db, series.id, 1);
  return star && star.day <= to ? star.day : undefined;
}

function usualGranularity(from: Day, to: Day): Granularity {
  const days = daysBetween(from, to);
  if (days <= 45) return 'daily';
  return days <= 1100 ? 'weekly' : 'monthly';
}

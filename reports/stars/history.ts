import { z } from 'zod';
import { addDays, type Day, daysBetween, type Granularity, weekStart } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { type DayValue, daysOf, type Series, seriesOf } from '../../db/series.ts';
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
  const wanted = seriesOf(db, 'github.stars').filter(
    ({ subjectId }) => subjectIds?.includes(subjectId) ?? true,
  );
  const known = wanted
    .map((series) => ({ series, days: daysOf(db, series.id, '0000-01-01', params.to) }))
    .filter(({ days }) => days.length > 0);
  const finished = known.map(({ series, days }) => finishedDay(series, days, params.today));
  const lastFinished = latest(finished);
  const week = lastFinished && addDays(weekStart(addDays(lastFinished, 1)), -7);
  const from = params.from ?? earliest(known.flatMap(({ days }) => days[0]?.day ?? []));
  const granularity = params.granularity ?? usualGranularity(from ?? params.to, params.to);
  const repositories = known.flatMap(({ series, days }, index) =>
    repository(series, days, {
      ...params,
      from: from ?? params.to,
      granularity,
      week: week ?? params.to,
      finished: finished[index] ?? params.to,
    }),
  );
  return {
    ...params,
    granularity,
    week,
    repositories: repositories.toSorted((a, b) => b.latest.value - a.latest.value),
  };
}

interface Asked extends Omit<StarsParams, 'subjectIds'> {
  readonly from: Day;
  readonly granularity: Granularity;
  readonly week: Day;
  readonly finished: Day;
}

function repository(series: Series, days: readonly DayValue[], asked: Asked): Repository[] {
  const newest = days.at(-1);
  const { from, week, finished, granularity } = asked;
  const points = days.filter(({ day }) => day >= from);
  if (!newest || points.length === 0) return [];
  const weekEnd = addDays(week, 6);
  const firstWeek = addDays(week, -7 * (WEEKS - 1));
  return [
    {
      name: series.subjectName,
      points,
      latest: newest,
      finished,
      firstStar: firstStar(days),
      gains:
        asked.measure === 'new'
          ? gainsOf(days, granularity, {
              from: latest([from, days[0]?.day ?? from]) ?? from,
              to: newest.day,
              finished,
            })
          : [],
      weeks: gainsOf(days, 'weekly', { from: firstWeek, to: weekEnd, finished }).map(
        ({ value, isProvisional }) => (isProvisional ? null : value),
      ),
      gaps: gapsOf(points),
      resets: resetsOf(points),
    },
  ];
}

/** The last day with a total that is neither today nor later than its source has finished. */
function finishedDay({ completeThrough }: Series, days: readonly DayValue[], today: Day): Day {
  const yesterday = addDays(today, -1);
  const limit = completeThrough && completeThrough < yesterday ? completeThrough : yesterday;
  return days.findLast(({ day }) => day <= limit)?.day ?? limit;
}

function firstStar(days: readonly DayValue[]): Day | undefined {
  const first = days[0];
  if (!first || first.value > FEW) return undefined;
  return days.find(({ value }) => value > 0)?.day;
}

function usualGranularity(from: Day, to: Day): Granularity {
  const days = daysBetween(from, to);
  if (days <= 45) return 'daily';
  return days <= 1100 ? 'weekly' : 'monthly';
}

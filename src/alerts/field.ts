import type { Joined, WatchedKey } from '../../db/alert-series.ts';
import { extrasOf } from '../../db/alert-settings.ts';
import { growthByDay } from '../../db/arrived-days.ts';
import { addDays, type Day } from '../../db/days.ts';
import { type JointPart, judgedJoints, LAST_DAY, summedDays } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { sentinelDays } from '../../db/sentinels.ts';
import type { DayValue, Series as DbSeries } from '../../db/series.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import type { WatchedMetric } from './metrics.ts';
import { numberOf } from './rule/history.ts';
import { createSeries, type Series, type Watched } from './rule/series.ts';
import { HISTORY_DAYS } from './rule/spreads.ts';

/** A series as it is judged. What replaces others is one with them: their days are added to its own. */
export interface JudgedSeries extends DbSeries {
  readonly parts: readonly JointPart[];
  /** The parts without its own. */
  readonly others: readonly Joined[];
}

/** One of the series of a metric, as it is visible now. */
export interface Member extends WatchedKey {
  readonly series: JudgedSeries;
  readonly watched: Watched;
}

/** The series of a metric as they are judged: each is a peer of the others, not all are watched. */
function judgedSeries(db: Db, { metric }: WatchedMetric): JudgedSeries[] {
  return judgedJoints(db, metric).map(({ series, parts }) => {
    const others = parts
      .slice(1)
      .map(({ series: { subjectId }, isLater }) => ({ subjectId, isLater }));
    return { ...series, parts, others };
  });
}

/** Those of the judged series whose drops are reported. */
export function watchedSeries(db: Db, metric: WatchedMetric): JudgedSeries[] {
  const extras = extrasOf(db);
  if (metric.extra && !extras.has(metric.extra)) return [];
  return judgedSeries(db, metric).filter(
    ({ role }) => role === 'own' || extras.has('dependencies'),
  );
}

/** The series of a metric, all at once, for judging days from `from` on. */
type ReadField = (metric: WatchedMetric, from: Day) => ReadonlyMap<number, Member>;

/** Reads fields, and keeps what was worked out of their series until one of its days is corrected. */
export function createFields(db: Db): ReadField {
  const kept = new Map<string, Series>();

  function learn(name: string, days: readonly DayValue[], from: Day): Series {
    const series = withDays(kept.get(name), days, from);
    kept.set(name, series);
    return series;
  }

  /** A sentinel that is tracked as well is there already. */
  function readSentinels({ metric, source, isCounter }: WatchedMetric, from: Day): Series[] {
    const tracked = new Set(trackedSubjects(db, source).map(({ key }) => key));
    return [...sentinelDays(db, metric, from)].flatMap(([key, days]) => {
      if (tracked.has(key)) return [];
      return [learn(`${metric} ${key}`, isCounter ? growthByDay(days, metric) : days, from)];
    });
  }

  return (metric, first) => {
    const from = addDays(first, -HISTORY_DAYS);
    const all = judgedSeries(db, metric).map((one) => {
      const name = one.parts.map(({ series }) => series.id).join('+');
      return { one, series: learn(name, summedDays(db, one.parts, from, LAST_DAY), from) };
    });
    const sentinels = readSentinels(metric, from);
    return new Map(
      all.map(({ one, series }) => {
        const others = all.filter((other) => other.one !== one).map((other) => other.series);
        const peers = [...others, ...sentinels];
        const watched = { series, isCounter: metric.isCounter, peers };
        const { subjectId } = one;
        return [subjectId, { subjectId, metric: metric.metric, series: one, watched }];
      }),
    );
  };
}

/**
 * A series of the days that are known from `from` on: the one that learned them before, so that
 * what was worked out of it is kept, or a new one where one of them is not known any more.
 */
export function withDays(before: Series | undefined, days: readonly DayValue[], from: Day): Series {
  const series = before && !hasLost(before, days, from) ? before : createSeries();
  for (const { day, value } of days) series.learn(day, value);
  return series;
}

/** A day of a counter is not known any more when the total before it turns out to be higher. */
function hasLost(series: Series, days: readonly DayValue[], from: Day): boolean {
  const arrived = new Set(days.map(({ day }) => numberOf(day)));
  return series.daysAfter(numberOf(from) - 1).some((day) => !arrived.has(day));
}

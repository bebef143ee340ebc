import { z } from 'zod';
import { addDays, type Day, daysBetween, type Granularity, periodStart } from '../../db/days.ts';
import { ENDED_DAYS } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { type DayValue, daysOf, firstValue, seriesOf, valueOn } from '../../db/series.ts';
import type { Viewer } from '../../db/viewer.ts';
import { type Comparison, comparisonOf } from '../comparison.ts';
import { lastWholeWeek, periodEnd, usualGranularity, WEEKS } from '../counts.ts';
import { earliest, latest } from '../extent.ts';
import {
  type Gain,
  gainOver,
  gainsOf,
  type Nature,
  type Reset,
  resetsOf,
  type Spread,
  spreadsOf,
} from '../growth.ts';
import { hasEnded } from '../lacks.ts';
import { type Move, movesOf } from '../moves.ts';
import { type OpenMovement, readOpenMovements } from '../open-movements.ts';
import { period } from '../params.ts';
import { isTooNew } from '../same-set.ts';
import { type Hole, readingGaps } from './holes.ts';
import type { Kind } from './kind.ts';
import { type Dip, readFrom, readingsUpTo, readTo, type Still } from './readings.ts';
import { type History, historyOf } from './record.ts';

/** What every report of totals can be asked. */
export const totalsParams = period.extend({
  /** Absent for every subject that has the metric. */
  subjectIds: z.array(z.number().int()).optional(),
  measure: z.enum(['total', 'new']).default('total'),
  scale: z.enum(['linear', 'log']).default('linear'),
});

export type TotalsParams = z.infer<typeof totalsParams>;

/** The running total of one subject. */
export interface Total {
  readonly seriesId: number;
  readonly name: string;
  /** The days in the asked range that have a total, oldest first. */
  readonly points: readonly DayValue[];
  /** The first total that is known at all. */
  readonly first: DayValue;
  /** The last total that is known, which may be today's. */
  readonly latest: DayValue;
  /** The last day that has a total at all, also after the range. */
  readonly last: Day;
  /** The last day whose total is final. */
  readonly finished: Day;
  /** What came in a period of `granularity` in the range; empty when totals were asked for. */
  readonly gains: readonly Gain[];
  /** What came in where `gains` does not know it period by period. */
  readonly spreads: readonly Spread[];
  /** What came in a week of the whole weeks up to `week`, oldest first. */
  readonly weeks: readonly (number | null)[];
  /** Whether it has begun too late to be added to older ones. */
  readonly isNew: boolean;
  /** When the counter last began anew in these weeks. */
  readonly anew: Day | undefined;
  /** What came in on the days that the headline compares, before and now; empty where it compares none. */
  readonly compared: readonly (number | null)[];
  /** What came in in the range; null where that is not known, or no beginning was asked for. */
  readonly gain: number | null;
  readonly holes: readonly Hole[];
  readonly resets: readonly Reset[];
  /** Of counters only, like `dips`. */
  readonly stills: readonly Still[];
  readonly dips: readonly Dip[];
}

export interface Totals<T extends Total = Total> extends Omit<TotalsParams, 'subjectIds'> {
  readonly granularity: Granularity;
  /** What was asked for of it: totals themselves are drawn day by day. */
  readonly asked: Granularity | undefined;
  /** The first day that any of the subjects has a total, in the range or not. */
  readonly begins: Day | undefined;
  /** What the headline is of; undefined where it is of the range, and compares nothing. */
  readonly comparison: Comparison | undefined;
  /** The largest first. */
  readonly totals: readonly T[];
  /** Subjects without a reading in the range, though it lies in their record, or soon after it. */
  readonly silent: readonly { readonly name: string; readonly last: Day }[];
  /** From what is replaced to its successor, where one of them is among the subjects. */
  readonly moves: readonly Move[];
  /** What is open as an alert, the newest first. */
  readonly openMovements: readonly OpenMovement[];
}

export function readTotals(db: Db, kind: Kind, asked: TotalsParams, viewer: Viewer): Totals {
  const { subjectIds, today, from: since, to, measure, scale } = asked;
  const all = seriesOf(db, kind.metric).filter(
    ({ subjectId }) => subjectIds?.includes(subjectId) ?? true,
  );
  const histories = all.flatMap((series) => historyOf(db, series, asked) ?? []);
  const begins = earliest(all.flatMap(({ id }) => firstValue(db, id)?.day ?? []));
  const ids = histories.map(({ series }) => series.subjectId);
  const lastFinished = latest(histories.map(({ finished }) => finished));
  const week = lastFinished && lastWholeWeek(lastFinished);
  const from = since ?? begins ?? to;
  const granularity = asked.granularity ?? usualGranularity(from, to);
  // The last period is shown whole, also when the range cuts it.
  const drawnTo = measure === 'new' ? (earliest([periodEnd(to, granularity), today]) ?? to) : to;
  const unit = measure === 'new' ? granularity : 'daily';
  const comparison = comparisonOf({ from: since, to, today, granularity: unit }, lastFinished);
  const range = { from, to, drawnTo, today, measure, granularity, week: week ?? to, comparison };
  return {
    today,
    ...(since && { from: since }),
    to,
    measure,
    scale,
    granularity,
    asked: asked.granularity,
    begins,
    comparison,
    totals: histories
      .flatMap((history) => totalOf(db, kind, history, range) ?? [])
      .toSorted((a, b) => b.latest.value - a.latest.value),
    silent: histories
      .filter(({ last, latest }) => latest.day < from && daysBetween(last.day, from) <= ENDED_DAYS)
      .map(({ series, last }) => ({ name: series.subjectName, last: last.day })),
    moves: movesOf(db, kind.metric, ids, asked),
    openMovements: readOpenMovements(db, kind.metric, ids, asked, viewer),
  };
}

interface Asked {
  readonly from: Day;
  readonly to: Day;
  /** The end of its last period, where what came in each is asked for. */
  readonly drawnTo: Day;
  readonly today: Day;
  readonly measure: TotalsParams['measure'];
  readonly granularity: Granularity;
  readonly week: Day;
  readonly comparison: Comparison | undefined;
}

/** Undefined without a total in the asked range. */
function totalOf(db: Db, kind: Kind, history: History, asked: Asked): Total | undefined {
  const { series, first, finished } = history;
  const { from, to, drawnTo, week, granularity, measure, comparison } = asked;
  const { nature } = kind;
  const firstWeek = addDays(week, -7 * (WEEKS - 1));
  const firstPeriod = periodStart(from, granularity);
  const begin = comparison?.before.from ?? firstPeriod;
  const since = readFrom(earliest([firstWeek, firstPeriod, begin]) ?? firstPeriod);
  const all = daysOf(db, series.id, since, readTo(drawnTo));
  const days = all.filter(({ day }) => day <= to);
  const { telling, stills, dips, ...judged } = readingsUpTo(all, to, nature);
  const points = judged.points.filter(({ day }) => day >= from);
  if (points.length === 0) return undefined;
  const resets = resetsOf(judged.points, nature);
  const range = {
    from: latest([from, first.day]) ?? from,
    to: history.latest.day,
    finished,
    nature,
  };
  const weeks = gainsOf(telling, 'weekly', { ...range, from: firstWeek, to: addDays(week, 6) });
  return {
    seriesId: series.id,
    name: series.subjectName,
    points,
    first,
    // What a dip shows at the end of the range is no total.
    latest: judged.points.at(-1) ?? history.latest,
    last: history.last.day,
    finished,
    ...(measure === 'new'
      ? newIn(db, history, all, { ...asked, from: range.from }, nature)
      : NO_GAINS),
    weeks: weeks.map(({ value, isProvisional }) => (isProvisional ? null : value)),
    // The first total only is what a week is counted from.
    isNew: isTooNew(addDays(first.day, 1), week),
    compared: comparison
      ? [comparison.before, comparison].map((days) =>
          days.to > finished ? null : gainOver(telling, days, nature),
        )
      : [],
    gain: gainIn(telling, history, asked, nature),
    holes: readingGaps(days, dips, { ...history, from, to, nature }),
    anew: resets.filter(({ day }) => day >= firstWeek).at(-1)?.day,
    resets: resets.filter(({ day }) => day >= from),
    stills: stills.filter(({ to }) => to >= from),
    dips: dips.filter(({ until }) => until >= from),
  };
}

const NO_GAINS = { gains: [], spreads: [] };

/** What came in in each period, of the days to the end of the last one, and some after it. */
function newIn(
  db: Db,
  history: History,
  days: readonly DayValue[],
  { from, drawnTo, today, granularity }: Asked,
  nature: Nature,
): Pick<Total, 'gains' | 'spreads'> {
  const { series } = history;
  const { latest, finished } = historyOf(db, series, { to: drawnTo, today }) ?? history;
  // Where a later day is known, the last one is over, and may only be missing.
  const isOver = (valueOn(db, series.id, addDays(today, -1))?.day ?? '') > drawnTo;
  const ends = isOver ? { to: drawnTo, finished: drawnTo } : { to: latest.day, finished };
  const { telling } = readingsUpTo(days, drawnTo, nature);
  const gains = gainsOf(telling, granularity, { from, nature, ...ends });
  return { gains, spreads: spreadsOf(telling, gains, granularity, nature) };
}

/** What came in from the day `from` to the end of the range, or to where a source may be behind. */
function gainIn(
  telling: readonly DayValue[],
  { last }: History,
  range: Pick<Asked, 'from' | 'to' | 'today'>,
  nature: Nature,
): number | null {
  const { from, to } = range;
  const before = telling.find(({ day }) => day === addDays(from, -1));
  const after = telling.at(-1);
  const isNewCount = resetsOf(telling, nature).some(({ day }) => day >= from);
  if (!before || !after || isNewCount || hasEnded(last.day, range)) return null;
  return after.day === earliest([to, last.day]) ? after.value - before.value : null;
}

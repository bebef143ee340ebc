import { addDays, type Day, daysBetween, type Granularity } from '../../db/days.ts';
import { ENDED_DAYS } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { DOWNLOADS } from '../../db/pypi.ts';
import type { Role } from '../../db/subjects.ts';
import type { Viewer } from '../../db/viewer.ts';
import { type Comparison, comparisonOf } from '../comparison.ts';
import {
  countIn,
  countsIn,
  type Days,
  drawnRange,
  lastWholeWeek,
  type PeriodCount,
  placesOf,
  spansOf,
  WEEKS,
} from '../counts.ts';
import { earliest, latest } from '../extent.ts';
import { hasEnded, LAG_DAYS } from '../lacks.ts';
import { type Move, movesOf } from '../moves.ts';
import { type OpenMovement, readOpenMovements } from '../open-movements.ts';
import {
  type PackageDays,
  type PackageRecord,
  packageRecords,
  readPackageDays,
  recordsBegin,
} from '../package-days.ts';
import { type Parts, partsOf } from '../parts.ts';
import { type ProviderStretch, providerStretches } from '../provider-stretches.ts';
import { isTooShort } from '../ranges.ts';
import { isTooNew } from '../same-set.ts';
import { addSplits, type Coverage, coverageOf, readSplit } from '../splits.ts';
import { type Untold, untoldOf } from '../untold.ts';
import { type Hole, holesIn } from './holes.ts';
import type { Dimension, DownloadsParams } from './params.ts';
import { splittable } from './splittable.ts';

export interface Package {
  readonly name: string;
  readonly role: Role;
  /** The last day that is told of at all, also after the range. */
  readonly last: Day;
  /** The days of the range that its record holds. */
  readonly spoken: Days;
  readonly periods: readonly PeriodCount[];
  /** The last whole weeks up to `week`, oldest first. */
  readonly weeks: readonly PeriodCount[];
  /** Whether it has begun too late to be added to older ones. */
  readonly isNew: boolean;
  /** What the headline compares, before and now; `before` is undefined where it had not begun all that time. */
  readonly compared:
    | { readonly before: PeriodCount | undefined; readonly last: PeriodCount }
    | undefined;
  /** What is known in the range, and of how many days. */
  readonly total: number;
  readonly days: number;
  readonly holes: readonly Hole[];
  readonly stretches: readonly ProviderStretch[];
  /** Days in the range whose downloads by mirrors are not known. */
  readonly unknownMirrors: readonly Day[];
}

export interface Split extends Parts, Coverage {
  /** Packages that lack days in it. */
  readonly untold: readonly Untold[];
}

export interface Downloads {
  readonly today: Day;
  readonly from: Day;
  readonly to: Day;
  readonly granularity: Granularity;
  readonly by: Dimension | undefined;
  readonly mirrors: boolean;
  /** The packages that the split one was chosen from, where it was not asked for by name. */
  readonly others: readonly string[];
  /** The first day of the records, in the range or not; undefined where the range begins after it. */
  readonly begins: Day | undefined;
  /** False where so few days were asked for that a picture of them says nothing. */
  readonly isDrawn: boolean;
  /** Monday of the last whole week that the data covers; undefined without data. */
  readonly week: Day | undefined;
  /** What the headline is of; undefined where it is of the range, and compares nothing. */
  readonly comparison: Comparison | undefined;
  /** The most downloaded first. */
  readonly packages: readonly Package[];
  /** Records that end before the others do, and not long before the range. */
  readonly early: readonly Pick<Package, 'name' | 'last'>[];
  /** The sum of the packages by the dimension asked for. */
  readonly split: Split | undefined;
  /** From a package that is replaced to its successor, where one of them is among the packages. */
  readonly moves: readonly Move[];
  /** What is open as an alert, the newest first. */
  readonly openMovements: readonly OpenMovement[];
}

export function readDownloads(db: Db, params: DownloadsParams, viewer: Viewer): Downloads {
  const { today, by, mirrors } = params;
  const all = packageRecords(db, params.subjectIds, params);
  const { records, others } = splittable(db, all, params);
  const ids = records.map(({ series }) => series.subjectId);
  const recorded = earliest(records.map((record) => record.first));
  const begins = recorded ?? recordsBegin(db, params.subjectIds);
  const first = recorded ?? params.from ?? params.to;
  const { from, to, asked, granularity } = drawnRange(params, first);
  // A range that ends within a period is read on to its end, and so are the records.
  const drawn = ids.length > 0 ? packageRecords(db, ids, { to, today }) : [];
  const finished = latest(drawn.map((record) => record.finished));
  const end = latest(drawn.map((record) => record.latest)) ?? to;
  const week = finished && lastWholeWeek(finished);
  const comparison = comparisonOf({ ...params, granularity }, finished);
  // Before the records there is nothing to read.
  const begin = latest([comparison?.before.from ?? from, first]);
  const since = earliest([from, begin, addDays(week ?? from, -7 * (WEEKS - 1))]);
  const plan = { granularity, from, to, asked, since, week: week ?? from, comparison };
  const read = drawn.map((record) => {
    const days = readPackageDays(db, record, { from: since, to }, mirrors);
    const behind = daysBetween(record.last, end);
    const lacksWeek = week !== undefined && record.last < addDays(week, 6);
    const isCut = behind > LAG_DAYS || lacksWeek || hasEnded(record.last, { to: asked.to, today });
    const isOver = daysBetween(record.latest, end) > ENDED_DAYS;
    return { record, days, isEarly: behind > 0 && isCut, isOver };
  });
  return {
    today,
    ...asked,
    granularity,
    by,
    mirrors,
    others,
    isDrawn: granularity !== 'daily' || by !== undefined || !isTooShort(params),
    begins: begins && (!recorded || (params.from && params.from < recorded)) ? begins : undefined,
    week,
    comparison,
    packages: read
      .map((one) => packageOf(one, plan))
      .filter(({ days }) => days > 0)
      .toSorted((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)),
    early: read
      .filter(({ record, isEarly, isOver }) => isEarly && (!isOver || record.last >= asked.from))
      .map(({ record: { name, last } }) => ({ name, last })),
    split: by && read.length > 0 ? splitOf(db, by, read, plan) : undefined,
    // What mirrors load moves in its own way.
    moves: mirrors ? [] : movesOf(db, DOWNLOADS, ids, params),
    openMovements: readOpenMovements(db, DOWNLOADS, ids, params, viewer),
  };
}

interface ReadingPlan extends Days {
  readonly granularity: Granularity;
  readonly asked: Days;
  /** The first day that is read. */
  readonly since: Day;
  readonly week: Day;
  readonly comparison: Comparison | undefined;
}

function spansFor({ since, from, to, asked, week, granularity }: ReadingPlan) {
  return {
    asked: placesOf(since, asked),
    spans: spansOf(since, from, to, granularity),
    weekSpans: spansOf(since, addDays(week, -7 * (WEEKS - 1)), addDays(week, 6), 'weekly'),
  };
}

function packageOf({ record, days }: Read, plan: ReadingPlan): Package {
  const { name, role, finished, last } = record;
  const { from, to } = plan.asked;
  const { comparison } = plan;
  const { spans, weekSpans } = spansFor(plan);
  const sumOf = (of: Days) => countIn(days, of, finished);
  const whole = sumOf(plan.asked);
  const begin = latest([from, record.first]);
  return {
    name,
    role,
    last,
    spoken: { from: begin, to: earliest([last, to]) },
    periods: countsIn(days, spans, finished),
    weeks: countsIn(days, weekSpans, finished),
    isNew: isTooNew(record.first, plan.week),
    compared: comparison && {
      before: record.first > comparison.before.from ? undefined : sumOf(comparison.before),
      last: sumOf(comparison),
    },
    total: whole.sum,
    days: whole.days,
    holes: holesIn(days, begin, last <= to ? earliest([to, finished]) : to),
    stretches: providerStretches(days.provided, plan.from, plan.to),
    unknownMirrors: days.withoutMirrors.filter((day) => from <= day && day <= to),
  };
}

interface Read {
  readonly record: PackageRecord;
  readonly days: PackageDays;
  /** Whether it ends before the others do, or before the last whole week is over. */
  readonly isEarly: boolean;
  readonly isOver: boolean;
}

function splitOf(db: Db, by: Dimension, read: readonly Read[], plan: ReadingPlan): Split {
  const { since, to, asked } = plan;
  const splits = read.map(({ record, days }) =>
    readSplit(db, record.series.subjectId, DOWNLOADS, by, { from: since, to, whole: days.values }),
  );
  const split = addSplits(
    splits,
    read.map(({ record, isOver }) => ({
      begin: daysBetween(since, record.first),
      end: isOver ? daysBetween(since, record.latest) : Number.POSITIVE_INFINITY,
    })),
  );
  const finished =
    earliest(read.filter(({ isOver }) => !isOver).map(({ record }) => record.finished)) ?? to;
  const parts = partsOf(split, { ...spansFor(plan), finished });
  const wholes = read.map(({ days }) => days.values);
  const untold = read.flatMap(({ record, days }, at) => {
    const own = splits[at];
    return own ? untoldOf(db, record, coverageOf(own, [days.values], plan.asked)) : [];
  });
  return { ...parts, ...coverageOf(split, wholes, asked), untold };
}

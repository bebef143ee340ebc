import { arrivedDays } from './arrived-days.ts';
import { type Day, daysBetween } from './days.ts';
import type { Db } from './open.ts';
import { PUBLIC_MESSAGES } from './public-messages.ts';
import { heldReplacements, type Replacement, successorsOf } from './replacements.ts';
import { type DayValue, firstValue, type Series, seriesOf, valueOn } from './series.ts';
import { sum } from './statistics.ts';
import { trackedSubjects } from './subjects.ts';

/** A series whose days are added to those of others. */
export interface JointPart {
  readonly series: Series;
  /** Its subject replaced another one of them: before its first day it did not exist. */
  readonly isLater: boolean;
}

/** What is judged as one series: that of a successor and those of all that it replaces. */
interface Joint {
  /** The successor's series, complete through the last day that any of them is. */
  readonly series: Series;
  /** The successor first; it is alone where it replaces nothing. */
  readonly parts: readonly JointPart[];
}

/** What came in on a day that is known of all. */
export interface JointDay {
  readonly day: Day;
  /** One a part, in their order. */
  readonly values: readonly number[];
}

/**
 * A record that ends more days than this before the others, or before the reported period, is over:
 * it holds up no sum. One that is silent for less is late, and its days are missing.
 */
export const ENDED_DAYS = 14;

/** No day is later. */
export const LAST_DAY = '9999-12-31';

/**
 * What is replaced is judged with its successor when this many weeks of it are known: five, which the
 * rule needs to know what is usual, and four more. An incident that is open then has begun
 * in those four, as none lasts longer, so that judging the nine weeks finds it again.
 */
export const JUDGED_AFTER_WEEKS = 9;

/** The undivided series of what is on the list; those of what is replaced are with their successor's. */
export function polledJoints(db: Db, metric: string): Joint[] {
  return jointsOf(polledSeries(db, metric), heldReplacements(db));
}

/** The same as they are judged: what is too new to be added to its successor is left out. */
export function judgedJoints(db: Db, metric: string): Joint[] {
  const tooNew = new Set(tooNewSeries(db, metric).map(({ id }) => id));
  const known = polledSeries(db, metric).filter(({ id }) => !tooNew.has(id));
  return jointsOf(known, heldReplacements(db));
}

/**
 * Those of what is replaced that would make the sum with their successor begin too late to be
 * judged: a counter can't be asked for its past.
 */
export function tooNewSeries(db: Db, metric: string): Series[] {
  return polledJoints(db, metric).flatMap(({ parts }) => {
    const firsts = new Map(parts.map(({ series: { id } }) => [id, firstValue(db, id)?.day]));
    return parts
      .filter(({ isLater, series }) => !isLater && isTooNewToJoin(series, firsts))
      .map(({ series }) => series);
  });
}

/** @param firsts the first day of each series of the sum, where it has one */
function isTooNewToJoin(
  { id, completeThrough }: Series,
  firsts: ReadonlyMap<number, Day | undefined>,
): boolean {
  const first = firsts.get(id) ?? LAST_DAY;
  const isEarliest = [...firsts.values()].every((day = LAST_DAY) => first <= day);
  return !isEarliest && daysBetween(first, completeThrough ?? first) < 7 * JUDGED_AFTER_WEEKS;
}

function polledSeries(db: Db, metric: string): Series[] {
  const polled = new Set(trackedSubjects(db).map(({ id }) => id));
  // Slack messages are watched without being on the list.
  return seriesOf(db, metric).filter(
    ({ subjectId }) => polled.has(subjectId) || metric === PUBLIC_MESSAGES,
  );
}

function jointsOf(all: readonly Series[], held: readonly Replacement[]): Joint[] {
  const known = new Set(all.map(({ subjectId }) => subjectId));
  // A successor without a number of this kind yet takes the place of nothing.
  const chainOf = ({ subjectId }: Series) =>
    successorsOf(held, subjectId).filter((id) => known.has(id));
  const later = new Set(all.flatMap((series) => chainOf(series).slice(1)));
  const byHeir = Map.groupBy(all, (series) => chainOf(series).at(-1) ?? series.subjectId);
  return all.flatMap((heir): Joint[] => {
    const members = byHeir.get(heir.subjectId);
    if (!members) return [];
    const sorted = [heir, ...members.filter((one) => one !== heir)];
    const completeThrough = sorted.map((one) => one.completeThrough).reduce(laterOf);
    return [
      {
        series: { ...heir, completeThrough },
        parts: sorted.map((series) => ({ series, isLater: later.has(series.subjectId) })),
      },
    ];
  });
}

function laterOf(a: Day | null, b: Day | null): Day | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** The parts of a sum as it was once judged; what has no series any more is left out. */
export function partsNamed(
  db: Db,
  metric: string,
  subjectId: number,
  others: readonly { readonly subjectId: number; readonly isLater: boolean }[],
): JointPart[] {
  const all = new Map(seriesOf(db, metric).map((series) => [series.subjectId, series]));
  const heir = { subjectId, isLater: others.length > 0 };
  return [heir, ...others].flatMap(({ subjectId: id, isLater }) => {
    const series = all.get(id);
    return series ? [{ series, isLater }] : [];
  });
}

/**
 * The days from `from` to `to` on which each part is known that has begun and not ended. A
 * successor has nothing before its first day, and what has ended has nothing after its last; before
 * the first day of what replaced nothing, its part is not known, and neither is the sum.
 */
export function jointDays(db: Db, parts: readonly JointPart[], from: Day, to: Day): JointDay[] {
  const read = parts.map((part) => readPart(db, part, from));
  const newest = read.map(({ last }) => last).reduce(laterOf, null);
  const days = [...new Set(read.flatMap(({ days }) => [...days.keys()]))];
  return days
    .filter((day) => day <= to)
    .toSorted()
    .flatMap((day): JointDay[] => {
      const values = read.map((part) => valueIn(part, day, newest)).filter((one) => one !== null);
      return values.length === read.length ? [{ day, values }] : [];
    });
}

/** What came in on each of the joint days, all parts together. */
export function summedDays(db: Db, parts: readonly JointPart[], from: Day, to: Day): DayValue[] {
  const [only, ...others] = parts;
  if (only && others.length === 0) return arrivedDays(db, only.series, from, to);
  return jointDays(db, parts, from, to).map(({ day, values }) => {
    return { day, value: sum(values) };
  });
}

interface ReadPart extends Pick<JointPart, 'isLater'> {
  readonly days: ReadonlyMap<Day, number>;
  /** The first and the last day of the whole record; null without any. */
  readonly first: Day | null;
  readonly last: Day | null;
}

function readPart(db: Db, { series, isLater }: JointPart, from: Day): ReadPart {
  const arrived = arrivedDays(db, series, from, LAST_DAY);
  const last = valueOn(db, series.id, LAST_DAY)?.day ?? null;
  return {
    isLater,
    days: new Map(arrived.map(({ day, value }) => [day, value])),
    first: firstValue(db, series.id)?.day ?? null,
    // A day that a provider was asked about and had nothing of is a day, too.
    last: laterOf(last, arrived.at(-1)?.day ?? null),
  };
}

/** Null when it is not known. */
function valueIn({ days, first, last, isLater }: ReadPart, day: Day, newest: Day | null) {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (first === null || last === null) return 0;
  const hasEnded = newest !== null && daysBetween(last, newest) > ENDED_DAYS;
  return (day < first && isLater) || (day > last && hasEnded) ? 0 : null;
}

import { type Day, daysBetween, type Granularity } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { sum } from '../../db/statistics.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import type { Viewer } from '../../db/viewer.ts';
import { shortNames } from '../chart/series.ts';
import { together } from '../incident-words.ts';
import { judge, leastScore, type Verdict } from '../judge.ts';
import { type Calendar, calendarBefore, lengthOf } from './calendar.ts';
import {
  type History,
  MEASURES,
  type MeasureName,
  type Sum,
  sumOf,
  type Unjudged,
} from './history.ts';
import { type JoinedFound, joined } from './joined.ts';
import { readPackages } from './packages.ts';
import type { SummaryParams } from './params.ts';
import { readTalk } from './talk.ts';
import { readCounters } from './totals.ts';

/** A measure with what there is of it, added up and judged. */
export interface Panel extends Unjudged {
  readonly sum: Sum;
  /** Of the sum; undefined when the period is not known. */
  readonly verdict: Verdict | undefined;
  /** Of each history. */
  readonly verdicts: readonly (Verdict | undefined)[];
}

/** A subject whose data ended long before the period: it is in nothing. */
interface Ended {
  readonly measure: MeasureName;
  readonly name: string;
  readonly day: Day;
}

export interface Panels {
  readonly panels: readonly Panel[];
  /** Those whose changes are reported; of downloads, one for each period not reported before. */
  readonly news: readonly Panel[];
  /** Of which there is nothing. */
  readonly absent: readonly MeasureName[];
  /** Of what is still polled. */
  readonly ended: readonly Ended[];
}

interface Asked extends Pick<SummaryParams, 'downloadsTold'> {
  readonly subjectIds: readonly number[];
}

export function readPanels(
  db: Db,
  calendar: Calendar,
  { subjectIds, downloadsTold }: Asked,
  viewer: Viewer,
): Panels {
  const tracked = new Set(trackedSubjects(db).map(({ id }) => id));
  const scope = { db, viewer, subjectIds, tracked };
  const read = MEASURES.map((measure) => readMeasure(scope, measure, calendar));
  const known = read.flatMap(({ panel }) => (panel ? latestKnown(scope, panel, calendar) : []));
  const least = leastScore(sum(known.map(({ histories }) => histories.length)));
  const panels = known.map((panel) => judgedPanel(panel, least));
  const news = panels.flatMap((panel) =>
    panel.measure === 'downloads' && downloadsTold !== undefined
      ? calendarsAfter(downloadsTold, panel.calendar).flatMap((on) => {
          const { panel: one } = readMeasure(scope, 'downloads', on);
          return one ? judgedPanel(one, least) : [];
        })
      : panel,
  );
  const ended = read.flatMap((one) => one.ended);
  const told = new Set([...panels, ...ended].map(({ measure }) => measure));
  const absent = MEASURES.filter((measure) => !told.has(measure));
  return { panels, news, absent, ended };
}

/** Where a measure is read, and of what. */
interface Scope {
  readonly db: Db;
  readonly viewer: Viewer;
  readonly subjectIds: readonly number[];
  /** The ids of what is still polled. */
  readonly tracked: ReadonlySet<number>;
}

interface Reading {
  /** Undefined where there is nothing of the measure. */
  readonly panel: Unjudged | undefined;
  readonly ended: readonly Ended[];
}

function readMeasure(scope: Scope, measure: MeasureName, calendar: Calendar): Reading {
  const { db, viewer, subjectIds, tracked } = scope;
  if (measure === 'messages') return { panel: readTalk(db, calendar, viewer), ended: [] };
  const found =
    measure === 'downloads'
      ? readPackages(db, calendar, subjectIds)
      : readCounters(db, measure, calendar, subjectIds);
  const begun = found.filter(({ first }) => first <= calendar.span.end);
  const all = joined(db, measure, begun.length > 0 ? begun : found, calendar);
  const ended = all.flatMap(({ name, subjectId, ended: day }) =>
    day && tracked.has(subjectId) ? [{ measure, name, day }] : [],
  );
  const histories = historiesOf(all.filter((one) => !one.ended));
  return { panel: histories.length > 0 ? { measure, calendar, histories } : undefined, ended };
}

/** Under the shortest names that tell all of them apart. */
function historiesOf(all: readonly JoinedFound[]): History[] {
  const every = all.flatMap(({ names }) => names);
  const short = shortNames(every);
  const nameOf = (name: string) => short[every.indexOf(name)] ?? name;
  return all.map(({ subjectId, names, isNew, values, lack, lacks }) => ({
    name: together(names.map(nameOf)),
    subjectId,
    subjects: names.length,
    isNew,
    values,
    lack,
    lacks,
  }));
}

/** Where the source is late by its nature, the measure in the latest period that is known. */
function latestKnown(scope: Scope, panel: Unjudged, reported: Calendar): Unjudged {
  if (!isSlow(panel, reported)) return panel;
  const { panel: before } = readMeasure(scope, panel.measure, calendarBefore(panel.calendar));
  const earlier = before && latestKnown(scope, before, reported);
  return earlier && hasBegun(earlier) ? earlier : panel;
}

function judgedPanel(panel: Unjudged, least: number): Panel {
  const lengths = panel.calendar.spans.map(lengthOf);
  const all = sumOf(panel.histories);
  return {
    ...panel,
    sum: all,
    verdict: judge(all.values, lengths, least),
    verdicts: panel.histories.map(({ values }) => judge(values, lengths, least)),
  };
}

/** Downloads are known some days late: where the rest is over, theirs is not all in yet. */
const SLOW_DAYS = 4;

/** What is told a week after the period, and has not come in by then, has ended. */
const MOST_SLOW_DAYS = SLOW_DAYS + 7;

function isSlow({ measure, histories }: Unjudged, { span: { end }, today }: Calendar): boolean {
  if (measure !== 'downloads' || histories.some(({ values }) => values.at(-1) !== null)) {
    return false;
  }
  return histories.some(
    ({ lack }) =>
      lack?.reason === 'late' &&
      daysBetween(lack.day, end) <= SLOW_DAYS &&
      daysBetween(lack.day, today) <= MOST_SLOW_DAYS,
  );
}

function hasBegun({ histories }: Unjudged): boolean {
  return histories.some(({ lack }) => lack?.reason !== 'young');
}

/** Whether it is of the period before the reported one. */
export function isBehind(panel: Pick<Panel, 'calendar'>, { span }: Calendar): boolean {
  return panel.calendar.span.start !== span.start;
}

/** As many periods as can be late by their nature, and then come in together. */
const MOST_AT_ONCE: Readonly<Record<Granularity, number>> = {
  daily: SLOW_DAYS + 1,
  weekly: 2,
  monthly: 2,
};

/** The calendars of the periods that end after `day`, up to that of `last`; the latest first. */
function calendarsAfter(day: Day, last: Calendar): Calendar[] {
  const calendars: Calendar[] = [];
  for (let on = last; on.span.end > day; on = calendarBefore(on)) {
    if (calendars.push(on) === MOST_AT_ONCE[on.cadence]) break;
  }
  return calendars;
}

/** The sums by the first day of their period, null where they are not known. */
export function sumsByStart({ calendar, sum }: Panel): Map<Day, number | null> {
  return new Map(calendar.spans.map(({ start }, at) => [start, sum.values[at] ?? null]));
}

/**
 * The sums in the places of the periods of `calendar`, null where they are not known. Days are a
 * week apart: an earlier day stands in the place of the reported one.
 */
export function valuesOn(panel: Panel, { spans, cadence }: Calendar): (number | null)[] {
  if (cadence === 'daily') return [...panel.sum.values];
  const sums = sumsByStart(panel);
  return spans.map(({ start }) => sums.get(start) ?? null);
}

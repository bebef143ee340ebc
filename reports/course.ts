import { addDays, type Day } from '../db/days.ts';
import { type Movement, REST_DAYS } from '../db/incident.ts';
import { sameSeries } from '../db/incidents.ts';
import { partsNamed, summedDays } from '../db/joint-series.ts';
import type { Db } from '../db/open.ts';
import { hasCaughtUp } from './catching-up.ts';
import { type Beginning, beginningOf } from './course/beginning.ts';
import { type Again, type Back, endingOf, lostAgain } from './course/ending.ts';
import { type Loss, lossOf } from './course/loss.ts';
import { knownPlaces, type Row, rowOf } from './course/row.ts';
import { earliest } from './extent.ts';

/** A day of a series beside what was usual for it. */
export interface CourseDay {
  readonly day: Day;
  /** Null when it is missing. */
  readonly value: number | null;
  /** Most days of the weeks before lay between these, for its weekday; null when unknown. */
  readonly low: number | null;
  readonly high: number | null;
}

/** How a series went before and during an incident. */
export interface Course extends Loss {
  readonly days: readonly CourseDay[];
  /** The day that it began with, which may be before or after the first that it was noticed from. */
  readonly onset: Day;
  /** The last day that belongs to it. */
  readonly end: Day;
  /** What was usual is told by so many weeks before this day: before the onset, or the burst before that. */
  readonly usualBefore: Day;
  readonly weeks: number;
  /** True when it went down bit by bit; then `onset` is not known to the day. */
  readonly isSlide: boolean;
  /** The days after its end, when they were not part of it any more. */
  readonly back: Back | null;
  /** What was lost in the week after it was over, when it fell again and no other incident tells it. */
  readonly again: Again | null;
  /** The burst that has ended, when that is all: its first day, and what a day had before it. */
  readonly burst: { readonly from: Day; readonly before: number } | null;
  /** True while nothing at all comes in, or of what is over, did. */
  readonly isNothing: boolean;
  /** True of a counter that had only stood still, and has caught up. */
  readonly isMadeUp: boolean;
}

/** After a burst it is back at what it had before when it has lost no more than this. */
const NEAR = 0.2;

/** Days drawn before the incident, and after its end. */
const BEFORE = 62;
const AFTER = 14;
/** Days before the first one drawn that tell what was usual on it, and what it had long before. */
const EARLIER = 90;

export function readCourse(db: Db, incident: Movement, today: Day): Course {
  const { openedDay, days, closedDay, subjectId, metric, outcome, others } = incident;
  const start = addDays(openedDay, 1 - days);
  // Of today there is a value when its last poll has been.
  const until = earliest([today, ...(closedDay ? [addDays(closedDay, AFTER)] : [])]);
  const parts = partsNamed(db, metric, subjectId, others);
  const first = addDays(start, -BEFORE - EARLIER);
  const known = summedDays(db, parts, first, until);
  const row = rowOf(db, incident, parts, first, known);
  const last = Math.max(row.values.length - 1, row.placeOf(start));
  const closed = closedDay === null ? last : Math.min(row.placeOf(closedDay), last);
  const began = beginningOf(row, row.placeOf(start), row.placeOf(openedDay));
  const { onset, isSlide } = began;
  const usualBefore = began.burst?.from ?? onset;
  const ending = endingOf(row, began, outcome, closed);
  const loss = lossOf(row, began, ending, outcome === 'new level');
  // What has lost more since is low by what there was before the burst, too.
  const burst = (loss.lost ?? 1) <= NEAR ? began.burst : undefined;
  const isOver = closedDay !== null && outcome === 'recovered';
  const values = new Map(known.map(({ day, value }) => [day, value]));
  const { back } = ending;
  const caughtUp = isOver ? closedDay : (back?.to ?? null);
  const isMadeUp = caughtUp !== null && hasCaughtUp(values, parts, row.dayAt(onset), caughtUp);
  const again =
    isOver && !isMadeUp ? lostAgain(row, began, closed, { lost: loss.lost, back }) : null;
  return {
    ...loss,
    ...(burst ? { lost: null, missing: null } : {}),
    days: drawnDays(row, began, row.placeOf(start) - BEFORE, last),
    onset: row.dayAt(onset),
    end: row.dayAt(ending.end),
    usualBefore: row.dayAt(usualBefore),
    weeks: row.weeksBefore(usualBefore),
    isSlide,
    back,
    again: again && !isToldAnew(db, incident, row, closed) ? again : null,
    burst: burst ? { from: row.dayAt(burst.from), before: burst.usual.daily } : null,
    isNothing: knownPlaces(row, onset, ending.end).every((at) => row.values[at] === 0),
    isMadeUp,
  };
}

/** True when the next incident of the series began in the week after this one was over, and tells it. */
function isToldAnew(db: Db, incident: Movement, row: Row, closed: number): boolean {
  const next = sameSeries(db, incident).find(({ openedDay }) => row.placeOf(openedDay) > closed);
  const opened = next && row.placeOf(next.openedDay);
  if (!next || !opened || opened > closed + AFTER) return false;
  return beginningOf(row, opened + 1 - next.days, opened).onset <= closed + REST_DAYS;
}

/** The share that a drop or a rise is said to lose now, or after its end; null when it does not. */
export function toldLoss(
  { closedDay }: Pick<Movement, 'closedDay'>,
  course: Course,
): number | null {
  if (closedDay !== null) return course.again?.lost ?? null;
  return course.back ? null : course.lost;
}

/** What was usual stays as it was while the incident lasts. */
function drawnDays(row: Row, { onset, usual }: Beginning, from: number, last: number): CourseDay[] {
  return Array.from({ length: last - from + 1 }, (_, index) => {
    const at = from + index;
    const value = row.values[at] ?? Number.NaN;
    const range = (at < onset ? row.usualInWeeksBefore(at) : usual)?.on(at);
    return {
      day: row.dayAt(at),
      value: Number.isNaN(value) ? null : value,
      low: range?.low ?? null,
      high: range?.high ?? null,
    };
  });
}

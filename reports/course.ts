import { addDays, type Day } from '../db/days.ts';
import { BACK_DAYS, type Movement } from '../db/incident.ts';
import { partsNamed, summedDays } from '../db/joint-series.ts';
import type { Db } from '../db/open.ts';
import type { DayValue } from '../db/series.ts';
import { mean, sum } from '../db/statistics.ts';
import { hasCaughtUp } from './catching-up.ts';
import { earliest } from './extent.ts';

/** A day of a series beside what was usual for it. */
export interface CourseDay {
  readonly day: Day;
  /** Null when it is missing. */
  readonly value: number | null;
  /** The lowest and the highest of the same weekday in the eight weeks before; null when unknown. */
  readonly low: number | null;
  readonly high: number | null;
}

/** How a series went before and during an incident. */
export interface Course {
  readonly days: readonly CourseDay[];
  /** The first of the days that were looked at together when the incident was opened. */
  readonly onset: Day;
  /** The last day that belongs to the incident. */
  readonly end: Day;
  /** The weeks before it that tell what it lost. */
  readonly weeks: number;
  /**
   * The share that was lost on the days of the incident, less than 0 for a rise; null when it is
   * not known.
   */
  readonly lost: number | null;
  /** How many less came in on those days than usual, less than 0 for more; null when not known. */
  readonly missing: number | null;
  /** True of a counter that had only stood still, and has caught up. */
  readonly isMadeUp: boolean;
}

/** Days drawn before the incident, and after its end. */
const BEFORE = 62;
const AFTER = 14;

/** Weeks that tell what is usual, and how many of them must be known. */
const RANGE_WEEKS = 8;
const LEAST_WEEKS = 3;
const MEAN_WEEKS = 4;
/** Of a series whose last fortnight had this many times as much as the one before. */
const RISEN = 1.5;
const RISEN_WEEKS = 2;

/** An incident is measured over this many days at most. */
const MOST_DAYS = 28;

export function readCourse(db: Db, incident: Movement, today: Day): Course {
  const { openedDay, days, closedDay, subjectId, metric, outcome, others } = incident;
  const onset = addDays(openedDay, 1 - days);
  // Of today there is a value when its last poll has been.
  const until = earliest([today, ...(closedDay ? [addDays(closedDay, AFTER)] : [])]);
  const parts = partsNamed(db, metric, subjectId, others);
  const from = addDays(onset, -BEFORE);
  const known = summedDays(db, parts, addDays(from, -7 * RANGE_WEEKS), until);
  const values = new Map(known.map(({ day, value }) => [day, value]));
  const last = known.at(-1)?.day ?? onset;
  // The days that are back are no part of it any more.
  const over = closedDay && outcome === 'recovered' ? addDays(closedDay, -BACK_DAYS) : closedDay;
  const end = earliest([over ?? last, last, addDays(onset, MOST_DAYS - 1)]);
  const course: CourseDay[] = [];
  for (let day = from; day <= last; day = addDays(day, 1)) {
    const usual = sameWeekdays(values, day, onset, RANGE_WEEKS);
    const isKnown = usual.length >= LEAST_WEEKS;
    course.push({
      day,
      value: values.get(day) ?? null,
      low: isKnown ? Math.min(...usual) : null,
      high: isKnown ? Math.max(...usual) : null,
    });
  }
  const weeks = meanWeeks(values, onset);
  const lost = lostOf(known, { onset, end, weeks });
  const isMadeUp =
    closedDay !== null && outcome === 'recovered' && hasCaughtUp(values, parts, onset, closedDay);
  return { days: course, onset, end: end < onset ? onset : end, weeks, ...lost, isMadeUp };
}

/** The values of the same weekday in the weeks before a day, none of them of the incident itself. */
function sameWeekdays(
  values: ReadonlyMap<Day, number>,
  day: Day,
  onset: Day,
  weeks: number,
): number[] {
  let last = addDays(day, -7);
  while (last >= onset) last = addDays(last, -7);
  const found: number[] = [];
  for (let week = 0; week < weeks; week++) {
    const value = values.get(addDays(last, -7 * week));
    if (value !== undefined) found.push(value);
  }
  return found;
}

/**
 * How many weeks before a drop tell what was lost: of a series that had just risen only the latest, as
 * it is from there that it fell.
 */
function meanWeeks(values: ReadonlyMap<Day, number>, onset: Day): number {
  const fortnight = (from: number) => {
    const days = Array.from({ length: 14 }, (_, at) => values.get(addDays(onset, -from - at)));
    const known = days.filter((value) => value !== undefined);
    return sum(known) / Math.max(1, known.length);
  };
  const before = fortnight(15);
  return before > 0 && fortnight(1) > RISEN * before ? RISEN_WEEKS : MEAN_WEEKS;
}

/** What the same weekday brought on average in the `weeks` before `onset`; null when unknown. */
export function expectedOn(
  values: ReadonlyMap<Day, number>,
  day: Day,
  { onset, weeks }: Pick<Course, 'onset' | 'weeks'>,
): number | null {
  const usual = sameWeekdays(values, day, onset, weeks);
  return usual.length === 0 ? null : mean(usual);
}

function lostOf(
  known: readonly DayValue[],
  course: Pick<Course, 'onset' | 'end' | 'weeks'>,
): Pick<Course, 'lost' | 'missing'> {
  const { onset, end } = course;
  const values = new Map(known.map(({ day, value }) => [day, value]));
  let [expected, actual] = [0, 0];
  for (const { day, value } of known) {
    const usual = day < onset || day > end ? null : expectedOn(values, day, course);
    if (usual === null) continue;
    expected += usual;
    actual += value;
  }
  if (expected === 0) return { lost: null, missing: null };
  return { lost: 1 - actual / expected, missing: expected - actual };
}

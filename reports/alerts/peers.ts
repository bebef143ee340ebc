import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import { judgedJoints, summedDays } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { sentinelDays } from '../../db/sentinels.ts';
import type { DayValue } from '../../db/series.ts';
import { median } from '../../db/statistics.ts';
import { suspectDays } from '../../db/suspect-days.ts';
import type { Course } from '../course.ts';
import type { WatchedLine } from './standing.ts';

/** How the other series of a source went on the days that a drop or a rise was noticed from. */
export interface Peers {
  /** How many of them had enough a day to be judged as well. */
  readonly judged: number;
  /** What the middle one of these lost of what is usual, less than 0 for more; 0 where there is none. */
  readonly lost: number;
  /** How many lost, or gained, a good part of it. */
  readonly low: number;
  readonly high: number;
  /** True when some of the days are left out, because the source is not to be trusted on them. */
  readonly isPart: boolean;
  /** How many of all wait until the source can be trusted; none when the newest days are later ones. */
  readonly onHold: number;
  /** Days on which the source looked wrong for all that is read of it, oldest first. */
  readonly suspect: readonly Day[];
  /** True when the source tells other numbers of these days by now. */
  readonly isCorrected: boolean;
}

/** Days from one incident to another that belongs to it. */
export const TOGETHER_DAYS = 2;

/** What the source had wrong so many days before may still be in what came next. */
const BEFORE_DAYS = 2;

/** Weeks that tell what is usual on a weekday, and how many of them must be known. */
const WEEKS = 6;
const LEAST_WEEKS = 4;

/** What has less on the middle day of four weeks, or of twelve, is too small to be judged. */
const LEAST_LEVELS = [
  { days: 28, least: 50 },
  { days: 84, least: 40 },
];
const LONGEST = 84;

/** Many a day moves by less without a reason. */
const MUCH = 0.3;

/** A source looks wrong under 45% of what is usual; from here on, it clearly does not. */
const RIGHT = 0.6;
const LEAST_OTHERS = 3;
const LEAST_TELLING = 15;

type Days = ReadonlyMap<Day, number>;

/** @param others those to hold it against: watched, of the same kind, and not told beside it */
export function readPeers(
  db: Db,
  { metric, openedDay, days }: Movement,
  { days: course, onset }: Course,
  others: readonly WatchedLine[],
): Peers {
  const from = addDays(openedDay, 1 - days);
  const to = addDays(openedDay, TOGETHER_DAYS);
  const began = addDays(earlierOf(from, onset), -BEFORE_DAYS);
  const first = addDays(began, -LONGEST);
  const ids = new Set(others.map(({ subjectId }) => subjectId));
  const joints = judgedJoints(db, metric);
  const read = joints.map(({ series, parts }) => ({
    isOther: ids.has(series.subjectId),
    values: daysOf(summedDays(db, parts, first, to)),
  }));
  const suspect = suspectDays(db, metric, began, to);
  // The past of a counter can't be asked for.
  const isCounter = joints.some(({ series }) => series.kind === 'total');
  const isMended =
    !isCounter &&
    isCorrected(suspect, [...read.map(({ values }) => values), ...sentinels(db, metric, first)]);
  const all = daysFrom(from, openedDay);
  const wrong = new Set(isMended ? [] : suspect);
  const trusted = isCounter ? betweenReadings(all, wrong) : all.filter((day) => !wrong.has(day));
  const changes = read.flatMap(({ isOther, values }) =>
    isOther && isLarge(values, openedDay) ? (changeOf(values, trusted) ?? []) : [],
  );
  const isLatest = (course.at(-1)?.day ?? to) <= to;
  return {
    judged: changes.length,
    lost: changes.length === 0 ? 0 : -median(changes),
    low: changes.filter((change) => change <= -MUCH).length,
    high: changes.filter((change) => change >= MUCH).length,
    isPart: trusted.length < all.length,
    onHold: isLatest ? others.filter(({ standing }) => standing === 'hold').length : 0,
    suspect,
    isCorrected: isMended,
  };
}

/**
 * By what was known when the incident was noticed and without regard to the weekdays, so that the
 * same are held against it from the first day to the last.
 */
function isLarge(values: Days, openedDay: Day): boolean {
  return LEAST_LEVELS.every(({ days, least }) => {
    const before = daysFrom(addDays(openedDay, -days), addDays(openedDay, -1));
    const known = before.flatMap((day) => values.get(day) ?? []);
    return known.length > 0 && median(known) >= least;
  });
}

/** False where it is not known. */
function isCorrected(suspect: readonly Day[], all: readonly Days[]): boolean {
  return suspect.length > 0 && suspect.every((day) => looksRight(all, day));
}

/** To none of them do the others look wrong, not even to the one that has kept most. */
function looksRight(all: readonly Days[], day: Day): boolean {
  const changes = all.flatMap((values) => changeOf(values, [day], LEAST_TELLING) ?? []);
  const [, ...others] = changes.toSorted((a, b) => b - a);
  return others.length >= LEAST_OTHERS && 1 + median(others) >= RIGHT;
}

function sentinels(db: Db, metric: string, from: Day): Days[] {
  return [...sentinelDays(db, metric, from).values()].map(daysOf);
}

function daysFrom(from: Day, to: Day): Day[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => addDays(from, at));
}

/**
 * What a counter did not count on a wrong day, it counts later: such days count together with the one
 * after them, or not at all where a part of that would be outside.
 */
function betweenReadings(days: readonly Day[], wrong: ReadonlySet<Day>): Day[] {
  const isRead = (day: Day) => !wrong.has(day);
  const begin = days.findIndex((day) => isRead(addDays(day, -1)));
  const end = days.findLastIndex(isRead);
  return begin < 0 ? [] : days.slice(begin, end + 1);
}

/**
 * How far a series was from its usual level on some days that follow each other, as a share of that;
 * undefined where nothing is usual, or where less than half of them is known.
 */
function changeOf(values: Days, days: readonly Day[], least = 1): number | undefined {
  const [from] = days;
  if (from === undefined) return undefined;
  let [known, usual, actual] = [0, 0, 0];
  for (const day of days) {
    const value = values.get(day);
    const level = value === undefined ? undefined : usualOn(values, day, from);
    if (value === undefined || level === undefined) continue;
    known++;
    usual += level;
    actual += value;
  }
  const isKnown = known >= days.length / 2 && usual > 0 && usual >= least * known;
  return isKnown ? actual / usual - 1 : undefined;
}

/** The middle of the same weekday in the weeks before `from`. */
function usualOn(values: Days, day: Day, from: Day): number | undefined {
  let last = addDays(day, -7);
  while (last >= from) last = addDays(last, -7);
  const weeks = Array.from({ length: WEEKS }, (_, week) => values.get(addDays(last, -7 * week)));
  const known = weeks.filter((value) => value !== undefined);
  return known.length < LEAST_WEEKS ? undefined : median(known);
}

function daysOf(values: readonly DayValue[]): Days {
  return new Map(values.map(({ day, value }) => [day, value]));
}

function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b;
}

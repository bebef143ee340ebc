import { addDays, type Day, dayMs, dayOf, daysBetween } from '../../../db/days.ts';
import { providedDays } from '../../../db/provided-days.ts';
import { BIGQUERY } from '../../../db/pypi.ts';
import type { Subject } from '../../../db/subjects.ts';
import type { CollectContext } from '../source.ts';

/** Packages and a range of whole days that all of them lack, both ends included. */
export interface Lack {
  readonly subjects: readonly Subject[];
  readonly first: Day;
  readonly last: Day;
}

const HOUR_MS = 3_600_000;

/** The downloads of a day arrive in the table until some hours after midnight UTC. */
const OVER_HOURS = 6;

/** What arrives later than this is not waited for: a day is read again once after it. */
const SETTLED_HOURS = 48;

/**
 * How far back a new package is read unless more is asked for. Each day of a package of some
 * millions of downloads is most of a gigabyte: of ten such packages, 90 days stay within the
 * terabyte a month that is free.
 */
export const DEPTH_DAYS = 90;

/** A query is over in seconds, and a stop in between loses no more than one. */
const MOST_DAYS = 30;

/** Packages × days of one query; each has some hundreds of rows. */
const MOST_CELLS = 600;

/** The last day that is read at the instant `now`. */
export function lastDayOver(now: number): Day {
  return addDays(dayOf(now - OVER_HOURS * HOUR_MS), -1);
}

/** True when nothing will be added to `day` any more. */
export function isSettled(day: Day, now: number): boolean {
  return now >= dayMs(addDays(day, 1)) + SETTLED_HOURS * HOUR_MS;
}

/**
 * What BigQuery has to be asked for, newest first. A day is asked once for each package, and once
 * more when it was read before it was settled; packages that lack the same days are asked for
 * together, and no day is read for a package that has it.
 */
export function lacking(
  subjects: readonly Subject[],
  { db, now, from, since }: Pick<CollectContext, 'db' | 'now' | 'from' | 'since'>,
): Lack[] {
  const last = lastDayOver(now);
  const first = from ?? since ?? addDays(last, 1 - DEPTH_DAYS);
  const lacks = new Map(
    subjects.map((subject) => {
      const told = new Map(providedDays(db, subject.id, first, last).map((day) => [day.day, day]));
      const isLacking = (day: Day) => {
        if (since !== undefined && day >= since) return true;
        const known = told.get(day);
        if (known?.provider !== BIGQUERY) return true;
        return !known.isSettled && isSettled(day, now);
      };
      return [subject, isLacking];
    }),
  );
  const ranges: Lack[] = [];
  for (let day = last; day >= first; day = addDays(day, -1)) {
    const lack = subjects.filter((subject) => lacks.get(subject)?.(day));
    const range = ranges.at(-1);
    if (range && continues(range, lack, day)) ranges[ranges.length - 1] = { ...range, first: day };
    else if (lack.length > 0) ranges.push({ subjects: lack, first: day, last: day });
  }
  return ranges;
}

function continues({ subjects, first, last }: Lack, lack: readonly Subject[], day: Day): boolean {
  const days = daysBetween(day, last) + 1;
  return (
    addDays(first, -1) === day &&
    days <= MOST_DAYS &&
    days * lack.length <= MOST_CELLS &&
    subjects.length === lack.length &&
    subjects.every((subject, at) => subject === lack[at])
  );
}

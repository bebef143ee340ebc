import { addDays, type Day, daysBetween } from '../../db/days.ts';
import { ENDED_DAYS } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { countsIn, type PeriodCount, wholeSum } from '../counts.ts';
import { earliest } from '../extent.ts';
import {
  type PackageDays,
  type PackageRecord,
  packageRecords,
  readPackageDays,
} from '../package-days.ts';
import { type Calendar, lengthOf, oldSince, type Span } from './calendar.ts';
import type { Found, Lack } from './history.ts';

/** The downloads of our own packages in each period, without mirrors. */
export function readPackages(db: Db, calendar: Calendar, subjectIds: readonly number[]): Found[] {
  const { today } = calendar;
  // Where data ends or goes on is told by all that came since.
  return packageRecords(db, subjectIds, { to: today, today })
    .filter(({ role }) => role === 'own')
    .map((record) => historyOf(db, record, calendar));
}

function historyOf(db: Db, record: PackageRecord, calendar: Calendar): Found {
  const { spans, span } = calendar;
  const { name, series, first, latest, finished } = record;
  const from = spans[0]?.start ?? span.start;
  const days = readPackageDays(db, record, { from, to: span.end }, false);
  const places = spans.map((one) => {
    const begin = daysBetween(from, one.start);
    return { start: one.start, begin, end: begin + lengthOf(one) };
  });
  const counts = countsIn(days, places, finished);
  const values = counts.map(wholeSum);
  const found = {
    name,
    subjectId: series.subjectId,
    first,
    isNew: first > oldSince(calendar),
    opening: openingOf(counts, first),
  };
  if (daysBetween(latest, span.start) > ENDED_DAYS) {
    return { ...found, values, lack: undefined, lacks: [], ended: latest };
  }
  const lacks = spans.map((one, at) =>
    values[at] === null ? lackOf(days, record, one) : undefined,
  );
  return { ...found, values, lack: lacks.at(-1), lacks };
}

function openingOf(counts: readonly PeriodCount[], first: Day): number | undefined {
  const period = counts.find(({ start, of }) => start <= first && first < addDays(start, of));
  if (!period || period.isProvisional) return undefined;
  return period.days === period.of - daysBetween(period.start, first) ? period.sum : undefined;
}

function lackOf({ from, values }: PackageDays, record: PackageRecord, span: Span): Lack {
  const { first, latest, finished } = record;
  if (first > span.start) return { reason: 'young', day: first };
  const told = earliest([latest, finished]);
  const days = Array.from({ length: lengthOf(span) }, (_, at) => addDays(span.start, at)).filter(
    (day) => day <= told && Number.isNaN(values[daysBetween(from, day)]),
  );
  const [day] = days;
  return day === undefined ? { reason: 'late', day: told } : { reason: 'hole', day, days };
}

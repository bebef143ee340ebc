import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { countsIn, type PeriodCount, wholeSum } from '../counts.ts';
import { earliest } from '../extent.ts';
import {
  type PackageDays,
  type PackageRecord,
  packageRecords,
  readPackageDays,
} from '../package-days.ts';
import { type Calendar, lengthOf, type Span } from './calendar.ts';
import { type Found, type Lack, OVER_DAYS } from './history.ts';

/** The downloads of our own packages in each period, without mirrors. */
export function readPackages(db: Db, calendar: Calendar, subjectIds: readonly number[]): Found[] {
  const { span, today } = calendar;
  return packageRecords(db, subjectIds, { to: span.end, today })
    .filter(({ role }) => role === 'own')
    .map((record) => historyOf(db, record, calendar));
}

function historyOf(db: Db, record: PackageRecord, { spans, span }: Calendar): Found {
  const { name, series, first, latest, finished } = record;
  const from = spans[0]?.start ?? span.start;
  const days = readPackageDays(db, record, { from, to: span.end }, false);
  const places = spans.map((one) => {
    const begin = daysBetween(from, one.start);
    return { start: one.start, begin, end: begin + lengthOf(one) };
  });
  const counts = countsIn(days, places, finished);
  const values = counts.map(wholeSum);
  const found = { name, subjectId: series.subjectId, first, opening: openingOf(counts, first) };
  if (daysBetween(latest, span.start) > OVER_DAYS) {
    return { ...found, values, lack: undefined, lacks: [], ended: latest };
  }
  const lacks = spans.map((one, at) =>
    values[at] !== null || one.end < first ? undefined : lackOf(days, record, one),
  );
  return { ...found, values, lack: lacks.at(-1), lacks };
}

function openingOf(counts: readonly PeriodCount[], first: Day): number | undefined {
  const period = counts.find(({ start, of }) => start <= first && first < addDays(start, of));
  if (!period || period.isProvisional) return undefined;
  return period.days === period.of - daysBetween(period.start, first) ? period.sum : undefined;
}

function lackOf(days: PackageDays, record: PackageRecord, { start, end }: Span): Lack {
  const { first, latest, finished } = record;
  if (first > start) return { reason: 'young', day: first };
  const told = earliest([latest, finished]) ?? latest;
  for (let day = start; day <= told; day = addDays(day, 1)) {
    if (Number.isNaN(days.values[daysBetween(days.from, day)])) return { reason: 'hole', day };
  }
  return told < end ? { reason: 'late', day: told } : { reason: 'hole', day: end };
}

import { addDays, type Day, daysBetween } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { type ProvidedDay, providedDays } from '../db/provided-days.ts';
import { BIGQUERY, DOWNLOADS, MIRROR_DOWNLOADS } from '../db/pypi.ts';
import {
  daysOf,
  firstValue,
  type Series,
  seriesOf,
  seriesOfSubject,
  valueOn,
} from '../db/series.ts';
import type { Role } from '../db/subjects.ts';
import type { DayCounts } from './counts.ts';
import { earliest, latest as latestOf } from './extent.ts';
import { dayName } from './words.ts';

/** Where the record of a package begins and ends. */
export interface PackageRecord {
  readonly series: Series;
  readonly name: string;
  readonly role: Role;
  /** The first day with a number. */
  readonly first: Day;
  /** The last day with a number in what was asked for. */
  readonly latest: Day;
  /** The last day whose number is final. */
  readonly finished: Day;
  /** The last day that is told of at all, also after what was asked for. */
  readonly last: Day;
}

/** The downloads of a package on the days from `from` to `to`. */
export interface PackageDays extends DayCounts {
  /** Whose the days are, oldest first; a day without an entry was imported. */
  readonly provided: readonly ProvidedDay[];
  /** Days whose downloads by mirrors are not known, where these were asked for. */
  readonly withoutMirrors: readonly Day[];
}

/** The records of all packages that have downloads on or before `to`. */
export function packageRecords(
  db: Db,
  subjectIds: readonly number[] | undefined,
  { to, today }: { readonly to: Day; readonly today: Day },
): PackageRecord[] {
  const yesterday = addDays(today, -1);
  return seriesOf(db, DOWNLOADS)
    .filter(({ subjectId }) => subjectIds?.includes(subjectId) ?? true)
    .flatMap((series): PackageRecord[] => {
      const first = firstValue(db, series.id);
      const latest = valueOn(db, series.id, to);
      if (!first || !latest) return [];
      const { completeThrough, subjectName: name, role } = series;
      const finished = earliest([completeThrough ?? latest.day, yesterday, to]);
      const newest = valueOn(db, series.id, today)?.day ?? latest.day;
      const last = latestOf([newest, completeThrough ?? newest]);
      return [{ series, name, role, first: first.day, latest: latest.day, finished, last }];
    });
}

/** Said of downloads as they are counted unless mirrors were asked for as well. */
export const WITHOUT_MIRRORS = 'Without mirrors: what people and CI loaded.';

/** Said where no record reaches into a range. */
export function noRecord(begins: Day | undefined): string {
  return begins
    ? `No downloads are known before ${dayName(begins)}.`
    : 'There are no downloads here yet.';
}

/** The first day of all records; undefined without any. */
export function recordsBegin(db: Db, subjectIds: readonly number[] | undefined): Day | undefined {
  return earliest(
    seriesOf(db, DOWNLOADS)
      .filter(({ subjectId }) => subjectIds?.includes(subjectId) ?? true)
      .flatMap(({ id }) => firstValue(db, id)?.day ?? []),
  );
}

/**
 * Reads the days of a package. A day that BigQuery was asked about and had nothing of is zero; any
 * other day without a number is missing. With mirrors, a day counts where both numbers are known.
 */
export function readPackageDays(
  db: Db,
  { series, finished }: PackageRecord,
  { from, to }: { readonly from: Day; readonly to: Day },
  withMirrors: boolean,
): PackageDays {
  const provided = providedDays(db, series.subjectId, from, to);
  const zeros = provided.filter(({ provider, day }) => provider === BIGQUERY && day <= finished);
  const read = (one: Series) => {
    const values = new Float64Array(Math.max(0, daysBetween(from, to) + 1)).fill(Number.NaN);
    for (const { day } of zeros) values[daysBetween(from, day)] = 0;
    for (const { day, value } of daysOf(db, one.id, from, to)) {
      values[daysBetween(from, day)] = value;
    }
    return values;
  };
  const values = read(series);
  if (!withMirrors) return { from, values, provided, withoutMirrors: [] };
  const mirrored = seriesOfSubject(db, series.subjectId, MIRROR_DOWNLOADS);
  const extra = mirrored ? read(mirrored) : values.map(() => Number.NaN);
  const sums = values.map((value, at) => value + (extra[at] as number));
  const withoutMirrors = [...values.keys()]
    .filter((at) => !Number.isNaN(values[at]) && Number.isNaN(sums[at]))
    .map((at) => addDays(from, at));
  return { from, values: sums, provided, withoutMirrors };
}

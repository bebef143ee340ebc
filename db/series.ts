import { addDays, type Day, daysBetween } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import type { Role } from './subjects.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** A `total` is a running level that can be carried forward and can fall; a `count` adds up. */
export type SeriesKind = 'total' | 'count';

/** Where a value came from. A later word wins over an earlier one: history < import < poll. */
export type Origin = 'history' | 'import' | 'poll';

/** SQL, of an upsert on `series_day`: the origin of what comes wins over that of what is there. */
export const OUTRANKS = `instr('history import poll', excluded.origin)
  > instr('history import poll', series_day.origin)`;

export interface DayValue {
  readonly day: Day;
  readonly value: number;
}

/** What names a series: a metric of a subject, whole or one member of a dimension. */
export interface SeriesKey {
  readonly subjectId: number;
  /** `source.measure`, as in `github.stars`. */
  readonly metric: string;
  readonly kind: SeriesKind;
  readonly dimension?: string;
  readonly member?: string;
}

export interface Series {
  readonly id: number;
  readonly subjectId: number;
  readonly subjectName: string;
  /** Whether the subject is our own or something that we depend on. */
  readonly role: Role;
  readonly metric: string;
  readonly kind: SeriesKind;
  /** The last day that its source has finished; null when it has not said. */
  readonly completeThrough: Day | null;
}

interface SaveDays {
  readonly origin: Origin;
  /** ISO instant at which the values were read. */
  readonly seenAt: string;
  readonly completeThrough?: Day | undefined;
}

/**
 * Upserts values on (series, day) and returns how many rows changed. A lower origin never
 * overwrites a higher one, an older reading never a newer one; of two imported values for one day
 * the larger stays, as in the daily models the files come from.
 */
export function saveDays(
  db: Db,
  key: SeriesKey,
  values: Iterable<DayValue>,
  { origin, seenAt, completeThrough }: SaveDays,
): number {
  return db.transaction(() => {
    const id = ensureSeries(db, key);
    const upsert = statement(
      db,
      `INSERT INTO series_day (series_id, day, value, origin, seen_at)
       VALUES (@id, @day, @value, @origin, @seenAt)
       ON CONFLICT (series_id, day) DO UPDATE
         SET value = excluded.value, origin = excluded.origin, seen_at = excluded.seen_at
         WHERE CASE
           WHEN excluded.origin <> series_day.origin THEN ${OUTRANKS}
           WHEN excluded.origin = 'import' THEN excluded.value > series_day.value
           ELSE excluded.value <> series_day.value AND excluded.seen_at >= series_day.seen_at
         END`,
    );
    // A later reading of the same value is no change, but outranks what was read in between.
    const confirm = statement(
      db,
      `UPDATE series_day SET seen_at = @seenAt WHERE series_id = @id AND day = @day
         AND value = @value AND origin = @origin AND origin <> 'import' AND seen_at < @seenAt`,
    );
    let changed = 0;
    for (const { day, value } of values) {
      const row = { id, day, value, origin, seenAt };
      const { changes } = upsert.run(row);
      if (changes === 0) confirm.run(row);
      changed += changes;
    }
    if (completeThrough) {
      statement(
        db,
        `UPDATE series SET complete_through = max(coalesce(complete_through, ''), ?) WHERE id = ?`,
      ).run(completeThrough, id);
    }
    return changed;
  })();
}

/** The id of a series, made when it is new. */
export function ensureSeries(db: Db, key: SeriesKey): number {
  const { subjectId, metric, kind, dimension = '', member = '' } = key;
  statement(
    db,
    `INSERT INTO series (subject_id, metric, dimension, member, kind) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ).run(subjectId, metric, dimension, member, kind);
  return statement(
    db,
    `SELECT id FROM series
     WHERE subject_id = ? AND metric = ? AND dimension = ? AND member = ?`,
  )
    .pluck()
    .get(subjectId, metric, dimension, member) as number;
}

/** SQL: the undivided series of a metric. */
const UNDIVIDED = `SELECT series.id, subject_id AS subjectId, subject.name AS subjectName, role, metric,
    kind, complete_through AS completeThrough
  FROM series JOIN subject ON subject.id = subject_id
  WHERE metric = ? AND dimension = ''`;

/** The undivided series of `metric`, one per subject that has it, by subject name. */
export function seriesOf(db: Db, metric: string): Series[] {
  return statement<Series>(db, `${UNDIVIDED} ORDER BY subject.key`).all(metric);
}

/** That of one subject. */
export function seriesOfSubject(db: Db, subjectId: number, metric: string): Series | undefined {
  return statement<Series>(db, `${UNDIVIDED} AND subject_id = ?`).get(metric, subjectId);
}

/** The days of a series that have data, oldest first; gaps are days without an entry. */
export function daysOf(db: Db, seriesId: number, from: Day, to: Day): DayValue[] {
  return statement<DayValue>(
    db,
    'SELECT day, value FROM series_day WHERE series_id = ? AND day BETWEEN ? AND ? ORDER BY day',
  ).all(seriesId, from, to);
}

/** The first value of a series that is `least` or more. */
export function firstValue(
  db: Db,
  seriesId: number,
  least = Number.NEGATIVE_INFINITY,
): DayValue | undefined {
  return statement<DayValue>(
    db,
    'SELECT day, value FROM series_day WHERE series_id = ? AND value >= ? ORDER BY day LIMIT 1',
  ).get(seriesId, least);
}

/** The last value of a series on or before `day`. */
export function valueOn(db: Db, seriesId: number, day: Day): DayValue | undefined {
  return statement<DayValue>(
    db,
    `SELECT day, value FROM series_day WHERE series_id = ? AND day <= ?
     ORDER BY day DESC LIMIT 1`,
  ).get(seriesId, day);
}

/** The days for which the undivided series of `metric` has a value. */
export function knownDays(db: Db, subjectId: number, metric: string): Set<Day> {
  const days = statement(
    db,
    `SELECT day FROM series_day JOIN series ON series.id = series_id
     WHERE subject_id = ? AND metric = ? AND dimension = ''`,
  )
    .pluck()
    .all(subjectId, metric) as Day[];
  return new Set(days);
}

/** A member of a split on consecutive days. */
export interface SplitColumn {
  readonly member: string;
  /** The first day that it ever had a value on. */
  readonly first: Day;
  /** One a day; NaN where it has none. */
  readonly values: Float64Array;
}

/**
 * The members of a split that have data, by name, on the days from `from` to `to`. Two hundred
 * versions over five years are a quarter of a million values, and handing over so many rows takes
 * longer than finding them: so the days of a member come in one text.
 */
export function splitColumns(
  db: Db,
  subjectId: number,
  metric: string,
  dimension: string,
  { from, to }: { readonly from: Day; readonly to: Day },
): SplitColumn[] {
  const length = Math.max(0, daysBetween(from, to) + 1);
  const places = new Map(Array.from({ length }, (_, at) => [addDays(from, at), at]));
  const rows = statement<{ member: string; first: Day; days: string | null }>(
    db,
    `SELECT member, (SELECT min(day) FROM series_day WHERE series_id = series.id) AS first,
       (SELECT group_concat(day || value, ' ') FROM series_day
        WHERE series_id = series.id AND day BETWEEN @from AND @to) AS days
     FROM series
     WHERE subject_id = @subjectId AND metric = @metric AND dimension = @dimension
       AND first IS NOT NULL
     ORDER BY member`,
  ).all({ subjectId, metric, dimension, from, to });
  return rows.map(({ member, first, days }) => {
    const values = new Float64Array(length).fill(Number.NaN);
    for (const day of days?.split(' ') ?? []) {
      values[places.get(day.slice(0, DAY_LENGTH)) as number] = Number(day.slice(DAY_LENGTH));
    }
    return { member, first, values };
  });
}

import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/**
 * The provider that the numbers of a subject's day are from. A day that was asked and had nothing
 * is here as well.
 */
export interface ProvidedDay {
  readonly day: Day;
  /** `bigquery`, `pypistats`. */
  readonly provider: string;
  /** ISO instant. */
  readonly askedAt: string;
  /** True once it was read so late that nothing will be added to it. */
  readonly isSettled: boolean;
}

export function providedDays(db: Db, subjectId: number, from: Day, to: Day): ProvidedDay[] {
  return statement<Omit<ProvidedDay, 'isSettled'> & { isSettled: number }>(
    db,
    `SELECT day, provider, asked_at AS askedAt, is_settled AS isSettled FROM provided_day
     WHERE subject_id = ? AND day BETWEEN ? AND ? ORDER BY day`,
  )
    .all(subjectId, from, to)
    .map((row) => ({ ...row, isSettled: row.isSettled === 1 }));
}

/** Whether any day of the subject is from that provider. */
export function isCoveredBy(db: Db, subjectId: number, provider: string): boolean {
  return (
    statement(db, 'SELECT 1 FROM provided_day WHERE subject_id = ? AND provider = ? LIMIT 1')
      .pluck()
      .get(subjectId, provider) !== undefined
  );
}

export function saveProvidedDay(
  db: Db,
  subjectId: number,
  { day, provider, askedAt, isSettled }: ProvidedDay,
): void {
  statement(
    db,
    `INSERT INTO provided_day (subject_id, day, provider, asked_at, is_settled)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET provider = excluded.provider, asked_at = excluded.asked_at,
       is_settled = excluded.is_settled`,
  ).run(subjectId, day, provider, askedAt, isSettled ? 1 : 0);
}

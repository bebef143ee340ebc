import { addDays, type Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** One answer of a source, word for word. */
export interface StoredSnapshot {
  readonly kind: string;
  /** ISO instant of the answer. */
  readonly takenAt: string;
  readonly body: string;
}

/** How long every day's newest snapshot is kept. Older than that, every month's newest stays. */
const DAILY_FOR_DAYS = 90;

export function saveSnapshot(db: Db, subjectId: number, snapshot: StoredSnapshot): void {
  statement(
    db,
    `INSERT INTO snapshot (subject_id, kind, taken_at, body)
     VALUES (@subjectId, @kind, @takenAt, @body)
     ON CONFLICT DO UPDATE SET body = excluded.body`,
  ).run({ subjectId, ...snapshot });
}

/** The instant (ISO) of the subject's last successful poll; undefined before the first one. */
export function lastPolledAt(db: Db, subjectId: number): string | undefined {
  const at = statement(db, 'SELECT max(taken_at) FROM snapshot WHERE subject_id = ?')
    .pluck()
    .get(subjectId) as string | null;
  return at ?? undefined;
}

/**
 * Drops the snapshots of a subject that a newer one of the same kind has replaced: on the same
 * day, or, once they are older than 90 days, in the same month. The ends of day and month are
 * written as bounds, so that the key finds the newer one at once: this runs with every poll.
 */
export function thinSnapshots(db: Db, subjectId: number, today: Day): void {
  statement(
    db,
    `DELETE FROM snapshot AS old
     WHERE subject_id = @subjectId AND (
       EXISTS (SELECT 1 FROM snapshot AS newer
         WHERE newer.subject_id = @subjectId AND newer.kind = old.kind
           AND newer.taken_at > old.taken_at
           AND newer.taken_at < substr(old.taken_at, 1, 10) || 'U')
       OR EXISTS (SELECT 1 FROM snapshot AS newer
         WHERE newer.subject_id = @subjectId AND newer.kind = old.kind
           AND newer.taken_at > old.taken_at
           AND newer.taken_at < min(@daily, substr(old.taken_at, 1, 7) || '-32')))`,
  ).run({ subjectId, daily: addDays(today, -DAILY_FOR_DAYS) });
}

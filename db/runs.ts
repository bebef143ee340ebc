import type { CollectionKey } from './collections.ts';
import { addDays, type Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/**
 * `limited`: the source asked us to wait, and what was read until then is kept. `cut`: the
 * process stopped or broke off.
 */
export type RunOutcome = 'done' | 'limited' | 'failed' | 'cut';

/** One reading of one part of a source. All instants are ISO. */
export interface Run extends CollectionKey {
  /** A UUID. */
  readonly id: string;
  /** The round that the run was part of, of the schedule or of a command: a UUID. */
  readonly parentId: string;
  readonly startedAt: string;
}

export interface RunCosts {
  readonly requests: number;
  /** Rows that were written or changed. */
  readonly rows: number;
  /** Bytes that were billed. */
  readonly bytes: number;
  readonly costUsd: number;
}

export interface EndedRun extends Run, RunCosts {
  readonly endedAt: string;
  readonly outcome: RunOutcome;
  readonly error: string | null;
}

/** How long runs are remembered: this month and the last one. */
const KEPT_DAYS = 62;

export function startRun(db: Db, run: Run): void {
  statement(
    db,
    `INSERT INTO run (id, parent_id, source, subject_id, part, started_at)
     VALUES (@id, @parentId, @source, @subjectId, @part, @startedAt)`,
  ).run(run);
}

export function endRun(db: Db, run: EndedRun): void {
  statement(
    db,
    `UPDATE run SET ended_at = @endedAt, requests = @requests, rows = @rows, bytes = @bytes,
       cost_usd = @costUsd, outcome = @outcome, error = @error WHERE id = @id`,
  ).run(run);
}

/** Runs that a crash left open are over. */
export function cutOpenRuns(db: Db, at: string): void {
  statement(db, `UPDATE run SET ended_at = ?, outcome = 'cut' WHERE ended_at IS NULL`).run(at);
}

export function forgetOldRuns(db: Db, today: Day): void {
  statement(db, 'DELETE FROM run WHERE started_at < ?').run(addDays(today, -KEPT_DAYS));
}

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
  /** What the run was part of, a UUID: a tick of the schedule, a command. */
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

const COLUMNS = `id, parent_id AS parentId, source, subject_id AS subjectId, part,
  started_at AS startedAt, ended_at AS endedAt, requests, rows, bytes, cost_usd AS costUsd,
  outcome, error`;

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

/** The ended run of every collection that ended last. */
export function latestEndedRuns(db: Db): EndedRun[] {
  return statement<EndedRun>(
    db,
    `SELECT ${COLUMNS} FROM run WHERE ended_at IS NOT NULL AND started_at = (
       SELECT max(started_at) FROM run AS other
       WHERE other.source = run.source AND other.subject_id = run.subject_id
         AND other.part = run.part AND other.ended_at IS NOT NULL)`,
  ).all();
}

/** What the runs of a source since a day have cost together. */
export function costsSince(db: Db, source: string, day: Day): RunCosts {
  return statement<RunCosts>(
    db,
    `SELECT coalesce(sum(requests), 0) AS requests, coalesce(sum(rows), 0) AS rows,
       coalesce(sum(bytes), 0) AS bytes, coalesce(sum(cost_usd), 0) AS costUsd
     FROM run WHERE source = ? AND started_at >= ?`,
  ).get(source, day) as RunCosts;
}

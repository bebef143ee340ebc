import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** One line of the job ledger. All instants are ISO. */
export interface JobRun {
  readonly job: string;
  readonly dueAt: string;
  readonly startedAt: string;
  /** Null while it runs, and after a crash until the next start. */
  readonly finishedAt: string | null;
  readonly outcome: 'done' | 'failed' | null;
  readonly error: string | null;
}

const COLUMNS = `job, due_at AS dueAt, started_at AS startedAt, finished_at AS finishedAt,
  outcome, error`;

/** How many runs of a job the ledger remembers. */
const KEPT_RUNS = 100;

/** Claims a due time for this process; false when somebody has claimed it before. */
export function claimRun(db: Db, job: string, dueAt: string, startedAt: string): boolean {
  const { changes } = statement(
    db,
    'INSERT INTO job_run (job, due_at, started_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(job, dueAt, startedAt);
  return changes === 1;
}

/** Writes down how a claimed run ended; `error` says why it failed. */
export function finishRun(
  db: Db,
  job: string,
  dueAt: string,
  finishedAt: string,
  error?: string,
): void {
  statement(
    db,
    `UPDATE job_run SET finished_at = ?, outcome = ?, error = ? WHERE job = ? AND due_at = ?`,
  ).run(finishedAt, error === undefined ? 'done' : 'failed', error ?? null, job, dueAt);
  statement(
    db,
    `DELETE FROM job_run WHERE job = @job AND due_at NOT IN
       (SELECT due_at FROM job_run WHERE job = @job ORDER BY due_at DESC LIMIT @kept)`,
  ).run({ job, kept: KEPT_RUNS });
}

/** The runs of a job that were never finished, oldest first: at start, those that a crash cut. */
export function unfinishedRuns(db: Db, job: string): JobRun[] {
  return statement<JobRun>(
    db,
    `SELECT ${COLUMNS} FROM job_run WHERE job = ? AND finished_at IS NULL ORDER BY due_at`,
  ).all(job);
}

/** Gives a claim back, so that its due time can be run again. */
export function releaseRun(db: Db, job: string, dueAt: string): void {
  statement(db, 'DELETE FROM job_run WHERE job = ? AND due_at = ?').run(job, dueAt);
}

/** The newest run of every job, by name. */
export function latestRuns(db: Db): JobRun[] {
  return statement<JobRun>(
    db,
    `SELECT ${COLUMNS} FROM job_run AS run
     WHERE due_at = (SELECT max(due_at) FROM job_run WHERE job = run.job) ORDER BY job`,
  ).all();
}

/** For when a job was run, as far as the ledger remembers; the oldest first. */
export function ledgerDueTimes(db: Db, job: string): string[] {
  return statement(db, 'SELECT due_at FROM job_run WHERE job = ? ORDER BY due_at')
    .pluck()
    .all(job) as string[];
}

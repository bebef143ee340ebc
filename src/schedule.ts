import { createTask, type ScheduledTask } from 'node-cron';
import type { Logger } from 'pino';
import { claimRun, finishRun, releaseRun, unfinishedRuns } from '../db/jobs.ts';
import type { Db } from '../db/open.ts';

/** Something that is done again and again. */
export interface Job {
  readonly name: string;
  /** Five cron fields, in UTC. */
  readonly cron: string;
  run(): Promise<void>;
}

interface ScheduleDeps {
  readonly db: Db;
  readonly jobs: readonly Job[];
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface Schedule {
  /** Sets the timers, and catches up once with every job whose last due time was missed. */
  start(): void;
  /**
   * Stops the timers and waits for the jobs that are running. A run that fails meanwhile was cut
   * short, and gets another go at the next start.
   */
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** How far back a missed due time is looked for; jobs are due at least once a week. */
const LOOK_BACK_MINUTES = 8 * 24 * 60;

/** The timers for a table of jobs. The ledger sees to it that no due time is run twice. */
export function createSchedule({ db, jobs, log, now }: ScheduleDeps): Schedule {
  const running = new Map<string, Promise<void>>();
  const tasks: ScheduledTask[] = [];
  let isStopping = false;

  function runDue(job: Job, due: number): void {
    if (running.has(job.name)) {
      log.warn({ job: job.name }, 'still running, so this turn is left out');
      return;
    }
    const dueAt = new Date(due).toISOString();
    if (!claimRun(db, job.name, dueAt, instant())) return;
    running.set(
      job.name,
      carryOut(job, dueAt)
        // The ledger itself fails: on a full disk, or on one that is gone.
        .catch((error: unknown) => log.error({ job: job.name, err: error }, 'job not written down'))
        .finally(() => running.delete(job.name)),
    );
  }

  async function carryOut(job: Job, dueAt: string): Promise<void> {
    try {
      await job.run();
      finishRun(db, job.name, dueAt, instant());
    } catch (error) {
      if (isStopping) return releaseRun(db, job.name, dueAt);
      log.error({ job: job.name, err: error }, 'job failed');
      finishRun(db, job.name, dueAt, instant(), String(error));
    }
  }

  function instant(): string {
    return new Date(now()).toISOString();
  }

  /** Runs that a crash cut off: the latest due time gets another go, the others are over. */
  function settleCrashed(job: Job, latest: number | undefined): void {
    for (const { dueAt } of unfinishedRuns(db, job.name)) {
      log.warn({ job: job.name, dueAt }, 'was cut off');
      if (Date.parse(dueAt) === latest) releaseRun(db, job.name, dueAt);
      else finishRun(db, job.name, dueAt, instant(), 'cut off by a crash');
    }
  }

  function catchUp(job: Job, task: ScheduledTask): void {
    const due = latestDue(task, now());
    if (due !== undefined) runDue(job, due);
  }

  return {
    start() {
      for (const job of jobs) {
        const task = createTask(job.cron, ({ date }) => runDue(job, date.getTime()), {
          timezone: 'UTC',
          suppressMissedWarning: true,
        });
        // The machine slept through the due time.
        task.on('execution:missed', () => catchUp(job, task));
        settleCrashed(job, latestDue(task, now()));
        catchUp(job, task);
        task.start();
        tasks.push(task);
      }
    },

    async stop() {
      isStopping = true;
      for (const task of tasks.splice(0)) await task.destroy();
      await Promise.all(running.values());
    },
  };
}

/** The last full minute up to `now` at which `task` was due. */
function latestDue(task: ScheduledTask, now: number): number | undefined {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  for (let back = 0; back < LOOK_BACK_MINUTES; back += 1) {
    const at = minute - back * MINUTE_MS;
    if (task.match(new Date(at))) return at;
  }
  return undefined;
}

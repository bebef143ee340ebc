import { DAY_MS, type Day, dayOf } from '../../db/days.ts';
import { ledgerDueTimes } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';
import { forgetUnrecordedAfter, saveUnrecordedDay } from '../../db/unrecorded-days.ts';

/** The job that runs each hour while the bot does: the ledger of its runs tells when it did not. */
export const HOURLY_JOB = 'watch slack';

const HOUR_MS = 3_600_000;

/** A day that lacks this much of its recording looks quieter than it was. */
const GAP_MS = 3 * HOUR_MS;

/** A time in which nothing was recorded, in milliseconds since the epoch. */
interface RecordingGap {
  readonly from: number;
  readonly to: number;
}

/**
 * Notes the days up to `now` on which the bot was stopped for hours. The ledger forgets them after a
 * hundred hours of running. Before its first run there is no stop: the bot was not there yet. What a
 * clock that ran ahead has noted does not count.
 */
export function noteStops(db: Db, now: number): void {
  forgetUnrecordedAfter(db, dayOf(now));
  const runs = ledgerDueTimes(db, HOURLY_JOB)
    .map((due) => Date.parse(due))
    .filter((run) => run <= now);
  // It may have gone on for almost an hour behind a run.
  noteUnrecordedDays(
    db,
    runs.map((run, at) => ({ from: run + HOUR_MS, to: runs[at + 1] ?? now })),
  );
}

/** Notes the days that lack so much that they look quieter than they were. */
export function noteUnrecordedDays(db: Db, gaps: readonly RecordingGap[]): void {
  const missed = new Map<Day, number>();
  for (const { from, to } of gaps) {
    for (let begin = from; begin < to; begin = midnightAfter(begin)) {
      const day = dayOf(begin);
      const until = Math.min(to, midnightAfter(begin));
      missed.set(day, (missed.get(day) ?? 0) + until - begin);
    }
  }
  for (const [day, ms] of missed) if (ms >= GAP_MS) saveUnrecordedDay(db, day);
}

function midnightAfter(ms: number): number {
  return (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
}

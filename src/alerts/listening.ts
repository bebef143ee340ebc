import { DAY_MS, type Day, dayOf } from '../../db/days.ts';
import { saveDeafDay } from '../../db/deaf-days.ts';
import { dueTimes } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';

/** The job that runs each hour while the bot does: the ledger of its runs tells when it did not. */
export const HOURLY_JOB = 'watch slack';

const HOUR_MS = 3_600_000;

/** A day without so much of its talk looks like a quieter one. */
const DEAF_MS = 3 * HOUR_MS;

/** A time in which nothing that was said was heard, in milliseconds since the epoch. */
export interface Spell {
  readonly from: number;
  readonly to: number;
}

/**
 * Keeps on which days up to `now` the bot was stopped for so long that it did not hear what was
 * said. The ledger forgets them after a hundred hours of running. Before its first run there is no
 * stop: the bot was not there yet.
 */
export function noteStops(db: Db, now: number): void {
  const runs = dueTimes(db, HOURLY_JOB).map((due) => Date.parse(due));
  // It may have gone on for almost an hour behind a run.
  noteDeafDays(
    db,
    runs.map((run, at) => ({ from: run + HOUR_MS, to: runs[at + 1] ?? now })),
  );
}

/** Keeps the days of which so much was not heard that they look quieter than they were. */
export function noteDeafDays(db: Db, spells: readonly Spell[]): void {
  const missed = new Map<Day, number>();
  for (const { from, to } of spells) {
    for (let begin = from; begin < to; begin = midnightAfter(begin)) {
      const day = dayOf(begin);
      const until = Math.min(to, midnightAfter(begin));
      missed.set(day, (missed.get(day) ?? 0) + until - begin);
    }
  }
  for (const [day, ms] of missed) if (ms >= DEAF_MS) saveDeafDay(db, day);
}

function midnightAfter(ms: number): number {
  return (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
}

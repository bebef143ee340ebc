import { type Day, dayMs } from '../../db/days.ts';
import { dueTimes } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';

/** The job that runs each hour while the bot does: the ledger of its runs tells when it did not. */
export const HOURLY_JOB = 'watch slack';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A day without so much of its talk looks like a quieter one. */
const DEAF_MS = 3 * HOUR_MS;

/**
 * Tells on which days the bot was stopped for so long that it did not hear what was said. Days that
 * the ledger does not reach back to (it remembers a hundred hours of running) are none.
 */
export function deafness(db: Db): (day: Day) => boolean {
  const runs = dueTimes(db, HOURLY_JOB).map((due) => Date.parse(due));
  // It may have gone on for almost an hour behind the last run.
  const gaps = runs
    .slice(1)
    .map((end, index) => ({ begin: (runs[index] as number) + HOUR_MS, end }));
  return (day) => {
    const midnight = dayMs(day);
    const missed = gaps.map(
      ({ begin, end }) => Math.min(end, midnight + DAY_MS) - Math.max(begin, midnight),
    );
    return missed.reduce((sum, one) => sum + Math.max(0, one), 0) >= DEAF_MS;
  };
}

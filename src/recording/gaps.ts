import { DAY_MS, type Day, dayOf } from '../../db/days.ts';
import { latestRuns, ledgerDueTimes } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';
import {
  forgetUnrecordedAfter,
  saveUnrecordedDay,
  saveUnrecordedSpell,
  unrecordedSpells,
} from '../../db/unrecorded-days.ts';

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

/** Slack sends again what nobody took, for the last time after five minutes: less loses nothing. */
const SHORT_MS = 5 * 60_000;

/** For how long the spells of a day are added up: after that, all of them have been. */
const KNOWN_MS = 7 * DAY_MS;

/** Keeps a spell in which Slack could not reach the bot. One that goes on is told again and again. */
export function noteLost(db: Db, { from, to }: RecordingGap): void {
  if (to - from < SHORT_MS) return;
  saveUnrecordedSpell(db, { began: iso(from), ended: iso(to) });
}

/** Keeps the stop before a start that ends at `now`: since the last run of any job. */
export function noteStopBefore(db: Db, now: number): void {
  const runs = latestRuns(db).map(({ startedAt }) => Date.parse(startedAt));
  const last = Math.max(...runs.filter((run) => run <= now));
  if (Number.isFinite(last)) noteLost(db, { from: last, to: now });
}

/**
 * Notes the days up to `now` of which hours were not recorded: those of the spells that were kept,
 * and the ones in which the hourly job did not run, as on a machine that slept. The ledger forgets
 * these after a hundred hours of running. Before its first run there is no stop: the bot was not
 * there yet. What a clock that ran ahead has noted does not count.
 */
export function noteStops(db: Db, now: number): void {
  forgetUnrecordedAfter(db, iso(now));
  const runs = ledgerDueTimes(db, HOURLY_JOB)
    .map((due) => Date.parse(due))
    .filter((run) => run <= now);
  // It may have gone on for almost an hour behind a run.
  const stops = runs.map((run, at) => ({ from: run + HOUR_MS, to: runs[at + 1] ?? now }));
  const spells = unrecordedSpells(db, iso(now - KNOWN_MS)).map(({ began, ended }) => ({
    from: Date.parse(began),
    to: Date.parse(ended),
  }));
  noteUnrecordedDays(db, [...stops, ...spells]);
}

/** Notes the days that lack so much in all that they look quieter than they were. */
export function noteUnrecordedDays(db: Db, gaps: readonly RecordingGap[]): void {
  const missed = new Map<Day, number>();
  let counted = Number.NEGATIVE_INFINITY;
  for (const { from, to } of gaps.toSorted((a, b) => a.from - b.from)) {
    // A stop may have begun in a spell: no time is lost twice.
    for (let begin = Math.max(from, counted); begin < to; begin = midnightAfter(begin)) {
      const day = dayOf(begin);
      const until = Math.min(to, midnightAfter(begin));
      missed.set(day, (missed.get(day) ?? 0) + until - begin);
    }
    counted = Math.max(counted, to);
  }
  for (const [day, ms] of missed) if (ms >= GAP_MS) saveUnrecordedDay(db, day);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function midnightAfter(ms: number): number {
  return (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
}

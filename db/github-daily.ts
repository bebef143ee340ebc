import { addDays, type Day } from './days.ts';
import type { Db } from './open.ts';
import { knownDays, saveDays } from './series.ts';
import { statement } from './statement.ts';

/** The daily counts that are made from the stored issues, pull requests and commits. */
export const GITHUB_COUNTS = [
  'github.issues_opened',
  'github.issues_closed',
  'github.pulls_opened',
  'github.pulls_merged',
  'github.commits',
] as const;

export type GithubCount = (typeof GITHUB_COUNTS)[number];

/** A day whose count may be another one now. */
export interface TouchedDay {
  readonly metric: GithubCount;
  readonly day: Day;
}

interface Recount {
  /** The UTC day of the reading; days after it are left for later. */
  readonly today: Day;
  /** ISO instant of the reading. */
  readonly seenAt: string;
}

interface Fill extends Recount {
  /** True when the list was read from its beginning: then no day is taken as known. */
  readonly isFirst: boolean;
}

interface Model {
  readonly table: 'github_issue' | 'github_commit';
  /** The column whose UTC day is counted. */
  readonly at: string;
  /** The column that tells since when there is anything to count. */
  readonly since: string;
  readonly which: string;
}

const ISSUE = { table: 'github_issue', since: 'created_at', which: 'is_pull = 0' } as const;
const PULL = { table: 'github_issue', since: 'created_at', which: 'is_pull = 1' } as const;
const COMMIT = { table: 'github_commit', since: 'committed_at', which: 'true' } as const;

const MODELS: Readonly<Record<GithubCount, Model>> = {
  'github.issues_opened': { ...ISSUE, at: 'created_at' },
  'github.issues_closed': { ...ISSUE, at: 'closed_at' },
  'github.pulls_opened': { ...PULL, at: 'created_at' },
  'github.pulls_merged': { ...PULL, at: 'merged_at' },
  'github.commits': { ...COMMIT, at: 'committed_at' },
};

/** A clock that was never set stands before it; commits carry such dates. */
const FIRST_DAY: Day = '1970-01-02';

/**
 * Counts the touched days anew from the tables and saves them, a day that fell to 0 included.
 * Returns how many values changed.
 */
export function saveTouchedDays(
  db: Db,
  subjectId: number,
  touched: readonly TouchedDay[],
  { today, seenAt }: Recount,
): number {
  let changed = 0;
  for (const [metric, some] of Map.groupBy(touched, (one) => one.metric)) {
    const days = new Set(some.map(({ day }) => day));
    const values = [...days]
      .filter((day) => day >= FIRST_DAY && day <= today)
      .map((day) => ({ day, value: counts(db, subjectId, metric, day, day).get(day) ?? 0 }));
    const key = { subjectId, metric, kind: 'count' } as const;
    changed += saveDays(db, key, values, { origin: 'poll', seenAt });
  }
  return changed;
}

/**
 * Says that the list behind the metrics was read to its end: days without a value get theirs, 0
 * where nothing happened, from the repository's first day to yesterday, and yesterday is complete.
 * Returns how many values changed.
 */
export function fillDays(
  db: Db,
  subjectId: number,
  metrics: readonly GithubCount[],
  { today, seenAt, isFirst }: Fill,
): number {
  const yesterday = addDays(today, -1);
  let changed = 0;
  for (const metric of metrics) {
    const known = isFirst ? new Set() : knownDays(db, subjectId, metric);
    const missing = daysFrom(firstDay(db, subjectId, metric), yesterday).filter(
      (day) => !known.has(day),
    );
    const [from = today] = missing;
    const told = counts(db, subjectId, metric, from, today);
    // Today is saved as well, as far as it has come.
    const values = (told.has(today) ? [...missing, today] : missing).map((day) => ({
      day,
      value: told.get(day) ?? 0,
    }));
    const key = { subjectId, metric, kind: 'count' } as const;
    const options = { origin: 'poll', seenAt, completeThrough: yesterday } as const;
    changed += saveDays(db, key, values, options);
  }
  return changed;
}

/** The counts of the days from `from` to `to` that have any. */
function counts(
  db: Db,
  subjectId: number,
  metric: GithubCount,
  from: Day,
  to: Day,
): Map<Day, number> {
  const { table, at, which } = MODELS[metric];
  const rows = statement<{ day: Day; count: number }>(
    db,
    `SELECT substr(${at}, 1, 10) AS day, count(*) AS count FROM ${table}
     WHERE subject_id = ? AND ${which} AND ${at} >= ? AND ${at} < ? GROUP BY day`,
  ).all(subjectId, from, addDays(to, 1));
  return new Map(rows.map(({ day, count }) => [day, count]));
}

/**
 * The day from which on a count is known: the repository's first, or an earlier one that something
 * brought along (a transferred issue, a history that was pushed). Undefined when neither is known.
 */
function firstDay(db: Db, subjectId: number, metric: GithubCount): Day | undefined {
  const { table, since } = MODELS[metric];
  const first = statement(
    db,
    `SELECT substr(min(at), 1, 10) FROM (
       SELECT created_at AS at FROM github_repository WHERE subject_id = @subjectId
       UNION ALL
       SELECT min(${since}) FROM ${table} WHERE subject_id = @subjectId AND ${since} >= @least)`,
  )
    .pluck()
    .get({ subjectId, least: FIRST_DAY }) as Day | null;
  return first ?? undefined;
}

function daysFrom(from: Day | undefined, to: Day): Day[] {
  const days: Day[] = [];
  if (from !== undefined) for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

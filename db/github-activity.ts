import { addDays, type Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** What one account did in some repositories on some days. */
export interface Contribution {
  readonly login: string;
  /** Issues and pull requests opened, commits on the default branch. */
  readonly issues: number;
  readonly pulls: number;
  readonly commits: number;
}

/** Whole UTC days, both included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

const IS_PERSON = `author NOT LIKE '%[bot]' AND NOT EXISTS (
  SELECT 1 FROM github_person WHERE github_person.login = author AND type = 'Bot')`;

/**
 * Who opened issues and pull requests and wrote commits, the most active first. Bots are left out,
 * and so is what no account belongs to. Logins are compared without regard to case.
 */
export function contributionsIn(db: Db, subjectIds: readonly number[], days: Days): Contribution[] {
  return statement<Contribution>(
    db,
    `WITH done AS (
       SELECT author, 1 - is_pull AS issues, is_pull AS pulls, 0 AS commits
       FROM json_each(@ids) CROSS JOIN github_issue
         ON subject_id = value AND created_at >= @from AND created_at < @until
       UNION ALL
       SELECT author, 0, 0, 1 FROM json_each(@ids) CROSS JOIN github_commit
         ON subject_id = value AND committed_at >= @from AND committed_at < @until
     )
     SELECT max(author) AS login, sum(issues) AS issues, sum(pulls) AS pulls,
       sum(commits) AS commits
     FROM done WHERE author IS NOT NULL AND ${IS_PERSON}
     GROUP BY author COLLATE NOCASE ORDER BY count(*) DESC, login`,
  ).all({ ids: JSON.stringify(subjectIds), ...bounds(days) });
}

/** How many commits have an author without an account. */
export function namelessCommits(db: Db, subjectIds: readonly number[], days: Days): number {
  return statement(
    db,
    `SELECT count(*) FROM json_each(@ids) CROSS JOIN github_commit
       ON subject_id = value AND committed_at >= @from AND committed_at < @until
     WHERE author IS NULL`,
  )
    .pluck()
    .get({ ids: JSON.stringify(subjectIds), ...bounds(days) }) as number;
}

/** Those of `logins` that had opened or written anything in the repositories before `day`. */
export function contributedBefore(
  db: Db,
  subjectIds: readonly number[],
  logins: readonly string[],
  day: Day,
): Set<string> {
  const before = (table: string, at: string) => `EXISTS (SELECT 1 FROM ${table}
    WHERE author = who.value COLLATE NOCASE AND ${at} < @day
      AND subject_id IN (SELECT value FROM json_each(@ids)))`;
  const found = statement(
    db,
    `SELECT value FROM json_each(@logins) AS who
     WHERE ${before('github_issue', 'created_at')} OR ${before('github_commit', 'committed_at')}`,
  )
    .pluck()
    .all({ ids: JSON.stringify(subjectIds), logins: JSON.stringify(logins), day }) as string[];
  return new Set(found);
}

export function bounds({ from, to }: Days): { readonly from: Day; readonly until: Day } {
  return { from, until: addDays(to, 1) };
}

/** A repository of which something is stored beside its numbers. */
interface ReadRepository {
  readonly id: number;
  readonly name: string;
  readonly hasIssues: boolean;
  readonly hasCommits: boolean;
  readonly hasReleases: boolean;
}

/** Our own repositories: dependencies are somebody else's work. */
export function ownRepositories(db: Db): ReadRepository[] {
  const has = (table: string) => `EXISTS (SELECT 1 FROM ${table} WHERE subject_id = subject.id)`;
  const rows = statement<
    Record<'id' | 'hasIssues' | 'hasCommits' | 'hasReleases', number> & { name: string }
  >(
    db,
    `SELECT id, name, ${has('github_issue')} AS hasIssues, ${has('github_commit')} AS hasCommits,
       ${has('github_release')} AS hasReleases
     FROM subject WHERE source = 'github' AND role = 'own' ORDER BY key`,
  ).all();
  return rows.map((row) => ({
    ...row,
    hasIssues: row.hasIssues === 1,
    hasCommits: row.hasCommits === 1,
    hasReleases: row.hasReleases === 1,
  }));
}

import type { Day } from './days.ts';
import type { Db } from './open.ts';
import type { DayValue, Origin } from './series.ts';
import { statement } from './statement.ts';

/** What a repository says about itself. Instants are ISO. */
export interface RepositoryFacts {
  readonly description: string | null;
  readonly homepage: string | null;
  /** SPDX; `NOASSERTION` for a licence that GitHub can't name. */
  readonly license: string | null;
  /** The one with the most bytes. */
  readonly language: string | null;
  readonly topics: readonly string[];
  readonly sizeKb: number;
  readonly isFork: boolean;
  readonly isArchived: boolean;
  readonly createdAt: string;
  /** Null while it is empty. */
  readonly pushedAt: string | null;
}

/** Keeps what a repository says about itself; an older reading never overwrites a newer one. */
export function saveRepository(
  db: Db,
  subjectId: number,
  facts: RepositoryFacts,
  seenAt: string,
): void {
  statement(
    db,
    `INSERT INTO github_repository (subject_id, description, homepage, license, language, topics,
       size_kb, is_fork, is_archived, created_at, pushed_at, seen_at)
     VALUES (@subjectId, @description, @homepage, @license, @language, @topics,
       @sizeKb, @isFork, @isArchived, @createdAt, @pushedAt, @seenAt)
     ON CONFLICT DO UPDATE SET description = excluded.description, homepage = excluded.homepage,
       license = excluded.license, language = excluded.language, topics = excluded.topics,
       size_kb = excluded.size_kb, is_fork = excluded.is_fork,
       is_archived = excluded.is_archived, created_at = excluded.created_at,
       pushed_at = excluded.pushed_at, seen_at = excluded.seen_at
     WHERE excluded.seen_at >= seen_at`,
  ).run({
    ...facts,
    subjectId,
    seenAt,
    topics: JSON.stringify(facts.topics),
    isFork: facts.isFork ? 1 : 0,
    isArchived: facts.isArchived ? 1 : 0,
  });
}

/** Keeps the bytes by language of a repository that is known, and returns how many rows changed. */
export function saveLanguages(
  db: Db,
  subjectId: number,
  languages: Readonly<Record<string, number>>,
): number {
  const text = JSON.stringify(languages);
  return statement(
    db,
    'UPDATE github_repository SET languages = @text WHERE subject_id = @subjectId AND languages <> @text',
  ).run({ subjectId, text }).changes;
}

/** Lines changed in the week that begins on `week`, a Sunday. */
export interface CodeWeek {
  readonly week: Day;
  readonly additions: number;
  readonly deletions: number;
}

/** Keeps what GitHub says about each week, and returns how many are new or changed. */
export function saveCodeWeeks(db: Db, subjectId: number, weeks: readonly CodeWeek[]): number {
  const upsert = statement(
    db,
    `INSERT INTO github_code_week (subject_id, week, additions, deletions)
     VALUES (@subjectId, @week, @additions, @deletions)
     ON CONFLICT DO UPDATE SET additions = excluded.additions, deletions = excluded.deletions
     WHERE (additions, deletions) IS NOT (excluded.additions, excluded.deletions)`,
  );
  return weeks.reduce((changed, week) => changed + upsert.run({ subjectId, ...week }).changes, 0);
}

interface StarDay extends DayValue {
  readonly origin: Origin;
}

/** The days on which a repository's stars are known, oldest first, and where each is from. */
export function starDays(db: Db, subjectId: number): StarDay[] {
  return statement<StarDay>(
    db,
    `SELECT day, value, origin FROM series_day JOIN series ON series.id = series_id
     WHERE subject_id = ? AND metric = 'github.stars' AND dimension = '' ORDER BY day`,
  ).all(subjectId);
}

import type { Db } from './open.ts';
import { statement } from './statement.ts';

interface GithubStargazer {
  readonly login: string;
  /** ISO instant, UTC. */
  readonly starredAt: string;
}

/**
 * Upserts on the login and returns how many rows are new or have changed.
 *
 * @param seenAt when the reading of the list began (ISO)
 */
export function saveStargazers(
  db: Db,
  subjectId: number,
  stargazers: readonly GithubStargazer[],
  seenAt: string,
): number {
  const find = statement(
    db,
    `SELECT 1 FROM github_stargazer
     WHERE subject_id = @subjectId AND login = @login AND starred_at = @starredAt`,
  );
  const upsert = statement(
    db,
    `INSERT INTO github_stargazer (subject_id, login, starred_at, seen_at)
     VALUES (@subjectId, @login, @starredAt, @seenAt)
     ON CONFLICT DO UPDATE SET starred_at = excluded.starred_at, seen_at = excluded.seen_at`,
  );
  let changed = 0;
  for (const one of stargazers) {
    const row = { ...one, subjectId, seenAt };
    if (!find.get(row)) changed += 1;
    upsert.run(row);
  }
  return changed;
}

/** A list was read to its end: whom it did not show has taken the star back. */
export function forgetUnseenStargazers(db: Db, subjectId: number, seenAt: string): number {
  return statement(db, 'DELETE FROM github_stargazer WHERE subject_id = ? AND seen_at < ?').run(
    subjectId,
    seenAt,
  ).changes;
}

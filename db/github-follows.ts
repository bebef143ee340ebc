import { ACTIVITY } from './github-people.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

interface FollowsDue {
  /** The most active of those never read first, then those whose reading is the oldest. */
  readonly people: readonly { readonly login: string; readonly following: number }[];
  /** How many people follow more than `most`, and are left out. */
  readonly skipped: number;
}

/**
 * Whose list of followed accounts was never read or last before `before` (ISO). Only people whose
 * profile was read and shows that there is something to read. Bots and organisations follow nobody.
 */
export function followsDue(db: Db, before: string, most: number): FollowsDue {
  const people = statement<{ login: string; following: number }>(
    db,
    `SELECT login, following FROM github_person LEFT JOIN (${ACTIVITY}) USING (login)
     WHERE type = 'User' AND is_gone = 0 AND following BETWEEN 1 AND @most
       AND (follows_read_at IS NULL OR follows_read_at < @before)
     ORDER BY follows_read_at NULLS FIRST, activity DESC NULLS LAST, login`,
  ).all({ before, most });
  const skipped = statement(
    db,
    `SELECT count(*) FROM github_person WHERE type = 'User' AND is_gone = 0 AND following > ?`,
  )
    .pluck()
    .get(most) as number;
  return { people, skipped };
}

/**
 * Replaces whom `follower` follows by those of `followed` that are people we have seen. Returns how
 * many follows came or went. Somebody who is seen later is found at the next reading.
 */
export function replaceFollows(
  db: Db,
  follower: string,
  followed: readonly string[],
  readAt: string,
): number {
  const list = JSON.stringify(followed);
  const gone = statement(
    db,
    `DELETE FROM github_follow WHERE follower = ?
       AND followed NOT IN (SELECT value COLLATE NOCASE FROM json_each(?))`,
  ).run(follower, list).changes;
  const come = statement(
    db,
    `INSERT INTO github_follow (follower, followed)
     SELECT ?, login FROM github_person
     WHERE login IN (SELECT value FROM json_each(?))
     ON CONFLICT DO NOTHING`,
  ).run(follower, list).changes;
  statement(db, 'UPDATE github_person SET follows_read_at = ? WHERE login = ?').run(
    readAt,
    follower,
  );
  return gone + come;
}

import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** Somebody who was seen in a list. */
export interface SeenPerson {
  readonly login: string;
  /** `User`, `Bot`, `Organization`; null where the list does not say. */
  readonly type: string | null;
}

export interface GithubProfile {
  readonly type: string;
  readonly name: string | null;
  readonly company: string | null;
  readonly location: string | null;
  readonly followers: number;
  readonly following: number;
  readonly createdAt: string;
}

/** Gives a row to everyone who has none yet. Logins are compared without regard to case. */
export function seePeople(db: Db, people: readonly SeenPerson[]): void {
  const see = statement(
    db,
    `INSERT INTO github_person (login, type) VALUES (@login, @type)
     ON CONFLICT DO UPDATE SET type = excluded.type
     WHERE excluded.type IS NOT NULL AND type IS NOT excluded.type`,
  );
  for (const person of people) see.run(person);
}

interface ProfilesDue {
  /** Logins in the order in which they are to be read. */
  readonly logins: readonly string[];
  /** How many more are due than were asked for. */
  readonly left: number;
}

/**
 * Whose profile was never read or last before `before` (ISO): the unread first, of these the most
 * active, then those whose reading is the oldest.
 */
export function profilesDue(db: Db, before: string, limit: number): ProfilesDue {
  const logins = statement(
    db,
    `SELECT login FROM github_person LEFT JOIN (${ACTIVITY}) USING (login)
     WHERE read_at IS NULL OR read_at < ?
     ORDER BY read_at NULLS FIRST, activity DESC NULLS LAST, login`,
  )
    .pluck()
    .all(before) as string[];
  return { logins: logins.slice(0, limit), left: Math.max(0, logins.length - limit) };
}

/** How many issues, pull requests and commits everyone has to their name, in all repositories. */
export const ACTIVITY = `
  SELECT author COLLATE NOCASE AS login, count(*) AS activity FROM (
    SELECT author FROM github_issue WHERE author IS NOT NULL
    UNION ALL
    SELECT author FROM github_commit WHERE author IS NOT NULL
  ) GROUP BY 1`;

/** Keeps a profile; returns whether anything in it is new. */
export function saveProfile(
  db: Db,
  login: string,
  profile: GithubProfile,
  readAt: string,
): boolean {
  const changed = statement(
    db,
    `UPDATE github_person SET type = @type, name = @name, company = @company,
       location = @location, followers = @followers, following = @following,
       created_at = @createdAt, is_gone = 0
     WHERE login = @login
       AND (type, name, company, location, followers, following, created_at, is_gone)
         IS NOT (@type, @name, @company, @location, @followers, @following, @createdAt, 0)`,
  ).run({ ...profile, login }).changes;
  if (profile.following === 0) {
    statement(db, 'DELETE FROM github_follow WHERE follower = ?').run(login);
  }
  markRead(db, login, readAt);
  return changed > 0;
}

/** The account is gone; what was known of it stays. Returns whether that is new. */
export function saveGone(db: Db, login: string, readAt: string): boolean {
  const changed = statement(
    db,
    'UPDATE github_person SET is_gone = 1 WHERE login = ? AND is_gone = 0',
  ).run(login).changes;
  markRead(db, login, readAt);
  return changed > 0;
}

function markRead(db: Db, login: string, readAt: string): void {
  statement(db, 'UPDATE github_person SET read_at = ? WHERE login = ?').run(readAt, login);
}

import type { Db } from './open.ts';
import { statement } from './statement.ts';

export interface User {
  readonly number: number;
  readonly id: string;
  /** The name the person chose to be shown by; null until Slack has been asked. */
  readonly name: string | null;
  readonly isBot: boolean;
  readonly isDeleted: boolean;
  readonly tz: string | null;
  readonly refreshedAt: string | null;
}

export interface UserFacts {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  readonly isDeleted: boolean;
  readonly tz: string | null;
  /** Where they are away by their status: when it ends (ISO), or null where Slack does not say. */
  readonly away?: { readonly until: string | null };
}

type UserRow = Omit<User, 'isBot' | 'isDeleted'> & {
  readonly isBot: number;
  readonly isDeleted: number;
};

const COLUMNS = `number, id, name, is_bot AS isBot, is_deleted AS isDeleted, tz,
  refreshed_at AS refreshedAt`;

function toUser(row: UserRow): User {
  return { ...row, isBot: row.isBot === 1, isDeleted: row.isDeleted === 1 };
}

/** Makes sure that the user has a row, nameless until looked up. */
export function ensureUser(db: Db, workspaceId: string, id: string): void {
  statement(db, 'INSERT INTO user (workspace_id, id) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    workspaceId,
    id,
  );
}

/** Saves what Slack says of a user at the instant `now` (ISO); older news never overwrite newer. */
export function saveUser(db: Db, workspaceId: string, facts: UserFacts, now: string): void {
  statement(
    db,
    `INSERT INTO user
       (workspace_id, id, name, is_bot, is_deleted, tz, is_away, away_until, refreshed_at)
     VALUES (@workspaceId, @id, @name, @isBot, @isDeleted, @tz, @isAway, @awayUntil, @now)
     ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, is_bot = excluded.is_bot,
       is_deleted = excluded.is_deleted, tz = excluded.tz,
       is_away = excluded.is_away, away_until = excluded.away_until, refreshed_at = excluded.refreshed_at
     WHERE user.refreshed_at IS NULL OR user.refreshed_at <= excluded.refreshed_at`,
  ).run({
    workspaceId,
    id: facts.id,
    name: facts.name,
    isBot: facts.isBot ? 1 : 0,
    isDeleted: facts.isDeleted ? 1 : 0,
    tz: facts.tz,
    isAway: facts.away ? 1 : 0,
    awayUntil: facts.away?.until ?? null,
    now,
  });
}

export function userNameOf(db: Db, workspaceId: string, id: string): string | undefined {
  const name = statement(db, 'SELECT name FROM user WHERE workspace_id = ? AND id = ?')
    .pluck()
    .get(workspaceId, id) as string | null | undefined;
  return name ?? undefined;
}

/** True when the person is away by their status at the instant `now` (milliseconds since the epoch). */
export function isAway(db: Db, workspaceId: string, id: string, now: number): boolean {
  const row = statement<{ until: string | null }>(
    db,
    `SELECT away_until AS until FROM user WHERE workspace_id = ? AND id = ? AND is_away = 1`,
  ).get(workspaceId, id);
  return row !== undefined && (row.until === null || Date.parse(row.until) > now);
}

/** The user with that `number`, which must exist. */
export function userByNumber(db: Db, number: number): User {
  const row = statement<UserRow>(db, `SELECT ${COLUMNS} FROM user WHERE number = ?`).get(number);
  if (!row) throw new Error(`no user number ${number}`);
  return toUser(row);
}

/** One more than the largest user number. */
export function userLimit(db: Db): number {
  return statement(db, 'SELECT coalesce(max(number), 0) + 1 FROM user').pluck().get() as number;
}

export function botNumbers(db: Db, workspaceId: string): number[] {
  return statement(db, 'SELECT number FROM user WHERE workspace_id = ? AND is_bot = 1')
    .pluck()
    .all(workspaceId) as number[];
}

/** Of `ids`, those that Slack should be asked about: never looked up, or last before `before`. */
export function usersToRefresh(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  before: string,
): string[] {
  return statement(
    db,
    `SELECT id FROM user WHERE workspace_id = ? AND id IN (SELECT value FROM json_each(?))
       AND (refreshed_at IS NULL OR refreshed_at < ?)`,
  )
    .pluck()
    .all(workspaceId, JSON.stringify(ids), before) as string[];
}

/** True of somebody whose zone is not known, unless they were looked up since `since` (ISO). */
export function lacksZone(db: Db, workspaceId: string, id: string, since: string): boolean {
  const row = statement(
    db,
    `SELECT 1 FROM user WHERE workspace_id = ? AND id = ?
       AND (tz IS NOT NULL OR refreshed_at >= ?)`,
  ).get(workspaceId, id, since);
  return row === undefined;
}

/** The users whom nobody has looked up yet. */
export function namelessUsers(db: Db, workspaceId: string): string[] {
  return statement(db, 'SELECT id FROM user WHERE workspace_id = ? AND refreshed_at IS NULL')
    .pluck()
    .all(workspaceId) as string[];
}

/** Notes that Slack was asked about a user and had no answer, so that it is not asked again soon. */
export function noteUserUnknown(db: Db, workspaceId: string, id: string, now: string): void {
  statement(db, 'UPDATE user SET refreshed_at = ? WHERE workspace_id = ? AND id = ?').run(
    now,
    workspaceId,
    id,
  );
}

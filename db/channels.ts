import type { Db } from './open.ts';
import { statement } from './statement.ts';
import type { Viewer } from './viewer.ts';

export interface Channel {
  readonly number: number;
  readonly id: string;
  /** Null until Slack has been asked. */
  readonly name: string | null;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly refreshedAt: string | null;
}

export interface ChannelFacts {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
}

type ChannelRow = Omit<Channel, 'isPrivate' | 'isArchived'> & {
  readonly isPrivate: number;
  readonly isArchived: number;
};

const COLUMNS = `number, id, name, is_private AS isPrivate, is_archived AS isArchived,
  refreshed_at AS refreshedAt`;

function toChannel(row: ChannelRow): Channel {
  return { ...row, isPrivate: row.isPrivate === 1, isArchived: row.isArchived === 1 };
}

/** Makes sure that the channel has a row; one that nobody has looked up yet counts as private. */
export function ensureChannel(db: Db, workspaceId: string, id: string): void {
  statement(db, 'INSERT INTO channel (workspace_id, id) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    workspaceId,
    id,
  );
}

/** Saves what Slack says of a channel at the instant `now` (ISO); older never overwrites newer. */
export function saveChannel(db: Db, workspaceId: string, facts: ChannelFacts, now: string): void {
  statement(
    db,
    `INSERT INTO channel (workspace_id, id, name, is_private, is_archived, refreshed_at)
     VALUES (@workspaceId, @id, @name, @isPrivate, @isArchived, @now)
     ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name,
       is_private = excluded.is_private, is_archived = excluded.is_archived,
       refreshed_at = excluded.refreshed_at
     WHERE channel.refreshed_at IS NULL OR channel.refreshed_at <= excluded.refreshed_at`,
  ).run({
    workspaceId,
    id: facts.id,
    name: facts.name,
    isPrivate: facts.isPrivate ? 1 : 0,
    isArchived: facts.isArchived ? 1 : 0,
    now,
  });
}

/** Notes what an event says of a channel, and, if that is new, that Slack is to be asked about it. */
export function noteChannelNews(
  db: Db,
  workspaceId: string,
  id: string,
  news: { readonly name?: string; readonly isArchived?: boolean; readonly isPrivate?: true },
): void {
  ensureChannel(db, workspaceId, id);
  if (Object.keys(news).length === 0) return;
  statement(
    db,
    `UPDATE channel SET name = coalesce(@name, name),
       is_archived = coalesce(@isArchived, is_archived),
       is_private = coalesce(@isPrivate, is_private), refreshed_at = NULL
     WHERE workspace_id = @workspaceId AND id = @id`,
  ).run({
    workspaceId,
    id,
    name: news.name ?? null,
    isArchived: news.isArchived === undefined ? null : Number(news.isArchived),
    isPrivate: news.isPrivate ? 1 : null,
  });
}

export function findChannel(db: Db, workspaceId: string, id: string): Channel | undefined {
  const row = statement<ChannelRow>(
    db,
    `SELECT ${COLUMNS} FROM channel WHERE workspace_id = ? AND id = ?`,
  ).get(workspaceId, id);
  return row && toChannel(row);
}

/** The channels whose content `viewer` may see, archived ones included, by name. */
export function visibleChannels(db: Db, viewer: Viewer): Channel[] {
  return statement<ChannelRow>(
    db,
    `SELECT ${COLUMNS} FROM channel
     WHERE workspace_id = @workspaceId
       AND (id IN (SELECT value FROM json_each(@privateIds)) OR (is_private = 0
         AND (@publicIds IS NULL OR id IN (SELECT value FROM json_each(@publicIds)))))
     ORDER BY name, id`,
  )
    .all({
      workspaceId: viewer.workspaceId,
      privateIds: JSON.stringify(viewer.privateChannelIds),
      publicIds: viewer.publicChannelIds ? JSON.stringify(viewer.publicChannelIds) : null,
    })
    .map(toChannel);
}

/** Of `ids`, those that Slack should be asked about: never looked up, or last before `before`. */
export function channelsToRefresh(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  before: string,
): string[] {
  return statement(
    db,
    `SELECT id FROM channel WHERE workspace_id = ? AND id IN (SELECT value FROM json_each(?))
       AND (refreshed_at IS NULL OR refreshed_at < ?)`,
  )
    .pluck()
    .all(workspaceId, JSON.stringify(ids), before) as string[];
}

/** The channels that Slack was not asked about since `before` (ISO instant). */
export function staleChannels(db: Db, workspaceId: string, before: string): string[] {
  return statement(
    db,
    `SELECT id FROM channel
     WHERE workspace_id = ? AND (refreshed_at IS NULL OR refreshed_at < ?)`,
  )
    .pluck()
    .all(workspaceId, before) as string[];
}

/** Notes that Slack said nothing about a channel: what is unknown is private. */
export function noteChannelUnknown(db: Db, workspaceId: string, id: string, now: string): void {
  statement(
    db,
    'UPDATE channel SET is_private = 1, refreshed_at = ? WHERE workspace_id = ? AND id = ?',
  ).run(now, workspaceId, id);
}

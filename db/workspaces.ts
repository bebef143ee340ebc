import type { Db } from './open.ts';
import { statement } from './statement.ts';

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly botUserId: string;
}

export function saveWorkspace(db: Db, workspace: Workspace, now: string): void {
  statement(
    db,
    `INSERT INTO workspace (id, name, domain, bot_user_id, refreshed_at)
     VALUES (@id, @name, @domain, @botUserId, @now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, domain = excluded.domain,
       bot_user_id = excluded.bot_user_id, refreshed_at = excluded.refreshed_at`,
  ).run({ ...workspace, now });
}

export function listWorkspaces(db: Db): Workspace[] {
  return statement<Workspace>(
    db,
    'SELECT id, name, domain, bot_user_id AS botUserId FROM workspace ORDER BY id',
  ).all();
}

/** Where notes about failing sources go; undefined: nowhere. */
export function adminChannelOf(db: Db, workspaceId: string): string | undefined {
  const channelId = statement(db, 'SELECT admin_channel_id FROM workspace WHERE id = ?')
    .pluck()
    .get(workspaceId) as string | null | undefined;
  return channelId ?? undefined;
}

export function setAdminChannel(db: Db, workspaceId: string, channelId: string | null): void {
  statement(db, 'UPDATE workspace SET admin_channel_id = ? WHERE id = ?').run(
    channelId,
    workspaceId,
  );
}

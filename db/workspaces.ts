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

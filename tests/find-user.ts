import type { Db } from '../db/open.ts';
import { type User, userByNumber } from '../db/users.ts';

/** The user's row, as the bot reads it. */
export function findUser(db: Db, workspaceId: string, id: string): User | undefined {
  const number = db
    .prepare('SELECT number FROM user WHERE workspace_id = ? AND id = ?')
    .pluck()
    .get(workspaceId, id);
  return typeof number === 'number' ? userByNumber(db, number) : undefined;
}

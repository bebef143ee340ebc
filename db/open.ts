import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from './migrations.ts';
import { createViews } from './views.ts';

/** An open, migrated Groundswell database. Synchronous; one per process and file. */
export type Db = Database.Database;

export const IN_MEMORY = ':memory:';

/** Opens (and creates, with its folder) the SQLite file at `path`, brought to the newest schema. */
export function openDatabase(path: string): Db {
  if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  // An acknowledged event must survive a power cut, not just a crash of this process.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  db.pragma('cache_size = -32000');
  migrate(db);
  createViews(db);
  return db;
}

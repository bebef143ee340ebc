import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import Database from 'better-sqlite3';
import { InputError } from './input-error.ts';
import { migrate } from './migrations.ts';
import { createViews } from './views.ts';

/** An open, migrated Groundswell database. Synchronous; one per process and file. */
export type Db = Database.Database;

export const IN_MEMORY = ':memory:';

/**
 * Opens (and creates, with its folder) the SQLite file at `path`, brought to the newest schema.
 * Throws an InputError that says what is wrong with the file.
 */
export function openDatabase(path: string): Db {
  try {
    return open(path);
  } catch (error) {
    const why = folderReason(error, path);
    throw why === undefined ? databaseError(error, path) : unusable(path, why, error);
  }
}

/** An InputError for what SQLite says of the file at `path`; whatever else went wrong stays as it is. */
export function databaseError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const why = REASONS.find(([known]) => error.code.startsWith(known))?.[1];
  return why === undefined ? error : unusable(path, why, error);
}

function unusable(path: string, why: string, cause: unknown): InputError {
  return new InputError(`The database ${path} can't be used: ${why}.`, { cause });
}

function open(path: string): Db {
  if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
  // SQLite opens what it may not write to, and fails at the first write.
  if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    // An acknowledged event must survive a power cut, not just a crash of this process.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    db.pragma('cache_size = -32000');
    // After something has read for long, the log beside the file shrinks again.
    db.pragma(`journal_size_limit = ${2 ** 24}`);
    // A report over years walks tens of megabytes of packed days: mapped, they are not copied.
    db.pragma(`mmap_size = ${2 ** 30}`);
    lockAtOnce(db);
    migrate(db);
    createViews(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Lets every transaction ask for the right to write as it begins. One that reads first, and writes
 * after another process did (the bot and the command line), is refused on the spot, without the
 * patience of `busy_timeout`: https://sqlite.org/rescode.html#busy_snapshot
 */
function lockAtOnce(db: Db): void {
  const transaction = db.transaction.bind(db);
  const locking: typeof transaction = (work) => transaction(work).immediate as never;
  db.transaction = locking;
}

/** By the beginning of SQLite's code: https://sqlite.org/rescode.html */
const REASONS: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_NOTADB', 'it is not a SQLite database; restore a copy, or name another file'],
  ['SQLITE_CORRUPT', 'it is damaged; restore a copy, or name another file'],
  ['SQLITE_READONLY', 'it, or its folder, may not be written to'],
  ['SQLITE_CANTOPEN', 'it, or its folder, may not be read and written'],
  ['SQLITE_BUSY', 'another program holds it locked'],
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR', 'the disk does not take it, perhaps because it is full'],
];

/** What is wrong with the file or its folder before SQLite has seen it. */
function folderReason(error: unknown, path: string): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (existsSync(`${path}${sep}.`)) return 'it is a folder; name a file in it';
  if (!('syscall' in error)) return undefined;
  return error.syscall === 'access'
    ? `it may not be read and written (${error.code})`
    : `its folder can't be made (${error.code})`;
}

import type { Db } from './open.ts';

/** SQLite keeps a number for the application, which is 0 in a database of real numbers. */
const SAMPLE = 1;

/** Marks a database whose subjects are made up. */
export function markSample(db: Db): void {
  db.pragma(`user_version = ${SAMPLE}`);
}

/** True for a database whose subjects are made up: something real may have their names. */
export function isSample(db: Db): boolean {
  return db.pragma('user_version', { simple: true }) === SAMPLE;
}

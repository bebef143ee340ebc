import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../../db/input-error.ts';
import { databaseError, openDatabase } from '../../db/open.ts';
import type { Checkup } from '../sources/source.ts';
import { checkJobs } from './jobs.ts';

const MB = 1e6;
const SCARCE_BYTES = 1e9;
const TOO_LITTLE_BYTES = 100 * MB;

/**
 * Opens the file, asks for the right to write, reads it through, looks at how much more would fit,
 * and at the jobs whose runs it keeps.
 */
export function checkDatabase(path: string): Checkup[] {
  const what = 'Database';
  try {
    const { schema, jobs } = lookInto(path);
    const { bavail, bsize } = statfsSync(dirname(path));
    const free = bavail * bsize;
    const size = statSync(path).size;
    const facts = `${path} can be read and written; schema ${schema}, ${amount(size)}, and ${amount(free)} are free.`;
    if (free < TOO_LITTLE_BYTES) {
      return [{ what, state: 'bad', detail: `${facts} Make room on the disk.` }, jobs];
    }
    if (free < SCARCE_BYTES) {
      const detail = `${facts} Make room before the disk is full.`;
      return [{ what, state: 'limited', detail }, jobs];
    }
    return [{ what, state: 'good', detail: facts }, jobs];
  } catch (failure) {
    const error = databaseError(failure, path);
    if (error instanceof InputError) return [{ what, state: 'bad', detail: error.message }];
    const why = error instanceof Error ? error.message : String(error);
    return [{ what, state: 'bad', detail: `The database ${path} can't be used: ${why}.` }];
  }
}

/** `schema`: the number of the newest change that it has. */
function lookInto(path: string): { readonly schema: number; readonly jobs: Checkup } {
  const db = openDatabase(path);
  try {
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new InputError(`The database ${path} is damaged: restore a copy of it.`);
    }
    const schema = db.prepare('SELECT max(number) FROM migration').pluck().get() as number;
    return { schema, jobs: checkJobs(db) };
  } finally {
    db.close();
  }
}

function amount(bytes: number): string {
  const [size, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : [bytes / MB, 'MB'];
  return `${size.toLocaleString('en', { maximumFractionDigits: size < 10 ? 1 : 0 })} ${unit}`;
}

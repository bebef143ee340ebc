import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** Something outside that has numbers: a repository, an image, a package, a Slack workspace. */
export interface Subject {
  readonly id: number;
  readonly source: string;
  /** What identifies it within its source, normalised (lower case; PEP 503 for packages). */
  readonly key: string;
  /** The spelling that people see. */
  readonly name: string;
  /** When it was put on the list of what is polled; null when it is known but not polled. */
  readonly trackedAt: string | null;
}

const COLUMNS = 'id, source, key, name, tracked_at AS trackedAt';

/** The subject's row, made when it is new. The first spelling stays. */
export function ensureSubject(db: Db, source: string, key: string, name: string): Subject {
  statement(
    db,
    'INSERT INTO subject (source, key, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(source, key, name);
  const subject = findSubject(db, source, key);
  if (!subject) throw new Error(`subject ${source}:${key} vanished`);
  return subject;
}

export function findSubject(db: Db, source: string, key: string): Subject | undefined {
  return statement<Subject>(db, `SELECT ${COLUMNS} FROM subject WHERE source = ? AND key = ?`).get(
    source,
    key,
  );
}

/** Puts a subject on the list of what is polled, or (with null) takes it off. Its days stay. */
export function setTracked(db: Db, subjectId: number, at: string | null): void {
  statement(db, 'UPDATE subject SET tracked_at = ? WHERE id = ?').run(at, subjectId);
}

export function trackedSubjects(db: Db): Subject[] {
  return statement<Subject>(
    db,
    `SELECT ${COLUMNS} FROM subject WHERE tracked_at IS NOT NULL ORDER BY source, key`,
  ).all();
}

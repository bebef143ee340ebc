import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** What a subject is to us: our own, or something that we only depend on. */
export type Role = 'own' | 'dependency';

/** Something outside that has numbers: a repository, an image, a package, a Slack workspace. */
export interface Subject {
  readonly id: number;
  readonly source: string;
  /** What identifies it within its source, normalised (lower case; PEP 503 for packages). */
  readonly key: string;
  /** The spelling that people see. */
  readonly name: string;
  readonly role: Role;
  /** When it was put on the list of what is polled; null when it is known but not polled. */
  readonly trackedAt: string | null;
  /** The group (`owner/*`) that keeps it on the list; null when it is there by itself. */
  readonly viaId: number | null;
  /** The source's own number for it, which outlives a renaming; null until the source has given it. */
  readonly externalId: string | null;
}

/** The ids of a subject and of another one that becomes part of it. */
export interface Merging {
  readonly to: number;
  readonly from: number;
}

const COLUMNS = `subject.id, subject.source, subject.key, name, role, tracked_at AS trackedAt,
  via_id AS viaId, external_id AS externalId`;

/** True for the key of what stands for a changing list of subjects: `owner/*`. */
export function isGroupKey(key: string): boolean {
  return key.endsWith('/*');
}

/** The subject's row, made when it is new. The first spelling stays. */
export function ensureSubject(db: Db, source: string, key: string, name: string): Subject {
  const known = findSubject(db, source, key);
  if (known) return known;
  statement(db, 'INSERT INTO subject (source, key, name) VALUES (?, ?, ?)').run(source, key, name);
  const subject = findSubject(db, source, key);
  if (!subject) throw new Error(`subject ${source}:${key} vanished`);
  return subject;
}

/** The subject of that key, or the one that had it before it was renamed. */
export function findSubject(db: Db, source: string, key: string): Subject | undefined {
  const find = statement<Subject>(
    db,
    `SELECT ${COLUMNS} FROM subject WHERE source = ? AND key = ?`,
  );
  const findFormer = statement<Subject>(
    db,
    `SELECT ${COLUMNS} FROM subject_alias AS alias JOIN subject ON subject.id = subject_id
     WHERE alias.source = ? AND alias.key = ?`,
  );
  return find.get(source, key) ?? findFormer.get(source, key);
}

export function subjectById(db: Db, id: number): Subject | undefined {
  return statement<Subject>(db, `SELECT ${COLUMNS} FROM subject WHERE id = ?`).get(id);
}

/** Puts a subject on the list of what is polled, or (with null) takes it off. Its days stay. */
export function setTracked(db: Db, subjectId: number, at: string | null): void {
  statement(db, 'UPDATE subject SET tracked_at = ?, via_id = NULL WHERE id = ?').run(at, subjectId);
}

/** Puts a subject on the list as long as the group `viaId` holds it, unless it is there already. */
export function setTrackedVia(db: Db, subjectId: number, viaId: number, at: string): void {
  statement(
    db,
    'UPDATE subject SET tracked_at = ?, via_id = ? WHERE id = ? AND tracked_at IS NULL',
  ).run(at, viaId, subjectId);
}

/** Keeps a subject on the list only as long as the group `viaId` holds it. */
export function setVia(db: Db, subjectId: number, viaId: number): void {
  statement(db, 'UPDATE subject SET via_id = ? WHERE id = ?').run(viaId, subjectId);
}

export function setRole(db: Db, subjectId: number, role: Role): void {
  statement(db, 'UPDATE subject SET role = ? WHERE id = ?').run(role, subjectId);
}

export function setExternalId(db: Db, subjectId: number, externalId: string): void {
  statement(db, 'UPDATE subject SET external_id = ? WHERE id = ?').run(externalId, subjectId);
}

export function trackedSubjects(db: Db, source?: string): Subject[] {
  return statement<Subject>(
    db,
    `SELECT ${COLUMNS} FROM subject WHERE tracked_at IS NOT NULL AND source = coalesce(?, source)
     ORDER BY source, key`,
  ).all(source ?? null);
}

/** What is on the list through a group, and only through it. */
export function subjectsVia(db: Db, groupId: number): Subject[] {
  return statement<Subject>(
    db,
    `SELECT ${COLUMNS} FROM subject WHERE via_id = ? AND tracked_at IS NOT NULL ORDER BY key`,
  ).all(groupId);
}

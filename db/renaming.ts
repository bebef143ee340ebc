import type { Db } from './open.ts';
import { moveReplacements } from './replacements.ts';
import { OUTRANKS } from './series.ts';
import { statement } from './statement.ts';
import { ensureSubject, findSubject, type Merging, type Subject, subjectById } from './subjects.ts';
import { moveChosenSubject } from './subscriptions.ts';

/** What stands between the name that a subject lost and its number, in the key that it has since. */
const FORMER = '#';

/**
 * Gives a subject another key and name; the old key leads to it from now on. All of its rows stay.
 * The new key must not be another subject's.
 */
export function renameSubject(db: Db, subject: Subject, key: string, name: string): Subject {
  statement(db, 'DELETE FROM subject_alias WHERE source = ? AND key = ?').run(subject.source, key);
  statement(db, 'UPDATE subject SET key = ?, name = ? WHERE id = ?').run(key, name, subject.id);
  if (subject.key !== key) addAlias(db, subject, subject.key);
  return { ...subject, key, name };
}

/** Lets `key` lead to a subject, unless it is a subject's own. */
export function addAlias(db: Db, { source, id }: Subject, key: string): void {
  statement(
    db,
    `INSERT INTO subject_alias (source, key, subject_id)
     SELECT @source, @key, @id
     WHERE NOT EXISTS (SELECT 1 FROM subject WHERE source = @source AND key = @key)
     ON CONFLICT DO UPDATE SET subject_id = excluded.subject_id`,
  ).run({ source, key, id });
}

/** A new subject under `key`, which may have led to another one until now. */
export function createSubject(db: Db, source: string, key: string, name: string): Subject {
  statement(db, 'DELETE FROM subject_alias WHERE source = ? AND key = ?').run(source, key);
  return ensureSubject(db, source, key, name);
}

/**
 * Brings `other`, which turned out to be the same thing, into `subject`: its days fill holes, by
 * the precedence of `saveDays`; its aliases, its place on the list, its place in digests that were
 * given a choice, and what it replaces or is replaced by move over; the rest of its rows goes,
 * because it can be collected again.
 */
export function absorbSubject(db: Db, subject: Subject, other: Subject): Subject {
  const ids: Merging = { to: subject.id, from: other.id };
  moveDays(db, ids);
  statement(db, 'UPDATE subject_alias SET subject_id = @to WHERE subject_id = @from').run(ids);
  statement(db, 'UPDATE subject SET via_id = @to WHERE via_id = @from').run(ids);
  // What they cost was spent.
  statement(db, 'UPDATE run SET subject_id = @to WHERE subject_id = @from').run(ids);
  // No foreign key guards this: the number may be the next new subject's.
  moveChosenSubject(db, ids);
  moveReplacements(db, subject, other.id);
  moveMembers(db, ids);
  moveJudged(db, ids);
  const placed = takePlace(db, subject, other);
  for (const table of tablesOfSubjects(db)) {
    // The name is the schema's own.
    statement(db, `DELETE FROM "${table}" WHERE subject_id = ?`).run(other.id);
  }
  statement(db, 'DELETE FROM subject WHERE id = ?').run(other.id);
  addAlias(db, subject, other.key);
  return placed;
}

/**
 * Takes the name from a subject that has lost it to another one. What was collected stays, under a
 * name that says so, and is not polled any more: days of two things never stand in one series.
 */
export function retireSubject(db: Db, subject: Subject): void {
  const mark = subject.externalId ?? String(subject.id);
  statement(
    db,
    'UPDATE subject SET key = ?, name = ?, tracked_at = NULL, via_id = NULL WHERE id = ?',
  ).run(`${subject.key}${FORMER}${mark}`, `${subject.name} (former, ${mark})`, subject.id);
}

/** Puts `subject` on the list where `other` is, or was, unless it is there by itself. */
export function takePlace(db: Db, subject: Subject, other: Subject): Subject {
  if (other.trackedAt === null) return subject;
  const isNew = subject.trackedAt === null;
  const placed: Subject = {
    ...subject,
    trackedAt: subject.trackedAt ?? other.trackedAt,
    viaId: isNew ? other.viaId : other.viaId && subject.viaId,
    role: isNew ? other.role : subject.role,
  };
  statement(
    db,
    'UPDATE subject SET tracked_at = @trackedAt, via_id = @viaId, role = @role WHERE id = @id',
  ).run(placed);
  return placed;
}

/** True when another thing had the subject's name before. */
export function tookName(db: Db, { source, key }: Subject): boolean {
  const prefix = `${key}${FORMER}`;
  const row = statement(
    db,
    'SELECT 1 FROM subject WHERE source = ? AND substr(key, 1, ?) = ? LIMIT 1',
  ).get(source, prefix.length, prefix);
  return row !== undefined;
}

/** The subject that has `key` itself, and not by a name it had before. */
export function holderOf(db: Db, source: string, key: string): Subject | undefined {
  const subject = findSubject(db, source, key);
  return subject?.key === key ? subject : undefined;
}

/** The subject that the source knows by that number of its own. */
export function subjectByExternalId(
  db: Db,
  source: string,
  externalId: string,
): Subject | undefined {
  const id = statement(
    db,
    `SELECT id FROM subject WHERE source = ? AND external_id = ?
     ORDER BY tracked_at IS NULL, id LIMIT 1`,
  )
    .pluck()
    .get(source, externalId) as number | undefined;
  return id === undefined ? undefined : subjectById(db, id);
}

/** Of incidents in whose sums `from` was; in one of the subject's own, it is the subject itself now. */
function moveMembers(db: Db, ids: Merging): void {
  statement(
    db,
    `UPDATE OR IGNORE incident_member SET subject_id = @to WHERE subject_id = @from
       AND incident_id NOT IN (SELECT id FROM incident WHERE subject_id = @to)`,
  ).run(ids);
}

/** Of series that were judged together with the days of `from`. */
function moveJudged(db: Db, ids: Merging): void {
  statement(
    db,
    `UPDATE alert_series SET others = (
       SELECT json_group_array(json(iif(value ->> 'subjectId' = @from,
         json_set(value, '$.subjectId', CAST(@to AS INTEGER)), value)))
       FROM json_each(others))
     WHERE @from IN (SELECT value ->> 'subjectId' FROM json_each(others))`,
  ).run(ids);
}

function moveDays(db: Db, ids: Merging): void {
  statement(
    db,
    `INSERT INTO series (subject_id, metric, dimension, member, kind, complete_through)
     SELECT @to, metric, dimension, member, kind, complete_through FROM series
     WHERE subject_id = @from
     ON CONFLICT DO UPDATE SET complete_through =
       nullif(max(coalesce(complete_through, ''), coalesce(excluded.complete_through, '')), '')`,
  ).run(ids);
  statement(
    db,
    `INSERT INTO series_day (series_id, day, value, origin, seen_at)
     SELECT mine.id, day, value, origin, seen_at FROM series_day
     JOIN series AS other ON other.id = series_id
     JOIN series AS mine ON mine.subject_id = @to AND mine.metric = other.metric
       AND mine.dimension = other.dimension AND mine.member = other.member
     WHERE other.subject_id = @from
     ON CONFLICT (series_id, day) DO UPDATE
       SET value = excluded.value, origin = excluded.origin, seen_at = excluded.seen_at
       WHERE ${OUTRANKS}`,
  ).run(ids);
  statement(
    db,
    'DELETE FROM series_day WHERE series_id IN (SELECT id FROM series WHERE subject_id = @from)',
  ).run(ids);
}

/** Every table whose rows belong to a subject by their "subject_id", whoever made it. */
function tablesOfSubjects(db: Db): string[] {
  return statement(
    db,
    `SELECT DISTINCT m.name FROM sqlite_schema AS m
     JOIN pragma_table_info(m.name) AS c ON c.name = 'subject_id'
     WHERE m.type = 'table' ORDER BY m.name`,
  )
    .pluck()
    .all() as string[];
}

import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** What a part of a source is about: one subject, or (0) all subjects of the source at once. */
export const ALL_SUBJECTS = 0;

/** Failures in a row that are worth reporting; after this many, only the regular polls try again. */
export const MANY_FAILURES = 3;

/** A part of a source as the process that started last has it. */
export interface SourcePart {
  readonly source: string;
  /** `''` for the headline numbers that every subject has. */
  readonly part: string;
  readonly sourceTitle: string;
  readonly partTitle: string;
  readonly scope: 'subject' | 'source';
  /** Hours from one complete reading to the next; 0 for every poll. */
  readonly everyHours: number;
  /** What switches it off, in words; null when it is on. */
  readonly off: string | null;
}

/** What identifies a collection: a part of a source, of one subject or of all. */
export interface CollectionKey {
  readonly source: string;
  /** A subject's id or ALL_SUBJECTS. */
  readonly subjectId: number;
  readonly part: string;
}

export interface LoadProgress {
  readonly done: number;
  /** How many there are, where the source says. */
  readonly of?: number | undefined;
  /** What is counted: `issues`, `days`. */
  readonly unit: string;
}

/** How far a part has come. All instants are ISO. */
export interface Collection extends CollectionKey {
  /** Where it goes on, in the part's own words; null at the beginning. */
  readonly cursor: string | null;
  /** When it was last read to its end; null while the first load is under way. */
  readonly doneAt: string | null;
  readonly triedAt: string | null;
  /** How many runs have failed in a row. */
  readonly failures: number;
  readonly error: string | null;
  /** When a run that was put off may go on; null when none was. */
  readonly retryAt: string | null;
  /** What the numbers lack, in words. */
  readonly note: string | null;
  readonly progress: LoadProgress | null;
}

const COLUMNS = `source, subject_id AS subjectId, part, cursor, done_at AS doneAt,
  tried_at AS triedAt, failures, error,
  retry_at AS retryAt, note, progress`;

const HAS_KEY = 'source = @source AND subject_id = @subjectId AND part = @part';

type Row = Omit<Collection, 'progress'> & { readonly progress: string | null };

function read({ progress, ...row }: Row): Collection {
  return { ...row, progress: progress === null ? null : (JSON.parse(progress) as LoadProgress) };
}

export function collectionOf(db: Db, key: CollectionKey): Collection | undefined {
  const row = statement<Row>(db, `SELECT ${COLUMNS} FROM collection WHERE ${HAS_KEY}`).get(key);
  return row && read(row);
}

export function listCollections(db: Db, source?: string): Collection[] {
  return statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM collection WHERE source = coalesce(?, source)
     ORDER BY source, subject_id, part`,
  )
    .all(source ?? null)
    .map(read);
}

/** Changes the row of `key`, made when it is new. @param set an SQL clause with names of `values` */
function update(
  db: Db,
  key: CollectionKey,
  set: string,
  values: Readonly<Record<string, string | null>>,
): void {
  statement(
    db,
    `INSERT INTO collection (source, subject_id, part) VALUES (@source, @subjectId, @part)
     ON CONFLICT DO NOTHING`,
  ).run(key);
  statement(db, `UPDATE collection SET ${set} WHERE ${HAS_KEY}`).run({ ...key, ...values });
}

/** A run begins. */
export function tryCollection(db: Db, key: CollectionKey, at: string): void {
  update(db, key, 'tried_at = @at', { at });
}

/** Keeps where a part goes on, within the transaction that saves what came before. */
export function keepCursor(
  db: Db,
  key: CollectionKey,
  cursor: string,
  progress?: LoadProgress,
): void {
  update(db, key, 'cursor = @cursor, progress = @progress', {
    cursor,
    progress: progress ? JSON.stringify(progress) : null,
  });
}

/** A run read the part to its end. */
export function finishCollection(db: Db, key: CollectionKey, at: string, note?: string): void {
  update(
    db,
    key,
    `done_at = @at, failures = 0, error = NULL, retry_at = NULL, note = @note, progress = NULL`,
    { at, note: note ?? null },
  );
}

/** A run failed. */
export function failCollection(db: Db, key: CollectionKey, error: string): void {
  update(db, key, 'error = @error, failures = failures + 1, retry_at = NULL', { error });
}

/** A run has to wait until `retryAt` (ISO), which is no failure. Without `error`, the last stays. */
export function putOffCollection(
  db: Db,
  key: CollectionKey,
  retryAt: string,
  error?: string,
): void {
  update(db, key, 'error = coalesce(@error, error), retry_at = @retryAt', {
    retryAt,
    error: error ?? null,
  });
}

/** Replaces what is known of the sources' parts. */
export function saveSourceParts(db: Db, parts: readonly SourcePart[]): void {
  db.transaction(() => {
    statement(db, 'DELETE FROM source_part').run();
    for (const part of parts) {
      statement(
        db,
        `INSERT INTO source_part
           (source, part, source_title, part_title, scope, every_hours, off)
         VALUES (@source, @part, @sourceTitle, @partTitle, @scope, @everyHours, @off)`,
      ).run(part);
    }
  })();
}

export function listSourceParts(db: Db): SourcePart[] {
  return statement<SourcePart>(
    db,
    `SELECT source, part, source_title AS sourceTitle, part_title AS partTitle, scope,
       every_hours AS everyHours, off
     FROM source_part ORDER BY source, part`,
  ).all();
}

/** The parts of a source that a setting is lacking for. */
export function partsOff(db: Db, source: string): ReadonlySet<string> {
  return new Set(
    listSourceParts(db).flatMap((one) => (one.source === source && one.off ? one.part : [])),
  );
}

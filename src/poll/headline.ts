import { dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { tookName } from '../../db/renaming.ts';
import { saveDays } from '../../db/series.ts';
import { lastPolledAt, saveSnapshot, thinSnapshots } from '../../db/snapshots.ts';
import { findSubject, type Subject } from '../../db/subjects.ts';
import type { Meter, Reference, Snapshot, Source } from '../sources/source.ts';
import { placeSubject } from './placing.ts';

/** A poll of the headline numbers that went through. */
export interface Polled {
  readonly subject: Subject;
  /** How many days have another value than before. */
  readonly changedDays: number;
  /** What the source calls the subject, where that is another name than the one it was asked by. */
  readonly renamedTo?: string;
  /** Of a group: the subjects that it stands for. */
  readonly members?: readonly Subject[];
}

export interface HeadlineDeps {
  readonly db: Db;
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for the headline numbers of one subject and saves them, all or nothing. Throws what the
 * source throws.
 */
export async function readHeadline(
  deps: HeadlineDeps,
  source: Source,
  reference: Reference,
  meter: Meter,
): Promise<Polled> {
  const { db } = deps;
  const known = findSubject(db, source.id, reference.key);
  const first = !known || lastPolledAt(db, known.id) === undefined;
  const polled = await ask(deps, source, reference, meter, first);
  // The name leads to another subject than before, whose history was not asked for.
  return polled ?? readHeadline(deps, source, reference, meter);
}

async function ask(
  { db, now, signal }: HeadlineDeps,
  source: Source,
  reference: Reference,
  meter: Meter,
  first: boolean,
): Promise<Polled | undefined> {
  const at = now();
  const snapshots = await source.fetch(reference, { now: at, first, signal, meter });
  const read = snapshots.map((snapshot) => ({ snapshot, rows: source.daily(snapshot) }));
  const identity = snapshots.map((snapshot) => source.identity?.(snapshot)).find(Boolean);
  return db.transaction(() => {
    const placed = placeSubject(db, source, reference, identity);
    const { subject } = placed;
    if (!first && lastPolledAt(db, subject.id) === undefined) return undefined;
    let changedDays = 0;
    for (const { snapshot, rows } of read) changedDays += save(db, source, subject, snapshot, rows);
    thinSnapshots(db, subject.id, dayOf(at));
    return { ...placed, changedDays };
  })();
}

function save(
  db: Db,
  source: Source,
  subject: Subject,
  snapshot: Snapshot,
  rows: ReturnType<Source['daily']>,
): number {
  let changed = 0;
  saveSnapshot(db, subject.id, snapshot);
  source.save?.(db, subject, snapshot);
  for (const { values, origin, completeThrough, ...key } of rows) {
    changed += saveDays(db, { subjectId: subject.id, ...key }, values, {
      origin,
      seenAt: snapshot.takenAt,
      completeThrough,
    });
  }
  return changed;
}

/** What has to be said about the numbers of a subject. */
export function headlineNote(db: Db, subject: Subject): string | undefined {
  if (!tookName(db, subject)) return undefined;
  return `Something else was called “${subject.name}” before; its numbers are kept apart as a former one.`;
}

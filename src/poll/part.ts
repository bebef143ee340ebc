import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CollectionKey,
  collectionOf,
  keepCursor,
  type LoadProgress,
} from '../../db/collections.ts';
import type { Day } from '../../db/days.ts';
import type { Subject } from '../../db/subjects.ts';
import type { CollectContext, Part } from '../sources/source.ts';
import type { HeadlineDeps } from './headline.ts';
import { type Done, Overtaken, type Work } from './runs.ts';

/** How far a reading has come. */
export interface PartProgress {
  /** The source's id. */
  readonly source: string;
  /** Absent for a part that reads all subjects at once. */
  readonly subject?: Subject | undefined;
  /** The part's name. */
  readonly part: string;
  readonly progress: LoadProgress;
}

export type OnProgress = (progress: PartProgress) => void;

export interface PartOptions {
  readonly since?: Day | undefined;
  /** A backfill: begins without a cursor and keeps none, so that the routine goes on as it was. */
  readonly from?: Day | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Reads a part to its end. Each batch is saved in one transaction with its cursor, so that a stop
 * loses nothing and repeats nothing. Throws what the source throws, when it is stopped, and an
 * Overtaken when another process reads the same: it must not set back how far that has come.
 */
export async function readPart(
  { db, now, signal }: HeadlineDeps,
  part: Part,
  subjects: readonly Subject[],
  key: CollectionKey,
  { meter, wrote }: Work,
  { since, from, onProgress }: PartOptions,
): Promise<Done> {
  const known = collectionOf(db, key);
  const [subject] = part.scope === 'subject' ? subjects : [];
  const context: CollectContext = {
    db,
    now: now(),
    signal,
    meter,
    cursor: from === undefined ? (known?.cursor ?? undefined) : undefined,
    doneAt: known?.doneAt ?? undefined,
    since,
    from,
  };
  let note: string | undefined;
  let cursor = known?.cursor ?? null;
  for await (const batch of part.collect(subjects, context)) {
    const rows = db.transaction(() => {
      if (from !== undefined) return batch.save(db);
      if ((collectionOf(db, key)?.cursor ?? null) !== cursor) throw new Overtaken();
      const saved = batch.save(db);
      keepCursor(db, key, batch.cursor, batch.progress);
      return saved;
    })();
    cursor = batch.cursor;
    wrote(rows);
    note = batch.note ?? note;
    if (batch.progress) {
      const { source } = key;
      const { progress } = batch;
      onProgress?.({ source, subject, part: part.name, progress });
    }
    // What was saved at once may have taken a while: whoever waits has a turn.
    await nextTurn();
    signal?.throwIfAborted();
  }
  return { note };
}

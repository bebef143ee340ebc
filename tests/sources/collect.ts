import { collectionOf, finishCollection, keepCursor } from '../../db/collections.ts';
import type { Db } from '../../db/open.ts';
import type { Subject } from '../../db/subjects.ts';
import type { CollectContext, Part } from '../../src/sources/source.ts';
import { NOW } from './cases.ts';

export interface Collected {
  readonly rows: number;
  readonly batches: number;
  readonly requests: number;
  readonly bytes: number;
  readonly note: string | undefined;
}

/** Reads a part to its end, or to the error it throws, and keeps what the poller would keep. */
export async function collect(
  db: Db,
  source: string,
  part: Part,
  subjects: readonly Subject[],
  context: Partial<CollectContext> = {},
): Promise<Collected> {
  const subjectId = part.scope === 'source' ? 0 : (subjects[0]?.id ?? 0);
  const key = { source, subjectId, part: part.name };
  const known = collectionOf(db, key);
  const now = context.now ?? NOW;
  let [rows, batches, requests, bytes] = [0, 0, 0, 0];
  let note: string | undefined;
  const batchesOf = part.collect(subjects, {
    db,
    now,
    cursor: known?.cursor ?? undefined,
    doneAt: known?.doneAt ?? undefined,
    ...context,
    meter: {
      request() {
        requests += 1;
      },
      billed(more) {
        bytes += more;
      },
    },
  });
  for await (const batch of batchesOf) {
    db.transaction(() => {
      rows += batch.save(db);
      keepCursor(db, key, batch.cursor, batch.progress);
    })();
    batches += 1;
    note = batch.note ?? note;
  }
  finishCollection(db, key, new Date(now).toISOString(), note);
  return { rows, batches, requests, bytes, note };
}

import type { Day } from './days.ts';
import { packDays } from './message-counts.ts';
import type { Db } from './open.ts';
import { packWriters } from './writers.ts';

/**
 * Packs the newest day before `before` that is not packed yet or, where all are, the writers of such
 * a month. False when nothing is left to pack.
 */
export function packNext(db: Db, workspaceId: string, before: Day): boolean {
  return packDays(db, workspaceId, before, 1) > 0 || packWriters(db, workspaceId, before, 1) > 0;
}

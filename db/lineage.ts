import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** How many events are kept for a receiver that does not take them; then the oldest are dropped. */
export const MOST_LINEAGE_EVENTS = 10_000;

/** An event that has not been taken yet. */
interface KeptEvent {
  readonly seq: number;
  /** JSON text. */
  readonly event: string;
}

/** Keeps an event until it is taken; returns how many old ones had to make room. */
export function keepLineageEvent(db: Db, event: object, at: string): number {
  const { lastInsertRowid } = statement(
    db,
    'INSERT INTO lineage_event (created_at, event) VALUES (?, ?)',
  ).run(at, JSON.stringify(event));
  return statement(db, 'DELETE FROM lineage_event WHERE seq <= ?').run(
    Number(lastInsertRowid) - MOST_LINEAGE_EVENTS,
  ).changes;
}

export function oldestLineageEvent(db: Db): KeptEvent | undefined {
  return statement<KeptEvent>(
    db,
    'SELECT seq, event FROM lineage_event ORDER BY seq LIMIT 1',
  ).get();
}

/** Forgets an event that was taken, or never will be. */
export function dropLineageEvent(db: Db, seq: number): void {
  statement(db, 'DELETE FROM lineage_event WHERE seq = ?').run(seq);
}

export function countLineageEvents(db: Db): number {
  return statement(db, 'SELECT count(*) FROM lineage_event').pluck().get() as number;
}

/**
 * Remembers that the end of a run has yet to be reported, with the event of its start: its failure
 * is reported from that when the process dies before the end.
 */
export function openLineageRun(db: Db, runId: string, start: object): void {
  statement(db, 'INSERT INTO lineage_open (run_id, event) VALUES (?, ?)').run(
    runId,
    JSON.stringify(start),
  );
}

/** False when the run's end has been reported already, or its beginning never was. */
export function closeLineageRun(db: Db, runId: string): boolean {
  return statement(db, 'DELETE FROM lineage_open WHERE run_id = ?').run(runId).changes > 0;
}

/** The runs whose end has yet to be reported, each with the event of its start as JSON text. */
export function openLineageRuns(db: Db): { readonly runId: string; readonly event: string }[] {
  return statement<{ runId: string; event: string }>(
    db,
    'SELECT run_id AS runId, event FROM lineage_open ORDER BY run_id',
  ).all();
}

interface TableColumn {
  readonly name: string;
  /** As declared; `''` for what a view computes. */
  readonly type: string;
}

/** The columns of a table or view, in their order. */
export function columnsOf(db: Db, table: string): TableColumn[] {
  return statement<TableColumn>(db, 'SELECT name, type FROM pragma_table_info(?) ORDER BY cid').all(
    table,
  );
}

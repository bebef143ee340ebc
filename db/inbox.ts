import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** An event as Slack sent it, waiting to be recorded. */
export interface InboxEvent {
  readonly eventId: string;
  /** The envelope as JSON. */
  readonly envelope: string;
}

export interface InboxRow extends InboxEvent {
  readonly seq: number;
}

/**
 * Commits the events in one transaction. One that is waiting already, or was recorded before, is
 * a retry and changes nothing.
 */
export function storeEvents(db: Db, events: readonly InboxEvent[], now: string): void {
  const insert = statement(
    db,
    `INSERT INTO inbox (event_id, received_at, envelope)
     SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM recorded_event WHERE event_id = ?)
     ON CONFLICT DO NOTHING`,
  );
  db.transaction(() => {
    for (const { eventId, envelope } of events) insert.run(eventId, now, envelope, eventId);
  })();
}

/** The oldest events that wait, without those that failed. */
export function waitingEvents(db: Db, limit: number): InboxRow[] {
  return statement<InboxRow>(
    db,
    'SELECT seq, event_id AS eventId, envelope FROM inbox WHERE error IS NULL ORDER BY seq LIMIT ?',
  ).all(limit);
}

/** Takes recorded events out of the inbox and remembers their ids; within the caller's transaction. */
export function markRecorded(db: Db, rows: readonly InboxRow[], now: string): void {
  const remember = statement(
    db,
    'INSERT INTO recorded_event (event_id, recorded_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = statement(db, 'DELETE FROM inbox WHERE seq = ?');
  for (const { seq, eventId } of rows) {
    remember.run(eventId, now);
    remove.run(seq);
  }
}

/** Sets an event aside, with the reason why it could not be recorded. */
export function markFailed(db: Db, row: InboxRow, error: string): void {
  statement(db, 'UPDATE inbox SET error = ? WHERE seq = ?').run(error, row.seq);
}

/** Gives the events that were set aside another chance; returns how many there are. */
export function retryFailed(db: Db): number {
  return statement(db, 'UPDATE inbox SET error = NULL WHERE error IS NOT NULL').run().changes;
}

/** Forgets the ids of events recorded before `before` (ISO instant): Slack retries for an hour. */
export function forgetRecorded(db: Db, before: string): void {
  statement(db, 'DELETE FROM recorded_event WHERE recorded_at < ?').run(before);
}

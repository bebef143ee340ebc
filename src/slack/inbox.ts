import { createHash } from 'node:crypto';
import { type InboxEvent, storeEvents } from '../../db/inbox.ts';
import type { Db } from '../../db/open.ts';
import { type Fields, textOf } from './fields.ts';

export interface Inbox {
  /** Resolves when the envelope is on the disk; rejects when it could not be brought there. */
  store(envelope: Fields): Promise<void>;
}

/**
 * The door that events come in by. Those that arrive in one turn of the event loop share one
 * transaction, so that a burst costs one write to the disk. `onStored` is called after each.
 */
export function createInbox(db: Db, onStored: () => void): Inbox {
  let group: { event: InboxEvent; resolve: () => void; reject: (error: unknown) => void }[] = [];

  function commit(): void {
    const committed = group;
    group = [];
    try {
      storeEvents(
        db,
        committed.map(({ event }) => event),
        new Date().toISOString(),
      );
    } catch (error) {
      for (const { reject } of committed) reject(error);
      return;
    }
    for (const { resolve } of committed) resolve();
    onStored();
  }

  return {
    store(envelope) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (group.push({ event: toEvent(envelope), resolve, reject }) === 1) setImmediate(commit);
      return promise;
    },
  };
}

function toEvent(body: Fields): InboxEvent {
  const envelope = JSON.stringify(body);
  const eventId = textOf(body.event_id) ?? createHash('sha256').update(envelope).digest('hex');
  return { eventId, envelope };
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DAY_MS } from '../../db/days.ts';
import {
  forgetRecorded,
  type InboxRow,
  markFailed,
  markRecorded,
  waitingEvents,
} from '../../db/inbox.ts';
import type { Db } from '../../db/open.ts';
import { Malformed } from '../errors.ts';
import { type Reading, readEnvelope } from './events.ts';
import { record, type Seen } from './record.ts';

const LIVE_BATCH = 500;
const REMEMBER_MS = 3 * DAY_MS;

/**
 * Records envelopes in bulk, past the inbox and in one transaction: what an importer, a generator
 * or a benchmark brings. `skipped` are those that say nothing for our tables or can't be read. The
 * workspaces must exist.
 */
export function recordEnvelopes(
  db: Db,
  envelopes: Iterable<unknown>,
): { recorded: number; skipped: number } {
  let recorded = 0;
  let skipped = 0;
  function* readings(): Generator<Reading> {
    for (const envelope of envelopes) {
      const reading = readOrSkip(envelope);
      if (reading) recorded += 1;
      else skipped += 1;
      if (reading) yield reading;
    }
  }
  db.transaction(() => record(db, readings(), Date.now()))();
  return { recorded, skipped };
}

function readOrSkip(envelope: unknown): Reading | undefined {
  try {
    const reading = readEnvelope(envelope);
    return reading.changes.length > 0 ? reading : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

interface RecorderOptions {
  readonly db: Db;
  readonly log: Logger;
  /** Called after each batch with whom and what it was about, so that names can be looked up. */
  onSeen?(seen: Seen): void;
}

interface Recorder {
  /**
   * Records everything that waits in the inbox; returns how many events it took. Rejects when the
   * database fails.
   */
  drain(): Promise<number>;
}

/** The way from the inbox to the tables. */
export function createRecorder({ db, log, onSeen }: RecorderOptions): Recorder {
  let running: Promise<number> = Promise.resolve(0);
  // Those who ask while one is running share the one after it.
  let next: Promise<number> | undefined;
  let pruneAt = 0;

  async function drainAll(): Promise<number> {
    let taken = 0;
    let rows = waitingEvents(db, LIVE_BATCH);
    while (rows.length > 0) {
      for (const seen of recordRows(db, log, rows)) onSeen?.(seen);
      taken += rows.length;
      // A long inbox must not keep the next events from being acknowledged.
      await nextTurn();
      rows = waitingEvents(db, LIVE_BATCH);
    }
    const now = Date.now();
    if (now >= pruneAt) {
      forgetRecorded(db, new Date(now - REMEMBER_MS).toISOString());
      pruneAt = now + DAY_MS;
    }
    return taken;
  }

  return {
    drain() {
      if (next) return next;
      next = running.then(() => {
        next = undefined;
        return drainAll();
      });
      running = next.catch(() => 0);
      return next;
    },
  };
}

/** Records the rows in one transaction; where one of them can't be, each in its own. */
function recordRows(db: Db, log: Logger, rows: readonly InboxRow[]): Seen[] {
  const now = Date.now();
  const recordAll = db.transaction((some: readonly InboxRow[]) => {
    const seen = record(
      db,
      some.map((row) => readEnvelope(JSON.parse(row.envelope))),
      now,
    );
    markRecorded(db, some, new Date(now).toISOString());
    return seen;
  });
  try {
    return recordAll(rows);
  } catch (error) {
    if (isDatabaseTrouble(error)) throw error;
  }
  return rows.flatMap((row) => {
    try {
      return recordAll([row]);
    } catch (error) {
      if (isDatabaseTrouble(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      log.error(
        { eventId: row.eventId, reason },
        'an event could not be recorded and is set aside',
      );
      markFailed(db, row, reason);
      return [];
    }
  });
}

/** A full disk or a locked file says nothing about the event: it stays and is tried again. */
function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const code = String(error.code);
  return code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
}

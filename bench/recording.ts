import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChannel } from '../db/channels.ts';
import { addDays } from '../db/days.ts';
import { storeEvents } from '../db/inbox.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { saveWorkspace } from '../db/workspaces.ts';
import { envelopeOf } from '../playground/sample/envelopes.ts';
import { sampleWorkspace } from '../playground/sample/workspace.ts';
import type { SampleWorkspace } from '../playground/workspace.ts';
import { recordEnvelopes } from '../src/slack/recorder.ts';
import { atLeast, type Benchmark, type Row } from './benchmark.ts';
import { median, number, perSecond, timed, times } from './measure.ts';

const LAST_DAY = '2026-06-30';
const HALF_YEARS = 7;
const ROUNDS = 5;
const BATCH = 20_000;
const SINGLE_EVENTS = 1000;

export const recording: Benchmark = {
  name: 'recording',
  title: 'Recording messages',
  method:
    'In bulk: event envelopes through the recorder, with rows, people, channels and day counts, against better-sqlite3 inserting the finished rows into the same table, 20,000 a transaction, the same pragmas. One by one: each event committed to the inbox before it would be acknowledged (`synchronous=FULL`), against one bare insert a transaction.',
  async run() {
    const sample = sampleWorkspace(LAST_DAY);
    const envelopes = manyEnvelopes(sample);
    return [await inBulk(sample, envelopes), await oneByOne(sample, envelopes)];
  },
};

function manyEnvelopes(sample: SampleWorkspace): Record<string, unknown>[] {
  return Array.from({ length: HALF_YEARS }, (_, i) => {
    const { messages } = sampleWorkspace(addDays(LAST_DAY, -183 * (HALF_YEARS - 1 - i)));
    return messages.map((message) => envelopeOf(message, sample));
  }).flat();
}

async function inBulk(sample: SampleWorkspace, envelopes: readonly unknown[]): Promise<Row> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let rows: unknown[] = [];
    await withDatabase(sample, async (db) => {
      ours.push(await timed(() => recordEnvelopes(db, envelopes)));
      rows = db.prepare('SELECT * FROM message').raw().all();
    });
    await withDatabase(sample, async (db) => {
      for (const { id } of sample.channels) ensureChannel(db, sample.team.id, id);
      bare.push(await timed(() => insertRows(db, rows)));
    });
  }
  const ratio = median(bare) / median(ours);
  return {
    what: 'Messages in bulk',
    size: `${number(envelopes.length)} messages`,
    ours: perSecond(envelopes.length, median(ours)),
    reference: `${perSecond(envelopes.length, median(bare))} bare inserts`,
    ratio: times(ratio),
    target: atLeast(0.5, '×', ratio),
  };
}

function insertRows(db: Db, rows: readonly unknown[]): void {
  const columns = db.prepare('SELECT * FROM message').columns();
  const insert = db.prepare(`INSERT INTO message VALUES (${columns.map(() => '?').join(', ')})`);
  const insertAll = db.transaction((some: readonly unknown[]) => {
    for (const row of some) insert.run(row);
  });
  for (let from = 0; from < rows.length; from += BATCH) insertAll(rows.slice(from, from + BATCH));
}

async function oneByOne(sample: SampleWorkspace, envelopes: readonly unknown[]): Promise<Row> {
  const now = new Date().toISOString();
  const events = envelopes.slice(0, SINGLE_EVENTS).map((envelope, i) => ({
    eventId: `Ev${i}`,
    envelope: JSON.stringify(envelope),
  }));
  let [ours, bare] = [0, 0];
  await withDatabase(sample, async (db) => {
    ours = await timed(() => {
      for (const event of events) storeEvents(db, [event], now);
    });
  });
  await withDatabase(sample, async (db) => {
    const insert = db.prepare(
      'INSERT INTO inbox (event_id, received_at, envelope) VALUES (?, ?, ?)',
    );
    bare = await timed(() => {
      for (const { eventId, envelope } of events) insert.run(eventId, now, envelope);
    });
  });
  return {
    what: 'Single events, each committed durably',
    size: `${number(events.length)} events`,
    ours: perSecond(events.length, ours),
    reference: `${perSecond(events.length, bare)} bare inserts`,
    ratio: times(bare / ours),
  };
}

/** A fresh database file, gone afterwards. */
async function withDatabase(
  { team, bot }: SampleWorkspace,
  use: (db: Db) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-bench-'));
  const db = openDatabase(join(folder, 'bench.db'));
  try {
    saveWorkspace(db, { ...team, botUserId: bot.userId }, '2026-01-01T00:00:00Z');
    await use(db);
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

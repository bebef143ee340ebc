import { pino } from 'pino';
import { expect, test } from 'vitest';
import { storeEvents } from '../../db/inbox.ts';
import type { Db } from '../../db/open.ts';
import type { Seen } from '../../src/slack/record.ts';
import { createRecorder } from '../../src/slack/recorder.ts';
import { envelope, openWith, post, recount, TEAM, tables } from './history.ts';

const log = pino({ level: 'silent' });
const NOW = '2026-01-01T00:00:00.000Z';

function arrive(db: Db, ...envelopes: Record<string, unknown>[]): void {
  storeEvents(
    db,
    envelopes.map((body) => ({ eventId: String(body.event_id), envelope: JSON.stringify(body) })),
    NOW,
  );
}

function waiting(db: Db): { event_id: string; error: string | null }[] {
  return db.prepare('SELECT event_id, error FROM inbox ORDER BY seq').all() as ReturnType<
    typeof waiting
  >;
}

test('what waits is recorded, leaves the inbox, and is known as recorded', async () => {
  const db = openWith(TEAM);
  const recorder = createRecorder({ db, log });
  const body = envelope(post('1767225599.000100'));
  arrive(db, body, envelope(post('1767225600.000100')));
  expect(await recorder.drain()).toBe(2);
  expect(waiting(db)).toEqual([]);
  expect(tables(db).messages).toHaveLength(2);
  expect(tables(db).counts).toEqual(recount(db));

  const before = tables(db);
  arrive(db, body);
  expect(waiting(db)).toEqual([]);
  expect(await recorder.drain()).toBe(0);
  expect(tables(db)).toEqual(before);
});

test('the same message under two event ids is one message', async () => {
  const db = openWith(TEAM);
  arrive(db, envelope(post('1767225599.000100')), envelope(post('1767225599.000100')));
  await createRecorder({ db, log }).drain();
  expect(tables(db).messages).toHaveLength(1);
  expect(tables(db).counts).toEqual(recount(db));
});

test('an event that can not be recorded is set aside with its reason, and holds up no other', async () => {
  const db = openWith(TEAM);
  const stray = envelope(post('1767225601.000100'), { authorizations: [{ team_id: 'T404' }] });
  arrive(
    db,
    envelope(post('1767225599.000100')),
    envelope(post('no ts')),
    stray,
    envelope(post('1767225602.000100')),
  );
  storeEvents(db, [{ eventId: 'EvBroken', envelope: '{"half' }], NOW);
  const recorder = createRecorder({ db, log });
  await recorder.drain();
  expect(tables(db).messages).toHaveLength(2);
  expect(waiting(db).map(({ error }) => error)).toEqual([
    expect.stringContaining('without the ts'),
    expect.stringContaining('FOREIGN KEY'),
    expect.stringContaining('JSON'),
  ]);
  expect(await recorder.drain()).toBe(0);
});

test('a database in trouble says nothing about an event: it goes on waiting', async () => {
  const db = openWith(TEAM);
  arrive(db, envelope(post('1767225599.000100')));
  db.pragma('query_only = ON');
  const recorder = createRecorder({ db, log });
  await expect(recorder.drain()).rejects.toThrow(/readonly/);
  db.pragma('query_only = OFF');
  expect(waiting(db)).toEqual([expect.objectContaining({ error: null })]);
  expect(await recorder.drain()).toBe(1);
  expect(tables(db).messages).toHaveLength(1);
});

test('who and what a batch is about is told after it', async () => {
  const db = openWith(TEAM);
  const seen: Seen[] = [];
  const recorder = createRecorder({ db, log, onSeen: (each) => seen.push(each) });
  arrive(db, envelope(post('1767225599.000100')), envelope(post('1767225600.000100')));
  await recorder.drain();
  expect(seen).toEqual([
    expect.objectContaining({
      workspaceId: TEAM,
      userIds: new Set(['U1']),
      channelIds: new Set(['C1']),
    }),
  ]);
});

test('ids of recorded events are forgotten after some days', async () => {
  const db = openWith(TEAM);
  arrive(db, envelope(post('1767225599.000100')));
  await createRecorder({ db, log }).drain();
  const ids = () => db.prepare('SELECT count(*) FROM recorded_event').pluck().get();
  expect(ids()).toBe(1);
  await createRecorder({ db, log }).drain();
  expect(ids()).toBe(1);
  db.exec("UPDATE recorded_event SET recorded_at = '2020-01-01T00:00:00.000Z'");
  await createRecorder({ db, log }).drain();
  expect(ids()).toBe(0);
});

test('the loop turns between the batches of a long inbox', async () => {
  const db = openWith(TEAM);
  arrive(
    db,
    ...Array.from({ length: 1200 }, (_, i) => envelope(post(`${1_767_225_600 + i}.000100`))),
  );
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  }, 0);
  expect(await createRecorder({ db, log }).drain()).toBe(1200);
  clearInterval(turn);
  expect(turns).toBeGreaterThan(0);
  expect(tables(db).messages).toHaveLength(1200);
});

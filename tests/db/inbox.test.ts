import { expect, test } from 'vitest';
import {
  forgetRecorded,
  type InboxEvent,
  markFailed,
  markRecorded,
  retryFailed,
  storeEvents,
  waitingEvents,
} from '../../db/inbox.ts';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';

const NOW = '2026-01-01T00:00:00.000Z';
const event = (eventId: string): InboxEvent => ({ eventId, envelope: `{"id":"${eventId}"}` });

function filled(...ids: string[]) {
  const db = openDatabase(IN_MEMORY);
  storeEvents(db, ids.map(event), NOW);
  return { db, ids: (limit = 10) => waitingEvents(db, limit).map(({ eventId }) => eventId) };
}

test('events wait in the order they came, a retry waits once', () => {
  const { db, ids } = filled('b', 'a', 'b');
  storeEvents(db, [event('a'), event('c')], NOW);
  expect(ids()).toEqual(['b', 'a', 'c']);
  expect(ids(2)).toEqual(['b', 'a']);
});

test('what is recorded is gone, and its retry changes nothing', () => {
  const { db, ids } = filled('a', 'b');
  markRecorded(db, waitingEvents(db, 1), NOW);
  storeEvents(db, [event('a')], NOW);
  expect(ids()).toEqual(['b']);
});

test('what failed waits aside until it is given another chance', () => {
  const { db, ids } = filled('a', 'b');
  const [first] = waitingEvents(db, 1);
  if (first) markFailed(db, first, 'no');
  expect(ids()).toEqual(['b']);
  storeEvents(db, [event('a')], NOW);
  expect(ids()).toEqual(['b']);
  expect(retryFailed(db)).toBe(1);
  expect(ids()).toEqual(['a', 'b']);
});

test('only ids recorded before the given instant are forgotten', () => {
  const { db, ids } = filled('a', 'b');
  const rows = waitingEvents(db, 2);
  markRecorded(db, rows.slice(0, 1), '2026-01-01T00:00:00.000Z');
  markRecorded(db, rows.slice(1), '2026-01-05T00:00:00.000Z');
  forgetRecorded(db, '2026-01-03T00:00:00.000Z');
  storeEvents(db, [event('a'), event('b')], NOW);
  expect(ids()).toEqual(['a']);
});

test('a group of events is stored whole or not at all', () => {
  const { db, ids } = filled();
  const broken = { ...event('b'), envelope: JSON.parse('null') };
  expect(() => storeEvents(db, [event('a'), broken], NOW)).toThrow(/NOT NULL/);
  expect(ids()).toEqual([]);
});

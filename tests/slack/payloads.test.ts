import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { storeEvents } from '../../db/inbox.ts';
import type { Db } from '../../db/open.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import { createRecorder, recordEnvelopes } from '../../src/slack/recorder.ts';
import { shared } from '../shared.ts';
import { envelope, openWith, recount, TEAM, tables } from './history.ts';

const own = join(import.meta.dirname, '../fixtures/slack');
const others = shared('fixtures/slack-events');

/** The folders that hold events; beside them lie Web API answers and interactions. */
const EVENTS = /\/(event|inner-event|message|events|rtm|websocket|socket-mode|events-api)\//;

interface Payload {
  readonly name: string;
  readonly envelope: Record<string, unknown>;
}

function payloads(root: string): Payload[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && EVENTS.test(`/${name}`))
    .sort()
    .map((name) => ({ name, envelope: wrapped(name, readFileSync(join(root, name), 'utf8')) }));
}

/** Envelopes as they are; inner events, old frames and Socket Mode frames in an envelope. */
function wrapped(name: string, text: string): Record<string, unknown> {
  const json = JSON.parse(text) as Record<string, unknown>;
  const body = (json.payload ?? json) as Record<string, unknown>;
  const whole = typeof body.event === 'object' ? body : envelope({ channel: 'C1', ...body });
  return { ...whole, event_id: name };
}

/** Makes sure that each event has a workspace to go to. */
function saveWorkspaces(db: Db, all: readonly Payload[]): void {
  for (const { envelope } of all) {
    const [first] = (envelope.authorizations as { team_id?: string }[] | undefined) ?? [];
    for (const id of [first?.team_id, envelope.context_team_id, envelope.team_id]) {
      if (typeof id !== 'string' || id === '') continue;
      saveWorkspace(db, { id, name: id, domain: id, botUserId: 'UBOT' }, '2026-01-01');
    }
  }
}

const skipped = others ? '' : ' (skipped: ../shared/fixtures/slack-events is not there)';

describe.each([
  ['our own examples', own, 11],
  [`real events of others${skipped}`, others, 70],
])('%s', (_name, root, recorded) => {
  test.skipIf(!root)('recorded twice, they end in the same rows', () => {
    const all = payloads(root ?? '');
    const db = openWith(TEAM);
    saveWorkspaces(db, all);
    const envelopes = all.map((payload) => payload.envelope);
    expect(recordEnvelopes(db, envelopes).recorded).toBeGreaterThanOrEqual(recorded);
    const once = tables(db);
    expect(once.counts).toEqual(recount(db));
    recordEnvelopes(db, envelopes);
    expect(tables(db)).toEqual(once);
  });

  test.skipIf(!root)('through the inbox they end in the rows of a bulk load', async () => {
    const all = payloads(root ?? '');
    const [db, bulk] = [openWith(TEAM), openWith(TEAM)];
    saveWorkspaces(db, all);
    saveWorkspaces(bulk, all);
    recordEnvelopes(
      bulk,
      all.map((payload) => payload.envelope),
    );
    const recorder = createRecorder({ db, log: pino({ level: 'silent' }) });
    for (let round = 0; round < 2; round += 1) {
      storeEvents(
        db,
        all.map(({ name, envelope }) => ({ eventId: name, envelope: JSON.stringify(envelope) })),
        '2026-01-01T00:00:00.000Z',
      );
      await recorder.drain();
      expect(tables(db)).toEqual(tables(bulk));
    }
    // What is set aside lacks its message's key: some libraries shorten their fixtures so.
    for (const error of db.prepare('SELECT error FROM inbox').pluck().all()) {
      expect(error).toMatch(/^a message event without/);
    }
  });
});

test('our own examples are what they say', () => {
  const db = openWith('T0SAILS');
  recordEnvelopes(
    db,
    payloads(own).map((payload) => payload.envelope),
  );
  expect(db.prepare('SELECT user, text, edited_ts FROM slack_messages ORDER BY ts').all()).toEqual([
    { user: null, text: 'Try the storm jib', edited_ts: null },
    { user: null, text: 'Storm jib it is', edited_ts: null },
    {
      user: 'Ada ⛵',
      text: 'Reefed three times and still too fast',
      edited_ts: '1767225660.000000',
    },
    // Known by its preview alone.
    { user: null, text: '<https://example.org/knots>', edited_ts: null },
    { user: null, text: 'Gale warning', edited_ts: null },
    { user: null, text: 'Reefed twice and still too fast', edited_ts: null },
  ]);
  expect(tables(db).counts).toEqual([
    expect.objectContaining({ day: '2025-12-31', user_id: 'U0ADA', messages: 1 }),
    expect.objectContaining({ day: '2025-12-31', user_id: 'U0BO', messages: 2 }),
    expect.objectContaining({ day: '2026-01-01', user_id: 'U0GUEST', messages: 1 }),
  ]);
  expect(tables(db).channels).toEqual([expect.objectContaining({ name: 'foredeck' })]);
});

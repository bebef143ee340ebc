import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { storeEvents } from '../../db/inbox.ts';
import type { Db } from '../../db/open.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import { createRecorder, recordEnvelopes } from '../../src/slack/recorder.ts';
import { shared } from '../shared.ts';
import { envelope, openWith, recount, TEAM, tables } from './history.ts';

const folder = shared('fixtures/slack-events');

/** Where others keep real events; the rest of the folder is Web API answers and interactions. */
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

const skipped = folder ? '' : ' (skipped: ../shared/fixtures/slack-events is not there)';

test.skipIf(!folder)(`real events, recorded twice, end in the same rows${skipped}`, async () => {
  const all = payloads(folder ?? '');
  expect(all.length).toBeGreaterThan(200);
  const db = openWith(TEAM);
  saveWorkspaces(db, all);

  const envelopes = all.map((payload) => payload.envelope);
  const outcome = recordEnvelopes(db, envelopes);
  const once = tables(db);
  expect(outcome.recorded).toBeGreaterThan(70);
  expect(once.counts).toEqual(recount(db));
  recordEnvelopes(db, envelopes);
  expect(tables(db)).toEqual(once);

  recordEnvelopes(db, envelopes.toReversed());
  expect(tables(db).counts).toEqual(recount(db));
});

test.skipIf(!folder)(
  `real events, through the inbox, leave no event behind${skipped}`,
  async () => {
    const all = payloads(folder ?? '');
    const db = openWith(TEAM);
    saveWorkspaces(db, all);
    const bulk = openWith(TEAM);
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
    const aside = db.prepare('SELECT event_id, error FROM inbox').all() as { error: string }[];
    // Only messages without their key, which the fixtures of some libraries shorten away.
    expect(new Set(aside.map(({ error }) => error))).toEqual(
      new Set([
        'a message event without the ts of its message',
        'a message event without a channel',
      ]),
    );
  },
);

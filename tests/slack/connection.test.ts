import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findChannel } from '../../db/channels.ts';
import { storeEvents } from '../../db/inbox.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { listWorkspaces } from '../../db/workspaces.ts';
import { createSlack, type Slack } from '../../src/slack/connection.ts';
import { createReceiver } from '../../src/slack/receiver.ts';
import { keepConnected } from '../../src/slack/socket.ts';
import { findUser } from '../find-user.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { envelope, post, recount, tables } from './history.ts';

let fake: FakeSlack;
let db: Db;
let slack: Slack;
let lines: string[];
let lost: [number, number][];

beforeEach(async () => {
  fake = await startFakeSlack();
  db = openDatabase(IN_MEMORY);
  lines = [];
  lost = [];
  slack = createSlack({
    botToken: 'xoxb-secret-1',
    appToken: 'xapp-secret-2',
    apiUrl: fake.apiUrl,
    db,
    log: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
    register: (app) => {
      app.event('message', async ({ event }) => {
        if ('text' in event && event.text === 'break') throw new Error('a listener that fails');
      });
    },
    onLost: (from, to) => {
      lost.push([from, to]);
      throw new Error('a full disk');
    },
  });
});

afterEach(async () => {
  await slack.stop();
  await fake.stop();
  db.close();
});

const opened = () => fake.calls.filter((call) => call.startsWith('apps.connections.open')).length;
const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

test('start notes where it is, and what was left over is recorded', async () => {
  expect(slack.connected).toBe(false);
  const left = envelope(post('1767225599.000100'));
  storeEvents(db, [{ eventId: 'EvLeft', envelope: JSON.stringify(left) }], '2026-01-01');
  await slack.start();
  expect(slack.connected).toBe(true);
  expect(listWorkspaces(db)).toEqual([
    { id: 'T1', name: 'Tide Pool', domain: 'tidepool', botUserId: 'UBOT' },
  ]);
  await expect.poll(() => count('message')).toBe(1);
});

test('what was set aside gets another chance at the next start', async () => {
  const left = envelope(post('1767225599.000100'));
  storeEvents(db, [{ eventId: 'EvLeft', envelope: JSON.stringify(left) }], '2026-01-01');
  db.exec("UPDATE inbox SET error = 'an older version could not read it'");
  await slack.start();
  await expect.poll(() => count('message')).toBe(1);
  expect(count('inbox')).toBe(0);
});

test('an event is in the inbox before it is acknowledged, and then in the tables', async () => {
  await slack.start();
  expect(await fake.deliver(envelope(post('1767225599.000100')))).toBe(true);
  expect(Number(count('inbox')) + Number(count('recorded_event'))).toBe(1);
  await expect.poll(() => count('message')).toBe(1);
});

test('an event that can not be committed is not acknowledged; the retry is', async () => {
  await slack.start();
  const body = envelope(post('1767225599.000100'));
  db.pragma('query_only = ON');
  expect(await fake.deliver(body, 300)).toBe(false);
  expect(await fake.deliver(body, 300)).toBe(false);
  db.pragma('query_only = OFF');
  expect(lines.filter((line) => line.includes('readonly database'))).toEqual([
    expect.stringContaining('events can not be kept'),
  ]);
  expect(count('inbox')).toBe(0);
  expect(await fake.deliver(body)).toBe(true);
  await expect.poll(() => count('message')).toBe(1);
});

test('a retry of what is recorded is acknowledged and changes nothing', async () => {
  await slack.start();
  const body = envelope(post('1767225599.000100'));
  expect(await fake.deliver(body)).toBe(true);
  await expect.poll(() => count('recorded_event')).toBe(1);
  const before = tables(db);
  expect(await fake.deliver(body)).toBe(true);
  expect(await fake.deliver({ ...body, event_id: 'EvOther' })).toBe(true);
  await expect.poll(() => count('recorded_event')).toBe(2);
  expect(tables(db)).toEqual(before);
});

test('a burst is committed in few transactions and all of it is recorded', async () => {
  await slack.start();
  const bodies = Array.from({ length: 300 }, (_, i) => envelope(post(`${1_767_225_600 + i}.0001`)));
  const acks = await Promise.all(bodies.map((body) => fake.deliver(body, 5000)));
  expect(acks.every(Boolean)).toBe(true);
  await expect.poll(() => count('message')).toBe(300);
  expect(tables(db).counts).toEqual(recount(db));
});

test('a listener that fails loses nothing', async () => {
  await slack.start();
  expect(await fake.deliver(envelope(post('1767225599.000100', { text: 'break' })))).toBe(true);
  await expect.poll(() => count('message')).toBe(1);
  expect(lines.join('\n')).toContain('a listener failed');
});

test('only events go to the inbox', async () => {
  await slack.start();
  const payload = { command: '/nobody-listens', text: 'x', team_id: 'T1', user_id: 'U1' };
  fake.send({ type: 'slash_commands', envelope_id: 'E1', payload });
  expect(await fake.deliver(envelope(post('1767225599.000100')))).toBe(true);
  await expect.poll(() => count('message')).toBe(1);
  expect(count('recorded_event')).toBe(1);
});

test('app_rate_limited is acknowledged and said, and ends nothing', async () => {
  const rejected = vi.fn();
  process.on('unhandledRejection', rejected);
  await slack.start();
  const limited = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1_767_225_600 };
  expect(await fake.deliver(limited)).toBe(true);
  fake.send({ type: 'events_api', envelope_id: 'E1' });
  expect(await fake.deliver(envelope(post('1767225599.000100')))).toBe(true);
  process.off('unhandledRejection', rejected);
  expect(rejected).not.toHaveBeenCalled();
  expect(lines.join('\n')).toMatch(/Slack drops events/);
  expect(lines.join('\n')).toMatch(/could not be read/);
});

test('when Slack moves the connection, the next one is there at once', async () => {
  await slack.start();
  fake.send({ type: 'disconnect', reason: 'refresh_requested' });
  await expect.poll(opened, { timeout: 1000 }).toBe(2);
  await expect.poll(() => slack.connected).toBe(true);
  expect(await fake.deliver(envelope(post('1767225599.000100')))).toBe(true);
});

test('while Slack refuses a new connection, it is tried again', async () => {
  await slack.start();
  const open = fake.methods['apps.connections.open'];
  fake.methods['apps.connections.open'] = () => ({ ok: false, error: 'invalid_auth' });
  fake.drop();
  await expect.poll(() => slack.connected).toBe(false);
  await expect.poll(() => lines.join('\n')).toMatch(/trying again/);
  if (open) fake.methods['apps.connections.open'] = open;
  await expect.poll(() => slack.connected, { timeout: 5000 }).toBe(true);
  // How long it was lost is told at last, and a failure of that loses nothing more.
  const told = lost.length;
  const [from, to] = lost.at(-1) ?? [0, 0];
  expect(to - from).toBeGreaterThan(200);
  fake.send({ type: 'disconnect', reason: 'refresh_requested' });
  await expect.poll(() => lost.length).toBe(told + 1);
  expect(lost.at(-1)?.[0]).toBeGreaterThanOrEqual(to);
});

test('when Slack is back, the bot asks what has become of its channels', async () => {
  const channel = (isPrivate: boolean) => () => ({
    ok: true,
    channels: [{ id: 'C1', name: 'plans', is_private: isPrivate }],
  });
  const isPrivate = () => findChannel(db, 'T1', 'C1')?.isPrivate;
  fake.methods['users.conversations'] = channel(false);
  await slack.start();
  await expect.poll(isPrivate).toBe(false);
  fake.methods['users.conversations'] = channel(true);
  fake.drop();
  await expect.poll(isPrivate, { timeout: 5000 }).toBe(true);
});

test('while Slack is lost it is told since when, and so at a stop', async () => {
  await slack.start();
  fake.methods['apps.connections.open'] = () => ({ ok: false, error: 'invalid_auth' });
  fake.drop();
  await expect.poll(() => slack.connected).toBe(false);
  await expect.poll(() => lost.length).toBeGreaterThan(1);
  const told = lost.length;
  await slack.stop();
  expect(lost.length).toBeGreaterThan(told);
  expect(new Set(lost.map(([from]) => from)).size).toBe(1);
});

test('a refused token is said at start', async () => {
  fake.methods['auth.test'] = () => ({ ok: false, error: 'invalid_auth' });
  await expect(slack.start()).rejects.toThrow(/invalid_auth/);
});

test('stop waits until the connection is gone and the last event is recorded', async () => {
  await slack.start();
  expect(await fake.deliver(envelope(post('1767225599.000100')))).toBe(true);
  await slack.stop();
  expect(slack.connected).toBe(false);
  await expect.poll(() => fake.connections).toBe(0);
  expect(count('message')).toBe(1);
  expect(count('inbox')).toBe(0);
});

test('stop does not wait for a hello that never comes', async () => {
  await slack.start();
  fake.greets = false;
  fake.drop();
  await expect.poll(() => fake.connections === 1 && !slack.connected).toBe(true);
  const started = Date.now();
  await slack.stop();
  expect(Date.now() - started).toBeLessThan(3000);
  await expect.poll(() => fake.connections).toBe(0);
});

test('a connection without a hello is given up and tried again', async () => {
  fake.greets = false;
  const log = pino({ level: 'silent' });
  const inbox = { store: async () => {} };
  const { socket } = createReceiver({ appToken: 'xapp-1', apiUrl: fake.apiUrl, inbox, log });
  const line = keepConnected(socket, { log, onLost: () => {}, onBack: () => {}, helloMs: 200 });
  await expect(line.open()).rejects.toThrow(/before Slack said hello/);
  await expect.poll(() => fake.connections).toBe(0);
  await line.close();
});

test('names are looked up in the background, and privacy is what Slack says', async () => {
  fake.methods['users.info'] = (args) => ({
    ok: true,
    user: { id: args.get('user'), name: 'ada', profile: { display_name: 'Ada' } },
  });
  fake.methods['conversations.info'] = (args) => ({
    ok: true,
    channel: { id: args.get('channel'), name: 'general', is_private: false },
  });
  await slack.start();
  await fake.deliver(envelope(post('1767225599.000100')));
  await expect.poll(() => findUser(db, 'T1', 'U1')?.name).toBe('Ada');
  await expect
    .poll(() => findChannel(db, 'T1', 'C1'))
    .toMatchObject({
      name: 'general',
      isPrivate: false,
    });
});

test('no token and no text of a message reaches the log', async () => {
  await slack.start();
  await fake.deliver(envelope(post('1767225599.000100', { text: 'between you and me' })));
  await fake.deliver(envelope(post('not a ts', { text: 'between you and me' })));
  await fake.deliver(envelope(post('1767225599.000200', { text: 'break' })));
  fake.drop();
  await expect.poll(opened).toBe(2);
  await slack.stop();
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('\n')).not.toMatch(/between you and me|xoxb-|xapp-/);
});

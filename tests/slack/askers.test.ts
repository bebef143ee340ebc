import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveUser } from '../../db/users.ts';
import { createSlack, type Slack } from '../../src/slack/connection.ts';
import { findUser } from '../find-user.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';

let fake: FakeSlack;
let db: Db;
let slack: Slack;
let lines: string[];
let answered: string[];

beforeEach(async () => {
  fake = await startFakeSlack();
  db = openDatabase(IN_MEMORY);
  lines = [];
  answered = [];
  slack = createSlack({
    botToken: 'xoxb-secret-1',
    appToken: 'xapp-secret-2',
    apiUrl: fake.apiUrl,
    db,
    log: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
    register: (app) => {
      app.command('/metrics', async ({ ack, command }) => {
        await ack();
        answered.push(command.user_id);
      });
      app.action('press', async ({ ack, body }) => {
        await ack();
        answered.push(body.user.id);
      });
      app.view('window', async ({ ack, body }) => {
        await ack();
        answered.push(body.user.id);
      });
    },
    onLost: () => {},
  });
  await slack.start();
});

afterEach(async () => {
  await slack.stop();
  await fake.stop();
  db.close();
});

const asked = () => fake.calls.filter((call) => call.startsWith('users.info')).length;
const zone = (id: string) => findUser(db, 'T1', id)?.tz;

const types = (user_id: string) => ({
  type: 'slash_commands',
  payload: { command: '/metrics', text: 'list', team_id: 'T1', user_id, channel_id: 'C1' },
});
const does = (id: string, payload: Record<string, unknown>) => ({
  type: 'interactive',
  payload: { ...payload, team: { id: 'T1' }, user: { id, team_id: 'T1' } },
});
const presses = (id: string) =>
  does(id, { type: 'block_actions', actions: [{ type: 'button', action_id: 'press' }] });
const submits = (id: string) =>
  does(id, { type: 'view_submission', view: { id: 'V1', type: 'modal', callback_id: 'window' } });

/** Sends it and waits for what the bot does with it. */
async function handled(frame: Record<string, unknown>): Promise<void> {
  const before = answered.length;
  fake.send({ envelope_id: `E${before}`, ...frame });
  await expect.poll(() => answered.length).toBe(before + 1);
}

function zonesAreTold(): void {
  fake.methods['users.info'] = (args) => ({
    ok: true,
    user: { id: args.get('user'), name: 'ada', tz: 'Europe/Berlin' },
  });
}

test.each([
  ['types a command', types],
  ['presses a button', presses],
  ['submits a window', submits],
])('the zone of somebody who %s is looked up, and once', async (_what, by) => {
  zonesAreTold();
  await handled(by('U1'));
  await expect.poll(() => zone('U1')).toBe('Europe/Berlin');
  await handled(by('U1'));
  expect(asked()).toBe(1);
});

test('who has a zone is not asked about', async () => {
  const facts = { id: 'U1', name: 'Ada', isBot: false, isDeleted: false, tz: 'Asia/Tokyo' };
  saveUser(db, 'T1', facts, '2020-01-01T00:00:00.000Z');
  await handled(types('U1'));
  expect(asked()).toBe(0);
  saveUser(db, 'T1', { ...facts, tz: null }, '2020-01-02T00:00:00.000Z');
  zonesAreTold();
  await handled(types('U1'));
  await expect.poll(() => zone('U1')).toBe('Europe/Berlin');
});

test('whom Slack does not show is not asked about all day', async () => {
  fake.methods['users.info'] = () => ({ ok: false, error: 'user_not_found' });
  await handled(types('U1'));
  await expect.poll(() => zone('U1')).toBeNull();
  await handled(types('U1'));
  expect(asked()).toBe(1);
});

test('nobody waits for it, and a failure is a line in the log', async () => {
  fake.methods['users.info'] = () => ({ ok: false, error: 'internal_error' });
  await handled(types('U1'));
  await expect.poll(() => lines.join('\n')).toContain('Slack could not be asked about a person');
  fake.methods['users.info'] = () => 'silence';
  await handled(types('U2'));
  expect(answered).toEqual(['U1', 'U2']);
  db.exec('ALTER TABLE user RENAME TO lost');
  await handled(types('U3'));
  expect(lines.join('\n')).toContain('whoever asks could not be looked up');
  expect(lines.join('\n')).not.toMatch(/xoxb-|xapp-/);
});

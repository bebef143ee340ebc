import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureChannel, findChannel, saveChannel } from '../../db/channels.ts';
import type { Db } from '../../db/open.ts';
import { ensureUser, saveUser } from '../../db/users.ts';
import { plainOptions } from '../../src/slack/client.ts';
import { createDirectory, type Directory } from '../../src/slack/directory.ts';
import { sdkLogger } from '../../src/slack/sdk-log.ts';
import { findUser } from '../find-user.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { openWith, TEAM, tables } from './history.ts';

const log = pino({ level: 'silent' });
const LONG_AGO = '2020-01-01T00:00:00.000Z';

let fake: FakeSlack;
let db: Db;
let directory: Directory;

beforeEach(async () => {
  fake = await startFakeSlack();
  db = openWith(TEAM);
  const client = new WebClient('xoxb-test', plainOptions(fake.apiUrl, sdkLogger(log)));
  directory = createDirectory({ client, db, log });
});

afterEach(async () => {
  await directory.stop();
  await fake.stop();
});

/** Tells the directory of these, whose rows the recorder has made, and waits for Slack's answers. */
async function note(userIds: string[], channelIds: string[]): Promise<void> {
  for (const id of userIds) ensureUser(db, TEAM, id);
  for (const id of channelIds) ensureChannel(db, TEAM, id);
  directory.note({
    workspaceId: TEAM,
    userIds: new Set(userIds),
    channelIds: new Set(channelIds),
  });
  await directory.idle();
}

const calls = (method: string) => fake.calls.filter((call) => call.startsWith(`${method}?`));

function knowAda(): void {
  fake.methods['users.info'] = (args) => ({
    ok: true,
    user: { id: args.get('user'), name: 'ada', profile: { display_name: 'Ada' }, tz: 'UTC' },
  });
}

test('somebody new is asked about once, and again after a day', async () => {
  knowAda();
  await note(['U1'], []);
  await note(['U1'], []);
  expect(calls('users.info')).toHaveLength(1);
  expect(findUser(db, TEAM, 'U1')).toMatchObject({ name: 'Ada', tz: 'UTC' });
  db.prepare('UPDATE user SET refreshed_at = ?').run(LONG_AGO);
  await note(['U1'], []);
  expect(calls('users.info')).toHaveLength(2);
});

test('somebody whom Slack does not show stays nameless and is not asked about all day', async () => {
  fake.methods['users.info'] = () => ({ ok: false, error: 'user_not_found' });
  await note(['U1'], []);
  await note(['U1'], []);
  expect(calls('users.info')).toHaveLength(1);
  expect(findUser(db, TEAM, 'U1')?.name).toBeNull();
});

test('a rate limit is waited out, and nothing is lost', async () => {
  knowAda();
  const known = fake.methods['users.info'];
  let isFirst = true;
  fake.methods['users.info'] = (args) => {
    if (!isFirst) return known?.(args) ?? {};
    isFirst = false;
    return 1;
  };
  const started = Date.now();
  await note(['U1', 'U2', 'U3'], []);
  expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  expect(['U1', 'U2', 'U3'].map((id) => findUser(db, TEAM, id)?.name)).toEqual([
    'Ada',
    'Ada',
    'Ada',
  ]);
});

test('stop does not wait for a rate limit', async () => {
  fake.methods['users.info'] = () => 60;
  const noted = note(['U1'], []);
  await expect.poll(() => calls('users.info')).toHaveLength(1);
  await directory.stop();
  await noted;
});

test.each([
  ['C1', false],
  ['G1', false],
  ['C1', true],
])('whether %s is private is what is_private says: %s', async (id, isPrivate) => {
  fake.methods['conversations.info'] = () => ({
    ok: true,
    channel: { id, name: 'general', is_private: isPrivate, is_archived: false },
  });
  await note([], [id]);
  expect(findChannel(db, TEAM, id)).toMatchObject({ name: 'general', isPrivate });
});

test('a channel that Slack does not show, or says too little of, is private', async () => {
  const facts = { name: 'general', isPrivate: false, isArchived: false };
  saveChannel(db, TEAM, { ...facts, id: 'C1' }, LONG_AGO);
  fake.methods['conversations.info'] = () => ({ ok: false, error: 'channel_not_found' });
  await note([], ['C1']);
  expect(findChannel(db, TEAM, 'C1')).toMatchObject({ name: 'general', isPrivate: true });

  saveChannel(db, TEAM, { ...facts, id: 'C2' }, LONG_AGO);
  fake.methods['conversations.info'] = () => ({ ok: true, channel: { id: 'C2', name: 'general' } });
  await note([], ['C2']);
  expect(findChannel(db, TEAM, 'C2')?.isPrivate).toBe(true);
});

test.each(['internal_error', 'ratelimited', 'token_revoked'])(
  'that Slack says %s is no news of a channel or a person',
  async (error) => {
    const facts = { id: 'C1', name: 'general', isPrivate: false, isArchived: false };
    saveChannel(db, TEAM, facts, LONG_AGO);
    fake.methods['conversations.info'] = () => ({ ok: false, error });
    fake.methods['users.info'] = () => ({ ok: false, error });
    await note(['U1'], ['C1']);
    expect(findChannel(db, TEAM, 'C1')).toMatchObject({ isPrivate: false, refreshedAt: LONG_AGO });
    knowAda();
    await note(['U1'], []);
    expect(findUser(db, TEAM, 'U1')?.name).toBe('Ada');
  },
);

test('a channel that answers under another id has moved', async () => {
  fake.methods['conversations.info'] = () => ({
    ok: true,
    channel: { id: 'C9', name: 'moved', is_private: false },
  });
  await note([], ['C1']);
  expect(findChannel(db, TEAM, 'C1')).toBeUndefined();
  expect(findChannel(db, TEAM, 'C9')).toMatchObject({ name: 'moved', isPrivate: false });
});

test('start reads the channels of the bot, all pages, and asks one by one only for the others', async () => {
  const facts = { name: 'left', isPrivate: false, isArchived: false };
  saveChannel(db, TEAM, { ...facts, id: 'CLEFT' }, LONG_AGO);
  saveUser(
    db,
    TEAM,
    { id: 'UOLD', name: 'Old', isBot: false, isDeleted: false, tz: null },
    LONG_AGO,
  );
  ensureUser(db, TEAM, 'U1');
  knowAda();
  fake.methods['users.conversations'] = (args) =>
    args.get('cursor') === null
      ? {
          ok: true,
          channels: [{ id: 'C1', name: 'one', is_private: false }],
          response_metadata: { next_cursor: 'more=' },
        }
      : {
          ok: true,
          channels: [{ id: 'C2', name: 'two', is_private: true }],
          response_metadata: { next_cursor: '' },
        };
  fake.methods['conversations.info'] = () => ({ ok: false, error: 'channel_not_found' });
  directory.start(TEAM);
  await directory.idle();
  expect(tables(db).channels).toEqual([
    { workspace_id: TEAM, id: 'C1', name: 'one', is_private: 0, is_archived: 0 },
    { workspace_id: TEAM, id: 'C2', name: 'two', is_private: 1, is_archived: 0 },
    { workspace_id: TEAM, id: 'CLEFT', name: 'left', is_private: 1, is_archived: 0 },
  ]);
  expect(calls('conversations.info')).toEqual(['conversations.info?channel=CLEFT']);
  expect(calls('users.info')).toEqual(['users.info?user=U1']);
});

test('without the scopes for private channels the public ones are read', async () => {
  fake.methods['users.conversations'] = (args) =>
    args.get('types') === 'public_channel'
      ? { ok: true, channels: [{ id: 'C1', name: 'one', is_private: false }] }
      : { ok: false, error: 'missing_scope' };
  directory.start(TEAM);
  await directory.idle();
  expect(findChannel(db, TEAM, 'C1')?.isPrivate).toBe(false);
});

test('when Slack is not there nothing changes, and the next mention asks again', async () => {
  const facts = { id: 'C1', name: 'general', isPrivate: false, isArchived: false };
  saveChannel(db, TEAM, facts, LONG_AGO);
  const before = tables(db);
  await fake.stop();
  await note([], ['C1']);
  expect(tables(db)).toEqual(before);
  expect(findChannel(db, TEAM, 'C1')?.refreshedAt).toBe(LONG_AGO);
});

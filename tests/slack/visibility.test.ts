import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { patientOptions, plainOptions } from '../../src/slack/client.ts';
import { viewerFor, viewerForChannel } from '../../src/slack/visibility.ts';
import { startServer } from '../playground/server/workspace.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';

let fake: FakeSlack;
let client: WebClient;

beforeEach(async () => {
  fake = await startFakeSlack();
  client = new WebClient('xoxb-test', plainOptions(fake.apiUrl, undefined));
  fake.methods['users.info'] = (args) => ({ ok: true, user: { id: args.get('user') } });
});

afterEach(() => fake.stop());

test('in a workspace: a person sees the private channels shared with the bot, a channel itself', async () => {
  const server = await startServer();
  const real = new WebClient(server.botToken, patientOptions(server.apiUrl, undefined));
  const viewer = (...privateChannelIds: string[]) => ({ workspaceId: 'T1', privateChannelIds });
  expect(await viewerFor(real, 'T1', 'UADA')).toEqual(viewer('CSEC'));
  expect(await viewerFor(real, 'T1', 'UBO')).toEqual(viewer());
  expect(await viewerForChannel(real, 'T1', 'CGEN')).toEqual(viewer());
  expect(await viewerForChannel(real, 'T1', 'CSEC')).toEqual(viewer('CSEC'));
  await expect(viewerForChannel(real, 'T1', 'CHID')).rejects.toThrow(/leave “public” out/);
  await server.stop();
});

test('all pages of a person with many channels', async () => {
  fake.methods['users.conversations'] = (args) => {
    const page = Number(args.get('cursor') ?? 0);
    return {
      ok: true,
      channels: [{ id: `C${page}`, name: 'x', is_private: true }],
      response_metadata: { next_cursor: page < 2 ? String(page + 1) : '' },
    };
  };
  expect((await viewerFor(client, 'T1', 'U1')).privateChannelIds).toEqual(['C0', 'C1', 'C2']);
  const calls = fake.calls.filter((call) => call.startsWith('users.conversations'));
  expect(calls.map((call) => call.includes('user=U1'))).toEqual([true, true, true]);
});

test('a guest sees the channels that they are in, and no other', async () => {
  const own = [
    { id: 'CPUB', name: 'help', is_private: false },
    { id: 'CSEC', name: 'secret', is_private: true },
  ];
  fake.methods['users.conversations'] = (args) => {
    const types = args.get('types')?.split(',') ?? [];
    return {
      ok: true,
      channels: own.filter((c) =>
        types.includes(c.is_private ? 'private_channel' : 'public_channel'),
      ),
    };
  };
  const guest = { workspaceId: 'T1', privateChannelIds: ['CSEC'], publicChannelIds: ['CPUB'] };
  for (const kind of ['is_restricted', 'is_ultra_restricted']) {
    fake.methods['users.info'] = () => ({ ok: true, user: { id: 'U1', [kind]: true } });
    expect(await viewerFor(client, 'T1', 'U1')).toEqual(guest);
  }
  fake.methods['users.info'] = () => ({ ok: false, error: 'user_not_found' });
  expect(await viewerFor(client, 'T1', 'U1')).toEqual(guest);
  fake.methods['users.info'] = () => 30;
  await expect(viewerFor(client, 'T1', 'U1')).rejects.toThrow();
});

test('an answer in a channel shared with others holds that channel alone', async () => {
  const shared = (isPrivate: boolean) => () => ({
    ok: true,
    channel: { id: 'C1', is_private: isPrivate, is_ext_shared: true },
  });
  fake.methods['conversations.info'] = shared(false);
  expect(await viewerForChannel(client, 'T1', 'C1')).toEqual({
    workspaceId: 'T1',
    privateChannelIds: [],
    publicChannelIds: ['C1'],
  });
  fake.methods['conversations.info'] = shared(true);
  expect(await viewerForChannel(client, 'T1', 'C1')).toEqual({
    workspaceId: 'T1',
    privateChannelIds: ['C1'],
    publicChannelIds: [],
  });
});

test('without the scope for private channels there are none to see', async () => {
  fake.methods['users.conversations'] = () => ({ ok: false, error: 'missing_scope' });
  expect(await viewerFor(client, 'T1', 'U1')).toEqual({
    workspaceId: 'T1',
    privateChannelIds: [],
  });
});

test('when Slack can not be asked there is no viewer', async () => {
  fake.methods['users.conversations'] = () => 30;
  fake.methods['conversations.info'] = () => 30;
  await expect(viewerFor(client, 'T1', 'U1')).rejects.toThrow();
  await expect(viewerForChannel(client, 'T1', 'C1')).rejects.toThrow();
  fake.methods['conversations.info'] = () => ({ ok: false, error: 'internal_error' });
  await expect(viewerForChannel(client, 'T1', 'C1')).rejects.toThrow(/internal_error/);
  fake.methods['users.conversations'] = () => ({ ok: false, error: 'internal_error' });
  await expect(viewerFor(client, 'T1', 'U1')).rejects.toThrow(/internal_error/);
});

test('a direct conversation and a group are no private channel', async () => {
  for (const kind of ['is_im', 'is_mpim']) {
    fake.methods['conversations.info'] = () => ({
      ok: true,
      channel: { id: 'G1', is_private: true, [kind]: true },
    });
    expect((await viewerForChannel(client, 'T1', 'G1')).privateChannelIds).toEqual([]);
  }
});

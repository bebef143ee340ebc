import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { sample, startServer, webClient } from './workspace.ts';

let server: WorkspaceServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

type Answer = Record<string, unknown>;

/** Calls without a client in between, with `body` as JSON or as a form. */
async function call(
  method: string,
  body: Record<string, unknown> | URLSearchParams = {},
  token: string | undefined = server.botToken,
): Promise<Answer> {
  const isForm = body instanceof URLSearchParams;
  const response = await fetch(server.apiUrl + method, {
    method: 'POST',
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: isForm ? body : JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

const refusal = async (method: string, body: Record<string, unknown> = {}) =>
  (await call(method, body)).error;

describe('tokens', () => {
  test('none, a wrong one, the wrong kind', async () => {
    expect(await call('auth.test', {}, '')).toMatchObject({ ok: false, error: 'not_authed' });
    expect(await call('auth.test', {}, 'xoxb-no')).toMatchObject({ error: 'invalid_auth' });
    expect(await call('auth.test', {}, server.appToken)).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await call('apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await call('api.test', {}, '')).toMatchObject({ ok: true });
  });

  test('in the header, in a form, in JSON, in the address', async () => {
    const token = server.botToken;
    expect(await call('auth.test')).toMatchObject({ ok: true, user_id: 'UBOT', team_id: 'T1' });
    expect(await call('auth.test', new URLSearchParams({ token }), '')).toMatchObject({ ok: true });
    expect(await call('auth.test', { token }, '')).toMatchObject({ ok: true });
    const answer = await fetch(`${server.apiUrl}auth.test?token=${token}`);
    expect(await answer.json()).toMatchObject({ ok: true });
  });
});

describe('what Slack refuses', () => {
  test.each<[method: string, args: Record<string, unknown>, error: string]>([
    ['no.such.method', {}, 'unknown_method'],
    ['constructor', {}, 'unknown_method'],
    ['chat.postMessage', { text: 'a' }, 'invalid_arguments'],
    ['chat.postMessage', { channel: 'CNONE', text: 'a' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'CHID', text: 'a' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'CSIDE', text: 'a' }, 'not_in_channel'],
    ['chat.postMessage', { channel: 'CGEN' }, 'no_text'],
    ['chat.postMessage', { channel: 'CGEN', text: ' ' }, 'no_text'],
    ['chat.postMessage', { channel: 'CGEN', text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['chat.postMessage', { channel: 'CGEN', blocks: '[{' }, 'invalid_blocks_format'],
    ['chat.postMessage', { channel: 'CGEN', text: 'a', thread_ts: '1.2' }, 'thread_not_found'],
    ['chat.postEphemeral', { channel: 'CGEN', user: 'UNO', text: 'a' }, 'user_not_found'],
    ['chat.postEphemeral', { channel: 'CGEN', user: 'UBO', text: 'a' }, 'user_not_in_channel'],
    ['chat.update', { channel: 'CGEN', ts: '1.000001', text: 'a' }, 'message_not_found'],
    ['chat.update', { channel: 'CGEN', ts: '1700000000.000100', text: 'a' }, 'cant_update_message'],
    ['chat.delete', { channel: 'CGEN', ts: '1700000000.000100' }, 'cant_delete_message'],
    ['chat.getPermalink', { channel: 'CGEN', message_ts: '1.1' }, 'message_not_found'],
    ['conversations.info', { channel: 'CHID' }, 'channel_not_found'],
    ['conversations.history', { channel: 'CHID' }, 'channel_not_found'],
    ['conversations.history', { channel: 'CSIDE' }, 'not_in_channel'],
    ['conversations.history', { channel: 'CGEN', cursor: 'nonsense' }, 'invalid_cursor'],
    ['conversations.history', { channel: 'CGEN', oldest: 'noon' }, 'invalid_ts_oldest'],
    ['conversations.history', { channel: 'CGEN', limit: -1 }, 'invalid_limit'],
    ['conversations.replies', { channel: 'CGEN', ts: '1.1' }, 'thread_not_found'],
    ['conversations.list', { types: 'secret_channel' }, 'invalid_types'],
    ['conversations.list', { cursor: 'bm9uc2Vuc2U=' }, 'invalid_cursor'],
    ['conversations.join', { channel: 'CSEC' }, 'method_not_supported_for_channel_type'],
    ['conversations.open', {}, 'users_list_not_supplied'],
    ['users.info', { user: 'UNO' }, 'user_not_found'],
    ['users.conversations', { user: 'UNO' }, 'user_not_found'],
    ['files.info', { file: 'FNO' }, 'file_not_found'],
    ['files.completeUploadExternal', { files: [{ id: 'FNO' }] }, 'file_not_found'],
    ['files.getUploadURLExternal', { filename: 'a.png', length: 0 }, 'invalid_arguments'],
    ['bots.info', { bot: 'BNO' }, 'bot_not_found'],
    ['team.info', { team: 'TNO' }, 'team_not_found'],
    [
      'views.publish',
      { user_id: 'UADA', view: { type: 'modal', blocks: [] } },
      'invalid_arguments',
    ],
    ['views.update', { view_id: 'VNO', view: { type: 'home', blocks: [] } }, 'not_found'],
  ])('%s %o', async (method, args, error) => {
    expect(await refusal(method, args)).toBe(error);
  });

  test('says which argument is missing', async () => {
    expect(await call('users.info')).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: user'] },
    });
  });

  test('says what is wrong with blocks', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '' } }];
    const words = '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]';
    expect(await call('chat.postMessage', { channel: 'CGEN', text: 'a', blocks })).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: [words] },
    });
    const view = { type: 'home', blocks };
    expect(await call('views.publish', { user_id: 'UADA', view })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [words.replace('/blocks', '/view/blocks')] },
    });
  });

  test('JSON that is none', async () => {
    const post = (body: string) =>
      fetch(`${server.apiUrl}auth.test`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).then((response) => response.json());
    expect(await post('{')).toMatchObject({ error: 'invalid_json' });
    expect(await post('[1]')).toMatchObject({ error: 'json_not_object' });
  });
});

describe('who sees what', () => {
  test('private channels are listed when the bot is in them', async () => {
    const { channels } = await webClient(server).conversations.list({
      types: 'public_channel,private_channel',
    });
    expect(channels?.map((c) => [c.name, c.is_private, c.is_member, c.num_members])).toEqual([
      ['general', false, true, 2],
      ['secret', true, true, 2],
      ['side', false, false, 2],
    ]);
  });

  test("a person's channels are theirs, private ones only where the bot is too", async () => {
    const client = webClient(server);
    const names = async (user?: string) =>
      (
        await client.users.conversations({
          types: 'public_channel,private_channel',
          ...(user ? { user } : {}),
        })
      ).channels?.map((channel) => channel.name);
    expect(await names('UADA')).toEqual(['general', 'secret', 'side']);
    expect(await names('UBO')).toEqual(['side']);
    expect(await names()).toEqual(['general', 'secret']);
  });

  test('people carry their time zone', async () => {
    const { user } = await webClient(server).users.info({ user: 'UADA' });
    expect(user).toMatchObject({ tz: 'Europe/Berlin', real_name: 'Ada Möller', is_bot: false });
    expect([3600, 7200]).toContain(user?.tz_offset);
    const { members } = await webClient(server).users.list({});
    expect(members?.map((member) => member.id)).toEqual(['UADA', 'UBO', 'UBOT']);
  });

  test('a direct conversation is one, however often it is opened', async () => {
    const client = webClient(server);
    const first = await client.conversations.open({ users: 'UBO' });
    const second = await client.conversations.open({ users: 'UBO' });
    expect(second.channel?.id).toBe(first.channel?.id);
    const posted = await client.chat.postMessage({ channel: 'UBO', text: 'hi' });
    expect(posted.channel).toBe(first.channel?.id);
  });
});

describe('pages', () => {
  test('lists go on where the cursor says', async () => {
    const client = webClient(server);
    const first = await client.users.list({ limit: 2 });
    expect(first.members?.map((m) => m.id)).toEqual(['UADA', 'UBO']);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.users.list({ limit: 2, cursor });
    expect(second.members?.map((m) => m.id)).toEqual(['UBOT']);
    expect(second.response_metadata?.next_cursor).toBe('');
  });

  test('history is complete, newest first, and without replies', async () => {
    const own = await startServer({ sample: { ...sample, messages: manyMessages(250) } });
    const client = webClient(own);
    const texts: (string | undefined)[] = [];
    for await (const page of client.paginate('conversations.history', {
      channel: 'CGEN',
      limit: 40,
    })) {
      const { messages } = page as { messages?: { text?: string }[] };
      texts.push(...(messages ?? []).map((m) => m.text));
    }
    expect(texts).toEqual(Array.from({ length: 250 }, (_, i) => `message ${249 - i}`));
    await own.stop();
  });

  test('a window leaves out its ends unless asked to keep them', async () => {
    const own = await startServer({ sample: { ...sample, messages: manyMessages(5) } });
    const texts = async (more: { oldest?: string; latest?: string; inclusive?: boolean }) =>
      (await webClient(own).conversations.history({ channel: 'CGEN', ...more })).messages?.map(
        (m) => m.text?.at(-1),
      );
    const ends = { oldest: '1700000001.000000', latest: '1700000003' };
    expect(await texts(ends)).toEqual(['2']);
    expect(await texts({ ...ends, inclusive: true })).toEqual(['3', '2', '1']);
    expect(await texts({ oldest: '0' })).toHaveLength(5);
    await own.stop();
  });

  test('a thread starts with its parent and goes on oldest first', async () => {
    const own = await startServer();
    const client = webClient(own);
    const parent = { channel: 'CGEN', ts: '1700000000.000100' };
    for (const text of ['r2', 'r3', 'r4']) {
      await client.chat.postMessage({ channel: 'CGEN', thread_ts: parent.ts, text });
    }
    const first = await client.conversations.replies({ ...parent, limit: 3 });
    expect(first.messages?.map((m) => m.text)).toEqual(['first', 'reply', 'r2']);
    expect(first.messages?.[0]).toMatchObject({ reply_count: 4, reply_users_count: 2 });
    expect(first.messages?.[1]).toMatchObject({ parent_user_id: 'UADA', thread_ts: parent.ts });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.replies({ ...parent, limit: 3, cursor });
    expect(second.messages?.map((m) => m.text)).toEqual(['r3', 'r4']);
    expect(second.has_more).toBe(false);
    await own.stop();
  });
});

function manyMessages(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    channel: 'CGEN',
    ts: `${1_700_000_000 + index}.000000`,
    user: 'UADA',
    text: `message ${index}`,
  }));
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { HINTS, listenAs, pageOf, startServer, webClient } from './workspace.ts';

let server: WorkspaceServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

describe('what a person sees', () => {
  test('public channels, and the private ones they are in', async () => {
    const names = async (me: string) =>
      (await pageOf(server, me).state()).channels.map((channel) => channel.name);
    expect(await names('UADA')).toEqual(['general', 'side', 'secret', 'hidden']);
    expect(await names('UBO')).toEqual(['general', 'side', 'hidden']);
  });

  test('themselves, the others and the bot', async () => {
    const state = await pageOf(server, 'UBO').state();
    expect(state).toMatchObject({
      workspaceName: 'Tide Pool',
      me: { id: 'UBO', name: 'bo' },
      bot: { id: 'UBOT', name: 'Groundswell', isBot: true },
      commands: HINTS,
    });
    expect(state.people.map((person) => person.id)).toEqual(['UADA', 'UBO']);
    const answer = await fetch(`${server.url}/playground/api/state`);
    expect(await answer.json()).toMatchObject({ me: { id: 'UADA' } });
  });

  test('nothing of a private channel they are not in', async () => {
    const bo = pageOf(server, 'UBO');
    expect(await bo.messages('CSEC')).toEqual({ error: 'There is no such channel for you.' });
    expect((await bo.say('CSEC', 'let me in')).status).toBe(400);
    const live = await listenAs(server, 'UBO');
    await pageOf(server, 'UADA').say('CSEC', 'between us');
    await pageOf(server, 'UADA').say('CGEN', 'for all');
    await expect
      .poll(() => live.events.filter((event) => event.type === 'message'), { timeout: 10_000 })
      .toMatchObject([{ message: { text: 'for all' } }]);
    live.close();
  });

  test('pages of a channel and of a thread', async () => {
    const bo = pageOf(server, 'UBO');
    const first = await bo.messages('CGEN', '&limit=1');
    expect(first).toMatchObject({ hasMore: true, messages: [{ text: 'second' }] });
    const before = `&limit=1&before=${first.messages[0]?.ts}`;
    expect(await bo.messages('CGEN', before)).toMatchObject({
      hasMore: false,
      messages: [{ text: 'first', replyCount: 1 }],
    });
    expect(await bo.messages('CGEN', '&thread=1700000000.000100')).toMatchObject({
      hasMore: false,
      messages: [{ text: 'first' }, { text: 'reply' }],
    });
    for (const text of ['second reply', 'third reply']) {
      await bo.say('CGEN', text, '1700000000.000100');
    }
    const thread = '&thread=1700000000.000100&limit=2';
    const newest = await bo.messages('CGEN', thread);
    expect(newest).toMatchObject({
      hasMore: true,
      messages: [{ text: 'second reply' }, { text: 'third reply' }],
    });
    expect(await bo.messages('CGEN', `${thread}&before=${newest.messages[0]?.ts}`)).toMatchObject({
      hasMore: false,
      messages: [{ text: 'first' }, { text: 'reply' }],
    });
  });

  test('which conversation is theirs with the bot, once there is one', async () => {
    const bo = pageOf(server, 'UBO');
    const direct = async () => (await bo.state()).channels.filter(({ isDirect }) => isDirect);
    expect(await direct()).toEqual([]);
    await bo.get('home');
    expect(await direct()).toMatchObject([{ isPrivate: true, memberCount: 2 }]);
  });

  test('a reply of the bot that is sent to the channel too, in both', async () => {
    const live = await listenAs(server, 'UBO');
    await webClient(server).chat.postMessage({
      channel: 'CGEN',
      text: 'for everybody',
      thread_ts: '1700000000.000100',
      reply_broadcast: true,
    });
    const both = { text: 'for everybody', isBroadcast: true };
    await expect
      .poll(() => live.events.find((event) => event.type === 'message'), { timeout: 10_000 })
      .toMatchObject({ message: both });
    live.close();
    expect((await pageOf(server, 'UBO').messages('CGEN')).messages.at(-1)).toMatchObject(both);
  });

  test('what only they can see stands where it was said', async () => {
    const client = webClient(server);
    await client.chat.postEphemeral({ channel: 'CGEN', user: 'UADA', text: 'whisper' });
    await client.chat.postMessage({ channel: 'CGEN', text: 'loud' });
    const texts = async (me: string) =>
      (await pageOf(server, me).messages('CGEN')).messages.map((message) => message.text);
    expect(await texts('UADA')).toEqual(['first', 'second', 'whisper', 'loud']);
    expect(await texts('UBO')).toEqual(['first', 'second', 'loud']);
  });
});

describe('what a person types', () => {
  test.each([
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['@ada see #general.', '<@UADA> see <#CGEN|general>.'],
    ['@Ada Möller and @Bo <b>!', '<@UADA> and <@UBO>!'],
    ['ada@ada.org #generals @adam', 'ada@ada.org #generals @adam'],
    ['@here look', '<!here> look'],
    ['see https://example.org/?a=1&b=2.', 'see <https://example.org/?a=1&amp;b=2>.'],
    ['<@UADA> &amp; <#CGEN> &lt;b&gt;', '<@UADA> &amp; <#CGEN> &lt;b&gt;'],
  ])('%s', async (typed, stored) => {
    const ada = pageOf(server, 'UADA');
    await ada.say('CGEN', typed);
    expect((await ada.messages('CGEN')).messages.at(-1)?.text).toBe(stored);
  });

  test('with a space in front is a message, even if it looks like a command', async () => {
    const ada = pageOf(server, 'UADA');
    await ada.say('CGEN', ' /metrics shows charts');
    expect((await ada.messages('CGEN')).messages.at(-1)?.text).toBe('/metrics shows charts');
  });

  test('a private channel has no name for those who are not in it', async () => {
    const bo = pageOf(server, 'UBO');
    await bo.say('CSIDE', 'about #secret and #hidden');
    expect((await bo.messages('CSIDE')).messages.at(-1)?.text).toBe(
      'about #secret and <#CHID|hidden>',
    );
  });

  test('is theirs alone to change', async () => {
    const theirs = { channel: 'CGEN', ts: '1700000001.000100' };
    const bo = pageOf(server, 'UBO');
    expect((await bo.post('messages/edit', { ...theirs, text: 'x' })).status).toBe(400);
    expect((await bo.post('messages/delete', theirs)).status).toBe(400);
    const live = await listenAs(server, 'UBO');
    const ada = pageOf(server, 'UADA');
    await ada.post('messages/edit', { ...theirs, text: 'better' });
    await ada.post('messages/delete', theirs);
    await expect
      .poll(() => live.events.slice(1), { timeout: 10_000 })
      .toMatchObject([
        { type: 'changed', message: { text: 'better', editedTs: expect.any(String) } },
        { type: 'deleted', ...theirs },
      ]);
    live.close();
  });

  test('a reply changes the count under its parent', async () => {
    const live = await listenAs(server, 'UBO');
    await pageOf(server, 'UADA').say('CGEN', 'another', '1700000000.000100');
    await expect
      .poll(() => live.events.slice(1), { timeout: 10_000 })
      .toMatchObject([
        { type: 'message', message: { threadTs: '1700000000.000100' } },
        { type: 'changed', message: { text: 'first', replyCount: 2 } },
      ]);
    live.close();
  });

  test('nothing, too much, nonsense', async () => {
    const ada = pageOf(server, 'UADA');
    expect(await ada.say('CGEN', '  ')).toMatchObject({
      status: 400,
      body: { error: 'Write something first.' },
    });
    expect((await ada.say('CGEN', 'x'.repeat(40_001))).status).toBe(400);
    expect((await ada.say('CGEN', 'x', '1.000001')).status).toBe(400);
    server.store.channels.archive('CGEN', true);
    expect((await ada.say('CGEN', 'too late')).body).toEqual({
      error: 'This channel is archived.',
    });
    expect(await pageOf(server, 'UNO').state()).toEqual({ error: 'There is no such person here.' });
  });
});

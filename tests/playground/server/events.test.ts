import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkspaceServer } from '../../../playground/server/index.ts';
import { type AppSocket, openSocket } from './socket.ts';
import { eventually, PIXEL, pageOf, startServer, webClient } from './workspace.ts';

let server: WorkspaceServer;
let socket: AppSocket;
beforeEach(async () => {
  server = await startServer();
  socket = await openSocket(server, true);
});
afterEach(() => server.stop());

/** The events that came after `act`, once there are `count` of them. */
async function eventsOf(count: number, act: () => unknown): Promise<Record<string, unknown>[]> {
  const before = socket.events().length;
  await act();
  await eventually(() => expect(socket.events()).toHaveLength(before + count));
  return socket
    .events()
    .slice(before)
    .map((frame) => frame.payload.event);
}

const FIRST = '1700000000.000100';
const SECOND = '1700000001.000100';

test('an edit', async () => {
  const [event] = await eventsOf(1, () =>
    pageOf(server, 'UADA').post('messages/edit', {
      channel: 'CGEN',
      ts: FIRST,
      text: 'new & better',
    }),
  );
  expect(event).toMatchObject({
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: 'CGEN',
    message: { ts: FIRST, text: 'new &amp; better', edited: { user: 'UADA' } },
    previous_message: { ts: FIRST, text: 'first' },
  });
  expect(event).not.toHaveProperty('user');
  expect(event?.event_ts).toBe(event?.ts);
});

test('a deletion', async () => {
  const [event] = await eventsOf(1, () =>
    pageOf(server, 'UADA').post('messages/delete', { channel: 'CGEN', ts: SECOND }),
  );
  expect(event).toMatchObject({
    subtype: 'message_deleted',
    deleted_ts: SECOND,
    previous_message: { text: 'second' },
  });
});

test('a deleted parent of replies leaves a tombstone', async () => {
  const [event] = await eventsOf(1, () =>
    pageOf(server, 'UADA').post('messages/delete', { channel: 'CGEN', ts: FIRST }),
  );
  expect(event).toMatchObject({
    subtype: 'message_changed',
    message: { subtype: 'tombstone', ts: FIRST, user: 'USLACKBOT', reply_count: 1 },
    previous_message: { text: 'first' },
  });
});

test('a reply that also goes to the channel', async () => {
  const client = webClient(server);
  const [event] = await eventsOf(1, () =>
    client.chat.postMessage({
      channel: 'CGEN',
      text: 'for all',
      thread_ts: FIRST,
      reply_broadcast: true,
    }),
  );
  expect(event).toMatchObject({ subtype: 'thread_broadcast', thread_ts: FIRST, bot_id: 'BBOT' });
  const { messages } = await client.conversations.history({ channel: 'CGEN', limit: 1 });
  expect(messages?.[0]).toMatchObject({ subtype: 'thread_broadcast', text: 'for all' });
});

test("a change of the bot's blocks is no edit, a change of its text is", async () => {
  const client = webClient(server);
  const blocks = [{ type: 'divider' as const }];
  const [posted] = await eventsOf(1, () =>
    client.chat.postMessage({ channel: 'CGEN', text: 'a', blocks }),
  );
  const ts = String(posted?.ts);
  const [changed] = await eventsOf(1, () =>
    client.chat.update({ channel: 'CGEN', ts, text: 'b', blocks: [...blocks, ...blocks] }),
  );
  expect(changed).toMatchObject({ subtype: 'message_changed', message: { text: 'b' } });
  expect(changed?.message).not.toHaveProperty('edited');
  const [edited] = await eventsOf(1, () => client.chat.update({ channel: 'CGEN', ts, text: 'c' }));
  expect(edited).toMatchObject({ message: { text: 'c', edited: { user: 'UBOT' } } });
  expect(edited?.message).not.toHaveProperty('blocks');
});

test('a shared file is a file_share when it happens and has no subtype in history', async () => {
  const client = webClient(server);
  const [event] = await eventsOf(1, () =>
    client.files.uploadV2({
      channel_id: 'CGEN',
      file: PIXEL,
      filename: 'chart.png',
      initial_comment: 'Look',
      alt_text: 'One pixel',
    }),
  );
  expect(event).toMatchObject({
    subtype: 'file_share',
    text: 'Look',
    files: [{ name: 'chart.png', mimetype: 'image/png', original_w: 1, alt_txt: 'One pixel' }],
  });
  const { messages } = await client.conversations.history({ channel: 'CGEN', limit: 1 });
  expect(messages?.[0]).toMatchObject({ files: [{ name: 'chart.png' }] });
  expect(messages?.[0]).not.toHaveProperty('subtype');
});

test('joining is told twice, once as a message', async () => {
  const events = await eventsOf(3, () => pageOf(server, 'UBO').say('CGEN', 'hi'));
  expect(events.map((event) => [event.type, event.subtype, event.user])).toEqual([
    ['member_joined_channel', undefined, 'UBO'],
    ['message', 'channel_join', 'UBO'],
    ['message', undefined, 'UBO'],
  ]);
});

test('renaming, archiving, leaving and reacting', async () => {
  const { channels, messages, reactions } = server.store;
  const message = messages.find('CGEN', FIRST);
  if (!message) throw new Error('the sample has it');
  const events = await eventsOf(6, () => {
    channels.rename('CGEN', 'lobby');
    channels.rename('CSEC', 'vault');
    channels.archive('CGEN', true);
    channels.leave('CGEN', 'UADA');
    reactions.add(message, 'UADA', 'wave');
    reactions.remove(message, 'UADA', 'wave');
  });
  expect(events).toMatchObject([
    { type: 'channel_rename', channel: { id: 'CGEN', name: 'lobby' } },
    { type: 'group_rename', channel: { id: 'CSEC', is_private: true } },
    { type: 'channel_archive', channel: 'CGEN' },
    { type: 'member_left_channel', user: 'UADA', channel: 'CGEN' },
    { type: 'reaction_added', reaction: 'wave', item: { ts: FIRST }, item_user: 'UADA' },
    { type: 'reaction_removed', reaction: 'wave' },
  ]);
});

test('a visit of the home tab', async () => {
  const page = pageOf(server, 'UADA');
  expect(await page.get('home')).toEqual({ view: null });
  await eventually(() => expect(socket.events()).toHaveLength(1));
  expect(socket.events()[0]?.payload.event).toMatchObject({
    type: 'app_home_opened',
    user: 'UADA',
    tab: 'home',
    channel: expect.stringMatching(/^D/),
  });
  await webClient(server).views.publish({
    user_id: 'UADA',
    view: { type: 'home', blocks: [{ type: 'divider' }] },
  });
  expect(await page.get('home')).toMatchObject({ view: { type: 'home' } });
  await eventually(() => expect(socket.events()).toHaveLength(2));
  expect(socket.events()[1]?.payload.event).toMatchObject({ view: { type: 'home' } });
});

test('ephemeral messages are nobody else’s business', async () => {
  const events = await eventsOf(1, async () => {
    const client = webClient(server);
    await client.chat.postEphemeral({ channel: 'CGEN', user: 'UADA', text: 'psst' });
    await client.chat.postMessage({ channel: 'CGEN', text: 'loud' });
  });
  expect(events[0]).toMatchObject({ text: 'loud' });
});

import { expect, test } from 'vitest';
import { firstActiveDay, recordedChannels } from '../../db/activity.ts';
import { recordEnvelopes } from '../../src/slack/recorder.ts';
import {
  change,
  deletion,
  edit,
  envelope,
  onlyMessage,
  openWith,
  post,
  recount,
  TEAM,
  tables,
} from './history.ts';

const TS = '1767225599.000100';

/** The one message that remains of `events`. */
function messageOf(...events: Record<string, unknown>[]): Record<string, unknown> {
  const db = openWith(TEAM);
  recordEnvelopes(
    db,
    events.map((event) => envelope(event)),
  );
  expect(tables(db).counts).toEqual(recount(db));
  return onlyMessage(db);
}

test('a message becomes a row and a count on the UTC day of its ts', () => {
  const db = openWith(TEAM);
  expect(recordEnvelopes(db, [envelope(post(TS))])).toEqual({ recorded: 1, skipped: 0 });
  expect(onlyMessage(db)).toEqual({
    workspace_id: TEAM,
    channel_id: 'C1',
    ts: TS,
    day: '2025-12-31',
    user_id: 'U1',
    bot_id: null,
    subtype: null,
    thread_ts: null,
    edited_ts: null,
    is_counted: 1,
    is_deleted: 0,
    text: `said at ${TS}`,
    raw: null,
  });
  expect(tables(db).counts).toEqual([
    { workspace_id: TEAM, day: '2025-12-31', channel_id: 'C1', user_id: 'U1', messages: 1 },
  ]);
});

test('the same ts in two channels is two messages', () => {
  const db = openWith(TEAM);
  recordEnvelopes(db, [envelope(post(TS)), envelope(post(TS, { channel: 'C2' }))]);
  expect(tables(db).messages).toHaveLength(2);
});

test('an edit changes the text and keeps the count, before its message too', () => {
  const first = post(TS);
  const edited = edit(first, '1767225700.000000', 'better');
  for (const events of [
    [first, edited],
    [edited, first],
  ]) {
    expect(messageOf(...events)).toMatchObject({
      text: 'better',
      edited_ts: '1767225700.000000',
      is_counted: 1,
    });
  }
});

test('an older edit does not overwrite a newer one', () => {
  const first = post(TS);
  const older = edit(first, '1767225700.000000', 'a much longer first correction');
  const newer = edit(first, '1767225800.000000', 'second');
  expect(messageOf(first, newer, older).text).toBe('second');
});

test('a link preview is no edit', () => {
  const first = post(TS, { text: 'see https://example.org' });
  const preview = change({ ...first, attachments: [{ from_url: 'https://example.org' }] });
  const row = messageOf(first, preview);
  expect(row).toMatchObject({ text: first.text, edited_ts: null });
  expect(messageOf(preview, first)).toEqual(row);
});

test('what is edited or gets its preview is counted when its message comes, and not before', () => {
  const old = post('1690000000.000100', { text: 'see https://example.org' });
  const preview = change({ ...old, attachments: [{ from_url: 'https://example.org' }] });
  const db = openWith(TEAM);
  recordEnvelopes(
    db,
    [preview, edit(old, '1767225600.000000', 'then'), post(TS)].map((event) => envelope(event)),
  );
  const viewer = { workspaceId: TEAM, privateChannelIds: ['C1'] };
  expect(firstActiveDay(db, TEAM)).toBe('2025-12-31');
  expect(recordedChannels(db, viewer)).toMatchObject([{ since: '2025-12-31' }]);
  recordEnvelopes(db, [envelope(old)]);
  expect(firstActiveDay(db, TEAM)).toBe('2023-07-22');
});

test.each(['edit', 'preview'])('a channel of which only an %s is known is not recorded', (what) => {
  const old = post(TS);
  const db = openWith(TEAM);
  const event = what === 'edit' ? edit(old, '1767225700.000000', 'then') : change(old);
  recordEnvelopes(db, [envelope(event)]);
  expect(recordedChannels(db, { workspaceId: TEAM, privateChannelIds: ['C1'] })).toEqual([]);
});

test('a deletion sticks, drops the text and takes the count away', () => {
  const first = post(TS);
  for (const events of [
    [first, deletion(first)],
    [deletion(first), first],
    [deletion(first), first, edit(first, '1767225700.000000', 'too late')],
  ]) {
    expect(messageOf(...events)).toMatchObject({ is_deleted: 1, is_counted: 0, text: '' });
  }
});

test('a deleted thread parent becomes a tombstone', () => {
  const first = post(TS);
  const tombstone = change({
    ...first,
    user: 'USLACKBOT',
    subtype: 'tombstone',
    text: 'This message was deleted.',
  });
  for (const events of [
    [first, tombstone],
    [tombstone, first],
  ]) {
    expect(messageOf(...events)).toMatchObject({
      is_deleted: 1,
      is_counted: 0,
      user_id: 'U1',
      text: '',
    });
  }
});

test('a reply knows its thread, a parent is no reply to itself', () => {
  expect(messageOf(post(TS, { thread_ts: '1767225000.000000' })).thread_ts).toBe(
    '1767225000.000000',
  );
  expect(messageOf(post(TS, { thread_ts: TS, reply_count: 2 })).thread_ts).toBeNull();
});

test('a broadcast that comes as both kinds is one message, counted once', () => {
  const reply = post(TS, { thread_ts: '1767225000.000000' });
  const broadcast = { ...reply, subtype: 'thread_broadcast' };
  for (const events of [
    [reply, broadcast],
    [broadcast, reply],
    [reply, change(broadcast)],
  ]) {
    expect(messageOf(...events)).toMatchObject({ subtype: 'thread_broadcast', is_counted: 1 });
  }
});

test.each([
  ['a file with words', 1, { subtype: 'file_share', files: [{ id: 'F1' }] }],
  ['/me', 1, { subtype: 'me_message' }],
  ['a bot post of today', 0, { bot_id: 'B1' }],
  ['a bot post of old', 0, { subtype: 'bot_message', user: undefined, bot_id: 'B1' }],
  ['Slackbot', 0, { user: 'USLACKBOT' }],
  ['a join', 0, { subtype: 'channel_join' }],
  ['a topic', 0, { subtype: 'channel_topic', topic: 'x' }],
  ['an unknown subtype', 0, { subtype: 'from_the_future' }],
])('%s is stored and counts %d', (_name, counted, more) => {
  expect(messageOf(post(TS, more))).toMatchObject({ is_counted: counted, is_deleted: 0 });
});

test('what the columns would lose is kept as it came', () => {
  const unknown = post(TS, { subtype: 'from_the_future', cargo: 7 });
  expect(JSON.parse(String(messageOf(unknown).raw))).toEqual(unknown);
  const wordless = post(TS, { text: '', blocks: [{ type: 'divider' }] });
  expect(JSON.parse(String(messageOf(wordless).raw))).toMatchObject({
    blocks: [{ type: 'divider' }],
  });
  expect(messageOf(wordless, deletion(wordless)).raw).toBeNull();
});

test.each([
  ['a direct message', post(TS, { channel: 'D1', channel_type: 'im' })],
  ['a direct message without its type', post(TS, { channel: 'D1', channel_type: undefined })],
  ['a group of people', post(TS, { channel: 'G1', channel_type: 'mpim' })],
  ['an edit of a direct message', edit(post(TS, { channel_type: 'im' }), '1.0', 'x')],
  ['a deletion of a direct message', deletion(post(TS, { channel_type: 'im' }))],
  ['what only one person sees', post(TS, { is_ephemeral: true })],
  ['a thread that grew', { ...post(TS), subtype: 'message_replied', message: post(TS) }],
  ['a mention, whose message comes by itself', { ...post(TS), type: 'app_mention' }],
  ['a message without ts', post('')],
  ['a message without channel', post(TS, { channel: undefined })],
  ['a reaction', { type: 'reaction_added', user: 'U1' }],
  ['nothing', {}],
])('%s is not stored', (_name, event) => {
  const db = openWith(TEAM);
  expect(recordEnvelopes(db, [envelope(event)])).toEqual({ recorded: 0, skipped: 1 });
  expect(tables(db)).toEqual({ messages: [], counts: [], channels: [], users: [] });
});

test('with Slack Connect the event goes to the workspace that the bot is installed in', () => {
  const foreign = { team_id: 'T9', context_team_id: 'T8' };
  const db = openWith(TEAM);
  recordEnvelopes(db, [envelope(post(TS, { user_team: 'T9' }), foreign)]);
  expect(onlyMessage(db).workspace_id).toBe(TEAM);
});

test('without authorizations, and in an organisation without team_id, the context decides', () => {
  const db = openWith(TEAM);
  recordEnvelopes(db, [
    envelope(post(TS), { authorizations: undefined, team_id: null, context_team_id: TEAM }),
  ]);
  expect(onlyMessage(db).workspace_id).toBe(TEAM);
});

test.each([[undefined], ['text'], [7], [null], [[]], [{}], [{ event: 'text' }], [{ event: [] }]])(
  'what is no envelope is skipped: %j',
  (nothing) => {
    expect(recordEnvelopes(openWith(TEAM), [nothing])).toEqual({ recorded: 0, skipped: 1 });
  },
);

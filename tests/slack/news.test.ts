import { expect, test } from 'vitest';
import { findChannel, saveChannel } from '../../db/channels.ts';
import { packDays, visitCounts } from '../../db/message-counts.ts';
import type { Db } from '../../db/open.ts';
import { saveUser } from '../../db/users.ts';
import { recordEnvelopes } from '../../src/slack/recorder.ts';
import { findUser } from '../find-user.ts';
import { envelope, openWith, post, recount, TEAM, tables } from './history.ts';

const LONG_AGO = '2020-01-01T00:00:00.000Z';

function withChannel(): Db {
  const db = openWith(TEAM);
  saveChannel(db, TEAM, { id: 'C1', name: 'old', isPrivate: false, isArchived: false }, LONG_AGO);
  return db;
}

function record(db: Db, ...events: Record<string, unknown>[]): void {
  recordEnvelopes(
    db,
    events.map((event) => envelope(event)),
  );
}

test.each([['channel_rename'], ['group_rename']])('%s renames, and asks to look again', (type) => {
  const db = withChannel();
  record(db, { type, channel: { id: 'C1', name: 'new', created: 1 } });
  expect(findChannel(db, TEAM, 'C1')).toMatchObject({ name: 'new', refreshedAt: null });
});

test.each([['channel'], ['group']])('%s_archive and %s_unarchive', (kind) => {
  const db = withChannel();
  record(db, { type: `${kind}_archive`, channel: 'C1', user: 'U1' });
  expect(findChannel(db, TEAM, 'C1')?.isArchived).toBe(true);
  record(db, { type: `${kind}_unarchive`, channel: 'C1', user: 'U1' });
  expect(findChannel(db, TEAM, 'C1')?.isArchived).toBe(false);
});

test('a deleted channel keeps its messages', () => {
  const db = withChannel();
  record(db, post('1767225599.000100'), { type: 'channel_deleted', channel: 'C1' });
  expect(findChannel(db, TEAM, 'C1')?.isArchived).toBe(true);
  expect(tables(db).messages).toHaveLength(1);
});

test('a new channel is private until Slack has been asked', () => {
  const db = openWith(TEAM);
  record(db, { type: 'channel_created', channel: { id: 'C2', name: 'fresh' } });
  expect(findChannel(db, TEAM, 'C2')).toMatchObject({ name: 'fresh', isPrivate: true });
});

test.each([['channel_convert_to_private'], ['channel_convert_to_public']])(
  '%s: private until Slack has been asked',
  (subtype) => {
    const db = withChannel();
    record(db, post('1767225599.000100', { subtype }));
    expect(findChannel(db, TEAM, 'C1')).toMatchObject({ isPrivate: true, refreshedAt: null });
  },
);

test('joining tells of a channel without changing what is known of it', () => {
  const db = withChannel();
  const join = { type: 'member_joined_channel', user: 'U1', channel_type: 'C' };
  record(db, { ...join, channel: 'C1' }, { ...join, channel: 'C2' });
  expect(findChannel(db, TEAM, 'C1')?.refreshedAt).toBe(LONG_AGO);
  expect(findChannel(db, TEAM, 'C2')?.name).toBeNull();
});

const MOVED = { type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C9' };

/** All messages of the winter, as reports read them. */
function countOf(db: Db): number {
  let sum = 0;
  visitCounts(db, TEAM, '2025-12-01', '2026-02-01', {
    day: () => {},
    channel: (_channel, _users, messages, from, to) => {
      for (const count of messages.slice(from, to)) sum += count;
    },
  });
  return sum;
}

test('a channel that gets a new id keeps its messages and counts', () => {
  const db = withChannel();
  record(db, post('1767225599.000100'), post('1767225600.000100'), MOVED);
  expect(findChannel(db, TEAM, 'C1')).toBeUndefined();
  expect(findChannel(db, TEAM, 'C9')).toMatchObject({ name: 'old', isPrivate: false });
  expect(tables(db).messages).toEqual([
    expect.objectContaining({ channel_id: 'C9' }),
    expect.objectContaining({ channel_id: 'C9' }),
  ]);
  expect(tables(db).counts).toEqual(recount(db));
  const before = tables(db);
  record(db, MOVED);
  expect(tables(db)).toEqual(before);
});

test('messages that came under the new id first, and again under both, are brought together', () => {
  const db = withChannel();
  const first = post('1767225599.000100');
  const second = post('1767225600.000100');
  const third = post('1767225601.000100', { user: 'U2' });
  record(db, { ...third, channel: 'C9' }, { ...second, channel: 'C9' }, first, second);
  packDays(db, TEAM, '2026-02-01', 100);
  expect(countOf(db)).toBe(4);
  record(db, MOVED);
  expect(tables(db).messages).toHaveLength(3);
  expect(tables(db).counts).toEqual(recount(db));
  expect(countOf(db)).toBe(3);
});

test('a packed day that changes is counted anew', () => {
  const db = withChannel();
  record(db, post('1767225599.000100'));
  packDays(db, TEAM, '2026-02-01', 100);
  expect(countOf(db)).toBe(1);
  record(db, post('1767225599.000200'));
  expect(countOf(db)).toBe(2);
});

const ada = {
  id: 'U1',
  name: 'ada',
  deleted: false,
  is_bot: false,
  tz: 'Europe/Berlin',
  real_name: 'Ada Möller',
  profile: { display_name: '', real_name: 'Ada Möller' },
};

test.each([['user_change'], ['team_join']])('%s saves who somebody is', (type) => {
  const db = openWith(TEAM);
  record(db, { type, user: ada });
  expect(findUser(db, TEAM, 'U1')).toMatchObject({
    name: 'Ada Möller',
    isBot: false,
    isDeleted: false,
    tz: 'Europe/Berlin',
  });
});

test('the name people chose wins, then their real one, then their handle', () => {
  const db = openWith(TEAM);
  const named = (profile: object, more: object = {}) => {
    record(db, { type: 'user_change', user: { id: 'U1', name: 'ada', ...more, profile } });
    return findUser(db, TEAM, 'U1')?.name;
  };
  expect(named({ display_name: 'Ada 🦀', real_name: 'Ada Möller' })).toBe('Ada 🦀');
  expect(named({ display_name: '', real_name: 'Ada Möller' })).toBe('Ada Möller');
  expect(named({ display_name: '' }, { real_name: 'Ada M.' })).toBe('Ada M.');
  expect(named({})).toBe('ada');
});

test('older news of a person does not overwrite newer', () => {
  const db = openWith(TEAM);
  const facts = { id: 'U1', isBot: false, isDeleted: false, tz: null };
  saveUser(db, TEAM, { ...facts, name: 'now' }, '2026-06-01T00:00:00.000Z');
  record(db, { type: 'user_change', user: ada });
  expect(findUser(db, TEAM, 'U1')?.name).toBe('now');
});

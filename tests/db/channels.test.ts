import { expect, test } from 'vitest';
import { changeChannelId } from '../../db/channel-ids.ts';
import {
  channelsToRefresh,
  ensureChannel,
  findChannel,
  noteChannelNews,
  noteChannelUnknown,
  saveChannel,
  staleChannels,
  visibleChannels,
} from '../../db/channels.ts';
import type { Viewer } from '../../db/viewer.ts';
import { openWith, TEAM } from '../slack/history.ts';

const FACTS = { id: 'C1', name: 'general', isPrivate: false, isArchived: false };
const [MAY, JUNE, JULY] = [5, 6, 7].map((month) => `2026-0${month}-01T00:00:00.000Z`) as [
  string,
  string,
  string,
];

test('a channel that nobody has looked up is private', () => {
  const db = openWith(TEAM);
  ensureChannel(db, TEAM, 'C1');
  ensureChannel(db, TEAM, 'C1');
  expect(findChannel(db, TEAM, 'C1')).toMatchObject({ name: null, isPrivate: true });
  expect(visibleChannels(db, { workspaceId: TEAM, privateChannelIds: [] })).toEqual([]);
});

test('public channels are for everyone but guests, private ones for who is in them', () => {
  const db = openWith(TEAM);
  saveChannel(db, TEAM, { ...FACTS, id: 'C1' }, JUNE);
  saveChannel(db, TEAM, { ...FACTS, id: 'C2' }, JUNE);
  saveChannel(db, TEAM, { ...FACTS, id: 'C3', isPrivate: true }, JUNE);
  const seen = (lists: Omit<Viewer, 'workspaceId'>) =>
    visibleChannels(db, { workspaceId: TEAM, ...lists }).map(({ id }) => id);
  expect(seen({ privateChannelIds: [] })).toEqual(['C1', 'C2']);
  expect(seen({ privateChannelIds: ['C3'] })).toEqual(['C1', 'C2', 'C3']);
  expect(seen({ privateChannelIds: ['C3'], publicChannelIds: ['C2'] })).toEqual(['C2', 'C3']);
  expect(seen({ privateChannelIds: [], publicChannelIds: ['C3'] })).toEqual([]);
});

test('newer facts win over older ones, in whatever order they come', () => {
  const db = openWith(TEAM);
  saveChannel(db, TEAM, { ...FACTS, name: 'newer' }, JULY);
  saveChannel(db, TEAM, FACTS, JUNE);
  expect(findChannel(db, TEAM, 'C1')).toMatchObject({ name: 'newer', refreshedAt: JULY });
});

test('news change what they tell, and nothing else', () => {
  const db = openWith(TEAM);
  saveChannel(db, TEAM, FACTS, JUNE);
  noteChannelNews(db, TEAM, 'C1', {});
  expect(findChannel(db, TEAM, 'C1')?.refreshedAt).toBe(JUNE);
  noteChannelNews(db, TEAM, 'C1', { isArchived: true });
  expect(findChannel(db, TEAM, 'C1')).toMatchObject({
    name: 'general',
    isPrivate: false,
    isArchived: true,
    refreshedAt: null,
  });
});

test('what Slack does not tell of is private', () => {
  const db = openWith(TEAM);
  saveChannel(db, TEAM, FACTS, JUNE);
  noteChannelUnknown(db, TEAM, 'C1', JULY);
  expect(findChannel(db, TEAM, 'C1')).toMatchObject({ name: 'general', isPrivate: true });
});

test('who is to be asked about: the new and the stale', () => {
  const db = openWith(TEAM, 'T2');
  saveChannel(db, TEAM, { ...FACTS, id: 'CFRESH' }, JULY);
  saveChannel(db, TEAM, { ...FACTS, id: 'CSTALE' }, MAY);
  ensureChannel(db, TEAM, 'CNEW');
  ensureChannel(db, 'T2', 'COTHER');
  expect(channelsToRefresh(db, TEAM, ['CFRESH', 'CSTALE', 'COTHER'], JUNE)).toEqual(['CSTALE']);
  expect(staleChannels(db, TEAM, JUNE).sort()).toEqual(['CNEW', 'CSTALE']);
});

test('a new id keeps the number, so that packed counts go on being read', () => {
  const db = openWith(TEAM);
  saveChannel(db, TEAM, FACTS, JUNE);
  const before = findChannel(db, TEAM, 'C1');
  changeChannelId(db, TEAM, 'C1', 'C2');
  expect(findChannel(db, TEAM, 'C2')).toEqual({ ...before, id: 'C2' });
  changeChannelId(db, TEAM, 'C2', 'C2');
  changeChannelId(db, TEAM, 'C1', 'C2');
  expect(findChannel(db, TEAM, 'C2')).toEqual({ ...before, id: 'C2' });
});

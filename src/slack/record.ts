import { changeChannelId } from '../../db/channel-ids.ts';
import { ensureChannel, noteChannelNews } from '../../db/channels.ts';
import { addToCount, unpackDay } from '../../db/message-counts.ts';
import { type MessageFacts, saveMessage } from '../../db/messages.ts';
import type { Db } from '../../db/open.ts';
import { ensureUser, saveUser } from '../../db/users.ts';
import type { Change, Reading } from './events.ts';

/** The people and channels that a batch of events is about, per workspace. */
export interface Seen {
  readonly workspaceId: string;
  readonly userIds: Set<string>;
  readonly channelIds: Set<string>;
}

interface Batch extends Seen {
  /** Changes of counts: day → channel → user → messages. */
  readonly counts: Map<string, Map<string, Map<string, number>>>;
}

/**
 * Writes what the events say, counts included, and answers whom and what they are about. Must run
 * in a transaction. Recording the same events again, in any order, ends in the same rows.
 */
export function record(db: Db, readings: readonly Reading[], now: string): Seen[] {
  const batches = new Map<string, Batch>();
  for (const { workspaceId, at, changes } of readings) {
    if (changes.length === 0) continue;
    const batch = batches.get(workspaceId) ?? newBatch(workspaceId);
    batches.set(workspaceId, batch);
    for (const change of changes) apply(db, batch, change, at ?? now);
  }
  for (const batch of batches.values()) writeCounts(db, batch);
  return [...batches.values()];
}

function newBatch(workspaceId: string): Batch {
  return { workspaceId, userIds: new Set(), channelIds: new Set(), counts: new Map() };
}

function apply(db: Db, batch: Batch, change: Change, at: string): void {
  const { workspaceId } = batch;
  switch (change.kind) {
    case 'message':
      applyMessage(db, batch, change.facts);
      break;
    case 'user':
      saveUser(db, workspaceId, change.facts, at);
      break;
    case 'channel':
      noteChannelNews(db, workspaceId, change.id, change.news);
      batch.channelIds.add(change.id);
      break;
    case 'channelId':
      // Counts that wait under the old id must be written before the rows move.
      writeCounts(db, batch);
      changeChannelId(db, workspaceId, change.from, change.to);
      batch.channelIds.delete(change.from);
      break;
  }
}

function applyMessage(db: Db, batch: Batch, facts: MessageFacts): void {
  const { workspaceId, counts, channelIds, userIds } = batch;
  if (!channelIds.has(facts.channelId)) {
    ensureChannel(db, workspaceId, facts.channelId);
    channelIds.add(facts.channelId);
  }
  if (facts.userId !== null && !userIds.has(facts.userId)) {
    ensureUser(db, workspaceId, facts.userId);
    userIds.add(facts.userId);
  }
  saveMessage(db, workspaceId, facts, (day, channelId, userId, delta) => {
    const channels = getOrAdd(counts, day);
    const users = getOrAdd(channels, channelId);
    users.set(userId, (users.get(userId) ?? 0) + delta);
  });
}

function getOrAdd<K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> {
  let found = map.get(key);
  if (!found) {
    found = new Map();
    map.set(key, found);
  }
  return found;
}

function writeCounts(db: Db, { workspaceId, counts }: Batch): void {
  for (const [day, channels] of counts) {
    unpackDay(db, workspaceId, day);
    for (const [channelId, users] of channels) {
      for (const [userId, delta] of users) {
        if (delta !== 0) addToCount(db, workspaceId, day, channelId, userId, delta);
      }
    }
  }
  counts.clear();
}

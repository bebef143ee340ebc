import { changeChannelId } from '../../db/channel-ids.ts';
import { ensureChannel, noteChannelNews } from '../../db/channels.ts';
import type { MessageFacts } from '../../db/message-facts.ts';
import { saveMessages } from '../../db/messages.ts';
import type { Db } from '../../db/open.ts';
import { createTally, type Tally } from '../../db/tally.ts';
import { ensureUser, saveUser } from '../../db/users.ts';
import type { Change, Reading } from './events.ts';

/** The people and channels that a batch of events is about, per workspace. */
export interface Seen {
  readonly workspaceId: string;
  readonly userIds: ReadonlySet<string>;
  readonly channelIds: ReadonlySet<string>;
}

interface Batch {
  readonly workspaceId: string;
  readonly userIds: Set<string>;
  readonly channelIds: Set<string>;
  readonly tally: Tally;
  /** Messages that wait to be written, by channel: neighbours in the table are written together. */
  readonly waiting: Map<string, MessageFacts[]>;
  waitingCount: number;
}

const MESSAGES_AT_ONCE = 20_000;

/**
 * Writes what the events say, counts included, and returns whom and what they are about. Must run
 * in a transaction. Recording the same events again, in any order, ends in the same rows. `now` (ms
 * since the epoch) stands in for the time of an event that has none.
 */
export function record(db: Db, readings: Iterable<Reading>, now: number): Seen[] {
  const batches = new Map<string, Batch>();
  for (const { workspaceId, at, changes } of readings) {
    if (changes.length === 0) continue;
    let batch = batches.get(workspaceId);
    if (!batch) {
      batch = newBatch(db, workspaceId);
      batches.set(workspaceId, batch);
    }
    for (const change of changes) apply(db, batch, change, at ?? now);
  }
  for (const batch of batches.values()) flush(db, batch);
  return [...batches.values()];
}

function newBatch(db: Db, workspaceId: string): Batch {
  return {
    workspaceId,
    userIds: new Set(),
    channelIds: new Set(),
    tally: createTally(db, workspaceId),
    waiting: new Map(),
    waitingCount: 0,
  };
}

function apply(db: Db, batch: Batch, change: Change, at: number): void {
  const { workspaceId } = batch;
  switch (change.kind) {
    case 'message':
      addMessage(db, batch, change.facts);
      break;
    case 'user':
      saveUser(db, workspaceId, change.facts, new Date(at).toISOString());
      break;
    case 'channel':
      noteChannelNews(db, workspaceId, change.id, change.news);
      batch.channelIds.add(change.id);
      break;
    case 'channelId':
      // What waits under the old id must be written before the rows move.
      flush(db, batch);
      changeChannelId(db, workspaceId, change.from, change.to);
      batch.channelIds.delete(change.from);
      batch.channelIds.add(change.to);
      break;
  }
}

function addMessage(db: Db, batch: Batch, facts: MessageFacts): void {
  const { workspaceId, channelIds, userIds } = batch;
  if (!channelIds.has(facts.channelId)) {
    ensureChannel(db, workspaceId, facts.channelId);
    channelIds.add(facts.channelId);
  }
  if (facts.userId !== null && !userIds.has(facts.userId)) {
    ensureUser(db, workspaceId, facts.userId);
    userIds.add(facts.userId);
  }
  const inChannel = batch.waiting.get(facts.channelId);
  if (inChannel) inChannel.push(facts);
  else batch.waiting.set(facts.channelId, [facts]);
  batch.waitingCount += 1;
  if (batch.waitingCount === MESSAGES_AT_ONCE) saveWaiting(db, batch);
}

function saveWaiting(db: Db, batch: Batch): void {
  for (const messages of batch.waiting.values()) {
    saveMessages(db, batch.workspaceId, messages, batch.tally.add);
  }
  batch.waiting.clear();
  batch.waitingCount = 0;
}

function flush(db: Db, batch: Batch): void {
  saveWaiting(db, batch);
  batch.tally.write();
}

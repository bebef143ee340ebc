import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { changeChannelId } from '../../db/channel-ids.ts';
import {
  channelsToRefresh,
  noteChannelUnknown,
  saveChannel,
  staleChannels,
} from '../../db/channels.ts';
import type { Db } from '../../db/open.ts';
import {
  ensureUser,
  lacksZone,
  namelessUsers,
  noteUserUnknown,
  saveUser,
  usersToRefresh,
} from '../../db/users.ts';
import { platformError } from './client.ts';
import { channelFacts, channelsOf } from './conversations.ts';
import { fieldsOf } from './fields.ts';
import { createLookups } from './lookups.ts';
import type { Seen } from './record.ts';
import { userFacts } from './slack-user.ts';

const FRESH_MS = 24 * 60 * 60 * 1000;
const TICK_MS = 60 * 60 * 1000;

/** How Slack says that there is no such person or channel for us. */
const UNKNOWN = new Set([
  'channel_not_found',
  'missing_scope',
  'not_in_channel',
  'user_not_found',
  'user_not_visible',
]);

interface DirectoryOptions {
  /** A client of its own, which answers a rate limit with an error. */
  readonly client: WebClient;
  readonly db: Db;
  readonly log: Logger;
}

/** Names and privacy, asked from Slack in the background and kept for a day. */
export interface Directory {
  /** Asks about those of `seen` of whom nothing is known, or nothing new. */
  note(seen: Seen): void;
  /** Asks about somebody who has typed or pressed something, where their zone is not known. */
  meet(workspaceId: string, userId: string): void;
  /** Asks about the bot's channels and the people without a name; from then on every day. */
  start(workspaceId: string): void;
  /**
   * Asks about the bot's channels anew: what became of them while Slack was lost comes with no
   * event.
   */
  refresh(workspaceId: string): void;
  /** Resolves when there is nothing left to ask. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export function createDirectory({ client, db, log }: DirectoryOptions): Directory {
  const lookups = createLookups(log);
  let timer: NodeJS.Timeout | undefined;
  const now = () => new Date().toISOString();
  const dayAgo = () => new Date(Date.now() - FRESH_MS).toISOString();

  function askUser(workspaceId: string, id: string): void {
    lookups.add(`user ${id}`, async () => {
      const answer = await orUnknown(client.users.info({ user: id }));
      const facts = answer && userFacts(fieldsOf(answer.user));
      if (facts) return saveUser(db, workspaceId, facts, now());
      ensureUser(db, workspaceId, id);
      noteUserUnknown(db, workspaceId, id, now());
    });
  }

  function askChannel(workspaceId: string, id: string): void {
    lookups.add(`channel ${id}`, async () => {
      const answer = await orUnknown(client.conversations.info({ channel: id }));
      const facts = answer && channelFacts(fieldsOf(answer.channel));
      if (!facts) return noteChannelUnknown(db, workspaceId, id, now());
      // Slack answers under the new id when it has changed and the event got lost.
      if (facts.id !== id) changeChannelId(db, workspaceId, id, facts.id);
      saveChannel(db, workspaceId, facts, now());
    });
  }

  /**
   * The channels that the bot is in are few, even where the workspace has many. Those it has left
   * are asked for one by one: they may have become private since.
   */
  function refreshChannels(workspaceId: string): void {
    const before = dayAgo();
    lookups.add('channels', async () => {
      for (const facts of await channelsOf(client)) saveChannel(db, workspaceId, facts, now());
      for (const id of staleChannels(db, workspaceId, before)) askChannel(workspaceId, id);
    });
  }

  return {
    note({ workspaceId, userIds, channelIds }) {
      const before = dayAgo();
      for (const id of channelsToRefresh(db, workspaceId, [...channelIds], before)) {
        askChannel(workspaceId, id);
      }
      for (const id of usersToRefresh(db, workspaceId, [...userIds], before)) {
        askUser(workspaceId, id);
      }
    },
    meet(workspaceId, id) {
      if (lacksZone(db, workspaceId, id, dayAgo())) askUser(workspaceId, id);
    },
    start(workspaceId) {
      refreshChannels(workspaceId);
      for (const id of namelessUsers(db, workspaceId)) askUser(workspaceId, id);
      timer = setInterval(() => {
        if (staleChannels(db, workspaceId, dayAgo()).length > 0) refreshChannels(workspaceId);
      }, TICK_MS).unref();
    },
    refresh: refreshChannels,
    idle: () => lookups.idle(),
    stop() {
      clearInterval(timer);
      return lookups.stop();
    },
  };
}

/**
 * Undefined when Slack says that there is no such thing for us. Whatever else it says is no news of
 * the person or the channel, and thrown: the next mention asks again.
 */
async function orUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (UNKNOWN.has(platformError(error) ?? '')) return undefined;
    throw error;
  }
}

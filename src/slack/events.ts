import type { MessageFacts } from '../../db/message-facts.ts';
import type { UserFacts } from '../../db/users.ts';
import { Malformed } from '../errors.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';
import { readMessage } from './message-event.ts';
import { userFacts } from './slack-user.ts';

/** What an event changes in the database. */
export type Change =
  | { readonly kind: 'message'; readonly facts: MessageFacts }
  | { readonly kind: 'user'; readonly facts: UserFacts }
  /** News of a channel. Whatever it leaves out, or can't be sure of, is looked up afterwards. */
  | { readonly kind: 'channel'; readonly id: string; readonly news: ChannelNews }
  | { readonly kind: 'channelId'; readonly from: string; readonly to: string };

interface ChannelNews {
  readonly name?: string;
  readonly isArchived?: boolean;
  /** Set when the channel may have changed its privacy: private until Slack says otherwise. */
  readonly isPrivate?: true;
}

/** One envelope of the Events API, read. */
export interface Reading {
  /** The workspace whose installation the event came for, which need not be its author's. */
  readonly workspaceId: string;
  /** The instant of the event, ms since the epoch; undefined where Slack did not say. */
  readonly at: number | undefined;
  readonly changes: readonly Change[];
}

/**
 * Reads an envelope (`type: event_callback`). An event that says nothing for our tables reads as
 * no changes. Throws Malformed for an envelope that can't be placed.
 */
export function readEnvelope(envelope: unknown): Reading {
  const body = fieldsOf(envelope);
  const changes = readEvent(fieldsOf(body.event));
  const workspaceId = workspaceOf(body);
  if (workspaceId === null && changes.length > 0) {
    throw new Malformed('an event without a workspace');
  }
  const at = typeof body.event_time === 'number' ? body.event_time * 1000 : undefined;
  return { workspaceId: workspaceId ?? '', at, changes };
}

/** With Slack Connect `team_id` may be the author's workspace, in an organisation it may be null. */
function workspaceOf(body: Fields): string | null {
  const [authorization] = Array.isArray(body.authorizations) ? body.authorizations : [];
  return (
    textOf(fieldsOf(authorization).team_id) ?? textOf(body.context_team_id) ?? textOf(body.team_id)
  );
}

function readEvent(event: Fields): Change[] {
  switch (event.type) {
    case 'message':
      return messageChanges(event);
    case 'user_change':
    case 'team_join': {
      const facts = userFacts(fieldsOf(event.user));
      return facts ? [{ kind: 'user', facts }] : [];
    }
    case 'channel_created':
    case 'channel_rename':
    case 'group_rename': {
      const channel = fieldsOf(event.channel);
      const name = textOf(channel.name);
      return channelNews(textOf(channel.id), name === null ? {} : { name });
    }
    case 'channel_archive':
    case 'group_archive':
    case 'channel_deleted':
    case 'group_deleted':
      return channelNews(textOf(event.channel), { isArchived: true });
    case 'channel_unarchive':
    case 'group_unarchive':
      return channelNews(textOf(event.channel), { isArchived: false });
    case 'member_joined_channel':
    case 'channel_shared':
    case 'channel_unshared':
      return channelNews(textOf(event.channel), {});
    case 'channel_id_changed': {
      const [from, to] = [textOf(event.old_channel_id), textOf(event.new_channel_id)];
      return from !== null && to !== null ? [{ kind: 'channelId', from, to }] : [];
    }
    default:
      return [];
  }
}

function messageChanges(event: Fields): Change[] {
  const facts = readMessage(event);
  if (!facts) return [];
  const changes: Change[] = [{ kind: 'message', facts }];
  if (facts.subtype?.startsWith('channel_convert_to_')) {
    changes.push({ kind: 'channel', id: facts.channelId, news: { isPrivate: true } });
  }
  return changes;
}

function channelNews(id: string | null, news: ChannelNews): Change[] {
  return id === null || id.startsWith('D') ? [] : [{ kind: 'channel', id, news }];
}

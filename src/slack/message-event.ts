import type { MessageFacts } from '../../db/message-facts.ts';
import { Malformed } from '../errors.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';
import { isKnownSubtype } from './subtypes.ts';

/**
 * What a `message` event says about a message of a channel; undefined for what is not ours to keep
 * (direct messages, messages that only one person sees) or comes with another event. Throws
 * Malformed when the event lacks the message's key.
 */
export function readMessage(event: Fields): MessageFacts | undefined {
  const channelId = textOf(event.channel);
  if (channelId !== null && isDirect(channelId, textOf(event.channel_type))) return undefined;
  switch (event.subtype) {
    case 'message_changed':
      return withoutAuthor(factsOf(channelId, fieldsOf(event.message)));
    case 'message_deleted':
      return deleted(channelId, textOf(event.deleted_ts));
    case 'message_replied':
      // Says only that a thread grew; the reply has its own event.
      return undefined;
    default:
      return factsOf(channelId, event);
  }
}

/** Anything but a channel is private talk, and so is a kind of conversation we don't know. */
function isDirect(channelId: string, channelType: string | null): boolean {
  if (channelType === null) return channelId.startsWith('D');
  return channelType !== 'channel' && channelType !== 'group';
}

function factsOf(channelId: string | null, message: Fields): MessageFacts | undefined {
  if (message.is_ephemeral === true) return undefined;
  const ts = keyTs(textOf(message.ts));
  const subtype = textOf(message.subtype);
  // What is left of a deleted thread's parent says that Slackbot wrote it.
  if (subtype === 'tombstone') return deleted(channelId, ts);
  const threadTs = textOf(message.thread_ts);
  const text = textOf(message.text) ?? '';
  return {
    channelId: keyChannel(channelId),
    ts,
    userId: textOf(message.user),
    botId: textOf(message.bot_id),
    subtype,
    threadTs: threadTs === ts ? null : threadTs,
    editedTs: textOf(fieldsOf(message.edited).ts),
    isDeleted: false,
    text,
    raw: columnsSuffice(message, subtype, text) ? null : JSON.stringify(message),
  };
}

/**
 * What is edited, or gets its preview, may be older than the bot in the channel, and is no sign
 * that the bot heard what was said then. So its author is taken from the message itself, and from
 * nothing else: until that comes, the message is not counted for anybody.
 */
function withoutAuthor(facts: MessageFacts | undefined): MessageFacts | undefined {
  return facts && { ...facts, userId: null, botId: null };
}

function columnsSuffice(message: Fields, subtype: string | null, text: string): boolean {
  if (subtype !== null && !isKnownSubtype(subtype)) return false;
  return text !== '' || (message.blocks === undefined && message.attachments === undefined);
}

function deleted(channelId: string | null, ts: string | null): MessageFacts {
  return {
    channelId: keyChannel(channelId),
    ts: keyTs(ts),
    userId: null,
    botId: null,
    subtype: null,
    threadTs: null,
    editedTs: null,
    isDeleted: true,
    text: '',
    raw: null,
  };
}

function keyChannel(channelId: string | null): string {
  if (channelId === null) throw new Malformed('a message event without a channel');
  return channelId;
}

function keyTs(ts: string | null): string {
  if (ts === null || !/^\d{1,10}\.\d{1,9}$/.test(ts)) {
    throw new Malformed('a message event without the ts of its message');
  }
  return ts;
}

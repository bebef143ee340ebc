import { checkBlocks, MESSAGE_BLOCKS, withBlockIds } from '../blocks/check.ts';
import { failureWith, SlackFailure } from '../failure.ts';
import type { Store } from '../store/store.ts';
import type { Block, Channel, User } from '../store/types.ts';

/** Checks that many methods share. Each throws the code that Slack would answer. */

/** A channel the bot can see. */
export function visibleChannel(store: Store, id: string): Channel {
  const channel = store.channels.get(id);
  if (!channel || !store.channels.isVisible(channel, store.bot.userId)) {
    throw new SlackFailure('channel_not_found');
  }
  return channel;
}

/** A channel the bot is in. */
export function joinedChannel(store: Store, id: string): Channel {
  const channel = visibleChannel(store, id);
  if (!channel.members.has(store.bot.userId)) throw new SlackFailure('not_in_channel');
  return channel;
}

/** Where a message may go: a channel by id or `#name`, or a person, which is their conversation. */
export function destination(store: Store, id: string): Channel {
  if (store.users.has(id)) return store.channels.direct(id);
  const named = [...store.channels.all.values()].find((channel) => `#${channel.name}` === id);
  const channel = joinedChannel(store, named?.id ?? id);
  if (channel.isArchived) throw new SlackFailure('is_archived');
  return channel;
}

/** Replies to a reply go to its thread, as in Slack. */
export function threadOf(store: Store, channel: string, threadTs: string): string {
  const parent = store.messages.find(channel, threadTs);
  if (!parent) throw new SlackFailure('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

export function knownUser(store: Store, id: string): User {
  const user = store.users.get(id);
  if (!user) throw new SlackFailure('user_not_found');
  return user;
}

const TEXT_LIMIT = 40_000;

interface Content {
  readonly text?: string | undefined;
  readonly markdown_text?: string | undefined;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}

interface CheckedContent {
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly Block[];
}

/** The body of a message, checked as chat.postMessage does. */
export function messageContent(store: Store, content: Content): CheckedContent {
  const blocks = blockList(content.blocks);
  const attachments = blockList(content.attachments);
  const text = content.text ?? content.markdown_text ?? '';
  if (text.length > TEXT_LIMIT) throw new SlackFailure('msg_too_long');
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0) {
    throw new SlackFailure('no_text');
  }
  const wrong = checkBlocks(blocks, MESSAGE_BLOCKS, store.files);
  if (wrong.length > 0) throw failureWith('invalid_blocks', wrong);
  return {
    text,
    ...(blocks.length > 0 ? { blocks: withBlockIds(blocks) } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

/** Blocks come as JSON text from forms; a list that isn't one is `invalid_blocks_format`. */
function blockList(value: unknown): Block[] {
  const list = typeof value === 'string' && value !== '' ? parse(value) : value;
  if (list === undefined || list === null || list === '') return [];
  if (!Array.isArray(list) || list.some((each) => typeof each !== 'object' || each === null)) {
    throw new SlackFailure('invalid_blocks_format');
  }
  return list;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SlackFailure('invalid_blocks_format');
  }
}

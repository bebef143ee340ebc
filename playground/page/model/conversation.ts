import type { LiveEvent, MessagePage, PlaygroundMessage } from '../../protocol.ts';

/** A channel, or a thread of it when `thread` is the parent's ts. */
export interface Place {
  readonly channel: string;
  readonly thread?: string;
}

/** What is known of a conversation: a contiguous stretch up to its newest message. */
export interface Conversation {
  /** Oldest first. */
  readonly messages: readonly PlaygroundMessage[];
  readonly hasMore: boolean;
}

export const nothingYet: Conversation = { messages: [], hasMore: true };

/** Puts the newest page in. Older messages stay where the page reaches back to them. */
export function withLatest(known: Conversation, page: MessagePage): Conversation {
  const latest = page.messages.map((message) => unlessSame(known, message));
  const first = latest[0];
  if (!first || !page.hasMore) return { messages: latest, hasMore: false };
  const overlaps = known.messages.some((message) => message.ts >= first.ts);
  const older = overlaps ? known.messages.filter((message) => message.ts < first.ts) : [];
  return {
    messages: [...older, ...latest],
    hasMore: older.length > 0 ? known.hasMore : page.hasMore,
  };
}

/** Puts a page of history in front. */
export function withOlder(known: Conversation, page: MessagePage): Conversation {
  const first = known.messages[0];
  const older = first ? page.messages.filter((message) => message.ts < first.ts) : page.messages;
  return { messages: [...older, ...known.messages], hasMore: page.hasMore };
}

/** What a live event makes of the conversation at `place`; the same object where it is about another. */
export function afterEvent(known: Conversation, event: LiveEvent, place: Place): Conversation {
  if (event.type === 'message' && isIn(event.message, place)) return put(known, event.message);
  if (event.type === 'changed' && knows(known, event.message)) return put(known, event.message);
  if (event.type === 'deleted' && event.channel === place.channel) {
    const messages = known.messages.filter((message) => message.ts !== event.ts);
    return messages.length === known.messages.length ? known : { ...known, messages };
  }
  return known;
}

/** Whether a new message is shown at `place`. */
function isIn(message: PlaygroundMessage, place: Place): boolean {
  if (message.channel !== place.channel) return false;
  return place.thread === undefined
    ? standsInChannel(message)
    : (message.threadTs ?? message.ts) === place.thread;
}

/** False for a reply that is only in its thread. */
export function standsInChannel({ ts, threadTs, isBroadcast }: PlaygroundMessage): boolean {
  return threadTs === undefined || threadTs === ts || isBroadcast === true;
}

/** The object that is known already where nothing changed: its row need not be drawn again. */
function unlessSame(known: Conversation, message: PlaygroundMessage): PlaygroundMessage {
  const before = known.messages.find(({ ts }) => ts === message.ts);
  return before && JSON.stringify(before) === JSON.stringify(message) ? before : message;
}

function knows(known: Conversation, message: PlaygroundMessage): boolean {
  return known.messages.some((m) => m.ts === message.ts && m.channel === message.channel);
}

function put(known: Conversation, message: PlaygroundMessage): Conversation {
  const rest = known.messages.filter((other) => other.ts !== message.ts);
  const after = rest.findIndex((other) => other.ts > message.ts);
  const messages = after < 0 ? [...rest, message] : rest.toSpliced(after, 0, message);
  return { ...known, messages };
}

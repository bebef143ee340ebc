/** What one event says about one message. Null is "not said", so that facts can be merged. */
export interface MessageFacts {
  readonly channelId: string;
  /** Slack's timestamp as text; with workspace and channel it is the message's key. */
  readonly ts: string;
  readonly userId: string | null;
  readonly botId: string | null;
  readonly subtype: string | null;
  /** The parent's ts; null for a message that is no reply. */
  readonly threadTs: string | null;
  /** When the text was last edited by its author; null for a text as first posted. */
  readonly editedTs: string | null;
  readonly isDeleted: boolean;
  readonly text: string;
  /** The message as Slack sent it, where its columns would lose what it says. */
  readonly raw: string | null;
}

/** The subtypes of what people write. Every other one is the system's or a bot's: stored only. */
export const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set([
  'thread_broadcast',
  'file_share',
  'me_message',
]);

const SLACKBOT = 'USLACKBOT';

/** Whether a message is one that a person wrote and that still stands. */
export function isCounted(message: MessageFacts): boolean {
  return (
    !message.isDeleted &&
    message.userId !== null &&
    message.userId !== SLACKBOT &&
    message.botId === null &&
    (message.subtype === null || WRITTEN_BY_PEOPLE.has(message.subtype))
  );
}

/**
 * Both accounts of one message in one. Commutative, associative and idempotent (a join), so that
 * events may come in any order and any number of times: a deletion sticks, a newer edit wins over
 * an older one, and what one account lacks the other gives.
 */
export function mergeMessages(a: MessageFacts, b: MessageFacts): MessageFacts {
  const isDeleted = a.isDeleted || b.isDeleted;
  const newer = compareContent(a, b) >= 0 ? a : b;
  return {
    channelId: a.channelId,
    ts: a.ts,
    userId: a.userId ?? b.userId,
    botId: a.botId ?? b.botId,
    subtype: mergeSubtypes(a.subtype, b.subtype),
    threadTs: a.threadTs ?? b.threadTs,
    editedTs: newer.editedTs ?? a.editedTs ?? b.editedTs,
    isDeleted,
    text: isDeleted ? '' : newer.text,
    raw: isDeleted ? null : newer.raw,
  };
}

/** A reply that was also sent to the channel may come as both kinds; it is one broadcast. */
function mergeSubtypes(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  if (a === 'thread_broadcast' || b === 'thread_broadcast') return 'thread_broadcast';
  return a > b ? a : b;
}

/**
 * Which text is the newer one. Updates that are not an author's edit (streamed bot posts, link
 * previews) carry no time of their own: there the longer text wins, in whatever order they come.
 */
function compareContent(a: MessageFacts, b: MessageFacts): number {
  return (
    Number(a.editedTs ?? 0) - Number(b.editedTs ?? 0) ||
    compareText(a.text, b.text) ||
    compareText(a.raw ?? '', b.raw ?? '')
  );
}

function compareText(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a > b ? 1 : -1;
}

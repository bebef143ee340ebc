import { type Day, dayOf } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** What one event tells about one message. Null is "not told", so that facts can be merged. */
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

/** A change of one person's count in one channel on one day. */
export type CountChange = (day: Day, channelId: string, userId: string, delta: 1 | -1) => void;

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

type MessageRow = Omit<MessageFacts, 'isDeleted'> & {
  readonly isDeleted: number;
  readonly isCounted: number;
};

/**
 * Stores what `facts` tell, merged with what is known of the message, and reports to `count` how
 * the day's counts change. The channel's row must exist.
 */
export function saveMessage(
  db: Db,
  workspaceId: string,
  facts: MessageFacts,
  count: CountChange,
): void {
  const counted = isCounted(facts);
  if (insertMessage(db, workspaceId, facts, counted)) {
    if (counted && facts.userId) count(dayOfTs(facts.ts), facts.channelId, facts.userId, 1);
    return;
  }
  const before = statement<MessageRow>(
    db,
    `SELECT channel_id AS channelId, ts, user_id AS userId, bot_id AS botId, subtype,
       thread_ts AS threadTs, edited_ts AS editedTs, is_deleted AS isDeleted,
       is_counted AS isCounted, text, raw
     FROM message WHERE workspace_id = ? AND channel_id = ? AND ts = ?`,
  ).get(workspaceId, facts.channelId, facts.ts);
  if (!before) throw new Error('a message that could not be inserted is not there');
  const merged = mergeMessages({ ...before, isDeleted: before.isDeleted === 1 }, facts);
  const stands = isCounted(merged);
  statement(
    db,
    `UPDATE message SET user_id = ?, bot_id = ?, subtype = ?, thread_ts = ?, edited_ts = ?,
       is_counted = ?, is_deleted = ?, text = ?, raw = ?
     WHERE workspace_id = ? AND channel_id = ? AND ts = ?`,
  ).run(
    merged.userId,
    merged.botId,
    merged.subtype,
    merged.threadTs,
    merged.editedTs,
    stands ? 1 : 0,
    merged.isDeleted ? 1 : 0,
    merged.text,
    merged.raw,
    workspaceId,
    facts.channelId,
    facts.ts,
  );
  const counts = (before.isCounted === 1 ? 1 : 0) - (stands ? 1 : 0);
  if (counts !== 0 && merged.userId) {
    count(dayOfTs(facts.ts), facts.channelId, merged.userId, counts > 0 ? -1 : 1);
  }
}

/** True when the message was not known. */
function insertMessage(
  db: Db,
  workspaceId: string,
  facts: MessageFacts,
  counted: boolean,
): boolean {
  const { changes } = statement(
    db,
    `INSERT INTO message (workspace_id, channel_id, ts, day, user_id, bot_id, subtype, thread_ts,
       edited_ts, is_counted, is_deleted, text, raw)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(
    workspaceId,
    facts.channelId,
    facts.ts,
    dayOfTs(facts.ts),
    facts.userId,
    facts.botId,
    facts.subtype,
    facts.threadTs,
    facts.editedTs,
    counted ? 1 : 0,
    facts.isDeleted ? 1 : 0,
    facts.isDeleted ? '' : facts.text,
    facts.isDeleted ? null : facts.raw,
  );
  return changes === 1;
}

const days = new Map<number, Day>();

/** The UTC day of a Slack timestamp. Remembered, because a bulk load asks for few days often. */
export function dayOfTs(ts: string): Day {
  const number = Math.floor(Number(ts) / 86_400);
  const known = days.get(number);
  if (known !== undefined) return known;
  const day = dayOf(number * 86_400_000);
  days.set(number, day);
  return day;
}

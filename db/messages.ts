import { DAY_MS, type Day, dayOf } from './days.ts';
import { isCounted, type MessageFacts, mergeMessages } from './message-facts.ts';
import type { Db } from './open.ts';
import { ROWS_AT_ONCE, rows } from './rows.ts';
import { statement } from './statement.ts';
import type { CountChange } from './tally.ts';

const COLUMNS = 13;

/**
 * Stores what `facts` say, merged with what is known of each message, and reports to `count` how
 * the days' counts change. The channels' rows must exist.
 */
export function saveMessages(
  db: Db,
  workspaceId: string,
  facts: readonly MessageFacts[],
  count: CountChange,
): void {
  for (let from = 0; from < facts.length; from += ROWS_AT_ONCE) {
    const some = facts.slice(from, from + ROWS_AT_ONCE);
    if (insertAllNew(db, workspaceId, some)) {
      for (const message of some) countNew(message, count);
    } else {
      for (const message of some) saveMessage(db, workspaceId, message, count);
    }
  }
}

/** True when none of the messages was known; false, and nothing is written, when one was. */
function insertAllNew(db: Db, workspaceId: string, facts: readonly MessageFacts[]): boolean {
  const values: (string | number | null)[] = [];
  for (const message of facts) pushRow(values, workspaceId, message);
  try {
    statement(db, INSERT + rows(COLUMNS, facts.length)).run(values);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
      return false;
    throw error;
  }
}

const INSERT = `INSERT INTO message (workspace_id, channel_id, ts, day, user_id, bot_id, subtype,
  thread_ts, edited_ts, is_counted, is_deleted, text, raw) VALUES `;

function pushRow(
  values: (string | number | null)[],
  workspaceId: string,
  facts: MessageFacts,
): void {
  values.push(
    workspaceId,
    facts.channelId,
    facts.ts,
    dayOfTs(facts.ts),
    facts.userId,
    facts.botId,
    facts.subtype,
    facts.threadTs,
    facts.editedTs,
    isCounted(facts) ? 1 : 0,
    facts.isDeleted ? 1 : 0,
    facts.isDeleted ? '' : facts.text,
    facts.isDeleted ? null : facts.raw,
  );
}

function countNew(facts: MessageFacts, count: CountChange): void {
  if (facts.userId !== null && isCounted(facts)) {
    count(dayOfTs(facts.ts), facts.channelId, facts.userId, 1);
  }
}

type MessageRow = Omit<MessageFacts, 'isDeleted'> & {
  readonly isDeleted: number;
  readonly isCounted: number;
};

function saveMessage(db: Db, workspaceId: string, facts: MessageFacts, count: CountChange): void {
  const before = statement<MessageRow>(
    db,
    `SELECT channel_id AS channelId, ts, user_id AS userId, bot_id AS botId, subtype,
       thread_ts AS threadTs, edited_ts AS editedTs, is_deleted AS isDeleted,
       is_counted AS isCounted, text, raw
     FROM message WHERE workspace_id = ? AND channel_id = ? AND ts = ?`,
  ).get(workspaceId, facts.channelId, facts.ts);
  if (!before) {
    const values: (string | number | null)[] = [];
    pushRow(values, workspaceId, facts);
    statement(db, INSERT + rows(COLUMNS, 1)).run(values);
    countNew(facts, count);
    return;
  }
  const merged = mergeMessages({ ...before, isDeleted: before.isDeleted === 1 }, facts);
  const isNowCounted = isCounted(merged) ? 1 : 0;
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
    isNowCounted,
    merged.isDeleted ? 1 : 0,
    merged.text,
    merged.raw,
    workspaceId,
    facts.channelId,
    facts.ts,
  );
  if (isNowCounted !== before.isCounted && merged.userId !== null) {
    count(dayOfTs(facts.ts), facts.channelId, merged.userId, isNowCounted ? 1 : -1);
  }
}

const days = new Map<number, Day>();

/** The UTC day of a Slack timestamp. Remembered, because a bulk load asks for few days often. */
export function dayOfTs(ts: string): Day {
  const number = Math.floor(Number(ts) / 86_400);
  const known = days.get(number);
  if (known !== undefined) return known;
  const day = dayOf(number * DAY_MS);
  days.set(number, day);
  return day;
}

import { addDays, type Day, monthStart } from './days.ts';
import type { Db } from './open.ts';
import { type ChannelEntries, packDay, visitPacked } from './packed-day.ts';
import { statement } from './statement.ts';

/** Takes `taken` messages from the day's count of one person in one channel. */
export function takeFromCount(
  db: Db,
  workspaceId: string,
  day: Day,
  channelId: string,
  userId: string,
  taken: number,
): void {
  const key = [workspaceId, day, channelId, userId];
  const where = 'workspace_id = ? AND day = ? AND channel_id = ? AND user_id = ?';
  statement(db, `DELETE FROM message_count WHERE ${where} AND messages <= ?`).run(...key, taken);
  statement(db, `UPDATE message_count SET messages = messages - ? WHERE ${where}`).run(
    taken,
    ...key,
  );
}

/** Drops what is packed of a day and of its month, in the transaction that changes its counts. */
export function unpackDay(db: Db, workspaceId: string, day: Day): void {
  statement(db, 'DELETE FROM message_pack WHERE workspace_id = ? AND day = ?').run(
    workspaceId,
    day,
  );
  statement(db, 'DELETE FROM writer_pack WHERE workspace_id = ? AND month = ?').run(
    workspaceId,
    monthStart(day),
  );
}

/**
 * Packs every day before `before` that is not packed yet, at most `limit` of them, newest first;
 * returns how many it packed.
 */
export function packDays(db: Db, workspaceId: string, before: Day, limit: number): number {
  const packed = new Set(
    statement(db, 'SELECT day FROM message_pack WHERE workspace_id = ?').pluck().all(workspaceId),
  );
  const days = daysWithCounts(db, workspaceId, '', before)
    .filter((day) => day < before && !packed.has(day))
    .toReversed()
    .slice(0, limit);
  const save = statement(
    db,
    'INSERT INTO message_pack (workspace_id, day, counts) VALUES (?, ?, ?)',
  );
  db.transaction(() => {
    for (const day of days) save.run(workspaceId, day, packedFromRows(db, workspaceId, day));
  })();
  return days.length;
}

/** What `visitCounts` walks with. */
interface CountVisitor {
  /** Called at each new day that has counts. */
  day(day: Day): void;
  /**
   * Called for each channel of the day: `users[i]` wrote `messages[i]` messages, for i in
   * [from, to). A very busy person can have several entries. A channel that is not wanted is
   * skipped by returning at once.
   */
  channel: ChannelEntries;
}

/**
 * Walks the counts of `from`..`to` in order of day. Finished days come from their pack, the others
 * from their rows; the answer is the same. Columns and not a call per count, because over years a
 * call costs several times what adding up does. The columns stay valid afterwards: a visitor that
 * tells people apart per channel does better to gather a period's channels and go through each in
 * one go, so that what it remembers of them stays in the processor's cache. The visitor must not
 * write to the database, nor walk the counts itself.
 */
export function visitCounts(
  db: Db,
  workspaceId: string,
  from: Day,
  to: Day,
  visitor: CountVisitor,
): void {
  const packs = statement<{ day: Day; counts: Buffer }>(
    db,
    `SELECT day, counts FROM message_pack WHERE workspace_id = ? AND day BETWEEN ? AND ?
     ORDER BY day`,
  );
  let next = from;

  function visitRows(until: Day): void {
    for (const day of daysWithCounts(db, workspaceId, next, until)) {
      visitor.day(day);
      visitPacked(packedFromRows(db, workspaceId, day), visitor.channel);
    }
  }

  for (const { day, counts } of packs.iterate(workspaceId, from, to)) {
    // Where pack follows pack there is nothing to look for between them.
    if (next < day) visitRows(addDays(day, -1));
    visitor.day(day);
    visitPacked(counts, visitor.channel);
    next = addDays(day, 1);
  }
  if (next <= to) visitRows(to);
}

/** One step down the index for each day: `SELECT DISTINCT` would read every row. */
function daysWithCounts(db: Db, workspaceId: string, from: Day, to: Day): Day[] {
  return statement(
    db,
    `WITH RECURSIVE found (day) AS (
       SELECT min(day) FROM message_count
         WHERE workspace_id = @workspaceId AND day BETWEEN @from AND @to
       UNION ALL
       SELECT (SELECT min(day) FROM message_count
         WHERE workspace_id = @workspaceId AND day > found.day AND day <= @to)
       FROM found WHERE found.day IS NOT NULL
     )
     SELECT day FROM found WHERE day IS NOT NULL`,
  )
    .pluck()
    .all({ workspaceId, from, to }) as Day[];
}

function packedFromRows(db: Db, workspaceId: string, day: Day): Uint8Array {
  const rows = statement<[number, number, number]>(
    db,
    `SELECT channel.number, user.number, messages FROM message_count AS c
     JOIN channel ON channel.workspace_id = c.workspace_id AND channel.id = c.channel_id
     JOIN user ON user.workspace_id = c.workspace_id AND user.id = c.user_id
     WHERE c.workspace_id = ? AND day = ? ORDER BY c.channel_id, c.user_id`,
  ).raw();
  return packDay(rows.all(workspaceId, day));
}

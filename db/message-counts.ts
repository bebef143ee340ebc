import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** Adds `delta` messages (negative takes away) to the day's count of one person in one channel. */
export function addToCount(
  db: Db,
  workspaceId: string,
  day: Day,
  channelId: string,
  userId: string,
  delta: number,
): void {
  const key = [workspaceId, day, channelId, userId];
  if (delta > 0) {
    statement(
      db,
      `INSERT INTO message_count (workspace_id, day, channel_id, user_id, messages)
       VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET messages = messages + excluded.messages`,
    ).run(...key, delta);
    return;
  }
  const where = 'workspace_id = ? AND day = ? AND channel_id = ? AND user_id = ?';
  statement(db, `DELETE FROM message_count WHERE ${where} AND messages <= ?`).run(...key, -delta);
  statement(db, `UPDATE message_count SET messages = messages + ? WHERE ${where}`).run(
    delta,
    ...key,
  );
}

/** Drops the packed form of days whose counts are about to change. */
export function unpackDay(db: Db, workspaceId: string, day: Day): void {
  statement(db, 'DELETE FROM message_pack WHERE workspace_id = ? AND day = ?').run(
    workspaceId,
    day,
  );
}

/**
 * Packs every day before `before` that is not packed yet, at most `limit` of them, newest first;
 * answers how many it packed.
 */
export function packDays(db: Db, workspaceId: string, before: Day, limit: number): number {
  const days = statement(
    db,
    `SELECT DISTINCT day FROM message_count AS c
     WHERE workspace_id = @workspaceId AND day < @before AND NOT EXISTS
       (SELECT 1 FROM message_pack AS p WHERE p.workspace_id = @workspaceId AND p.day = c.day)
     ORDER BY day DESC LIMIT @limit`,
  )
    .pluck()
    .all({ workspaceId, before, limit }) as Day[];
  const save = statement(
    db,
    'INSERT INTO message_pack (workspace_id, day, counts) VALUES (?, ?, ?)',
  );
  db.transaction(() => {
    for (const day of days) {
      save.run(workspaceId, day, Buffer.from(packedFromRows(db, workspaceId, day).buffer));
    }
  })();
  return days.length;
}

/** Visits the counts of one day: `group` is asked per channel, and a false skips it. */
export interface CountVisitor {
  /** Called at each new day that has counts. */
  day(day: Day): void;
  /** True when this channel's counts are wanted. */
  wants(channelNumber: number): boolean;
  count(channelNumber: number, userNumber: number, messages: number): void;
}

/**
 * Walks the counts of `from`..`to` in order of day. Finished days come from their pack, the others
 * from their rows; the answer is the same.
 */
export function visitCounts(
  db: Db,
  workspaceId: string,
  from: Day,
  to: Day,
  visitor: CountVisitor,
): void {
  const days = statement<{ day: Day; counts: Buffer | null }>(
    db,
    `SELECT day, counts FROM message_pack WHERE workspace_id = @workspaceId AND day BETWEEN @from AND @to
     UNION ALL
     SELECT day, NULL FROM (SELECT DISTINCT day FROM message_count
       WHERE workspace_id = @workspaceId AND day BETWEEN @from AND @to)
     WHERE day NOT IN (SELECT day FROM message_pack WHERE workspace_id = @workspaceId)
     ORDER BY day`,
  ).all({ workspaceId, from, to });
  for (const { day, counts } of days) {
    visitor.day(day);
    visitPacked(counts ? words(counts) : packedFromRows(db, workspaceId, day), visitor);
  }
}

/** Layout: per channel `channel, pairs, (user, messages) × pairs`, 32 bits each, little endian. */
function visitPacked(packed: Uint32Array, visitor: CountVisitor): void {
  let at = 0;
  while (at < packed.length) {
    const channel = packed[at] as number;
    const end = at + 2 + 2 * (packed[at + 1] as number);
    if (visitor.wants(channel)) {
      for (at += 2; at < end; at += 2) {
        visitor.count(channel, packed[at] as number, packed[at + 1] as number);
      }
    }
    at = end;
  }
}

function words(blob: Buffer): Uint32Array {
  const bytes = blob.byteOffset % 4 === 0 ? blob : new Uint8Array(blob);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

function packedFromRows(db: Db, workspaceId: string, day: Day): Uint32Array {
  const rows = statement(
    db,
    `SELECT channel.number, user.number, messages FROM message_count AS c
     JOIN channel ON channel.workspace_id = c.workspace_id AND channel.id = c.channel_id
     JOIN user ON user.workspace_id = c.workspace_id AND user.id = c.user_id
     WHERE c.workspace_id = ? AND day = ? ORDER BY c.channel_id, c.user_id`,
  )
    .raw()
    .all(workspaceId, day) as [number, number, number][];
  const packed: number[] = [];
  let lengthAt = -1;
  for (const [channel, user, messages] of rows) {
    if (lengthAt < 0 || packed[lengthAt - 1] !== channel) {
      packed.push(channel, 0);
      lengthAt = packed.length - 1;
    }
    packed[lengthAt] = (packed[lengthAt] as number) + 1;
    packed.push(user, messages);
  }
  return Uint32Array.from(packed);
}

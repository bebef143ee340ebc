import { firstActiveDay } from './activity.ts';
import { addDays, type Day, monthStart, nextPeriod } from './days.ts';
import { visitCounts } from './message-counts.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import { userLimit } from './users.ts';

/**
 * Packs who wrote in each month that is over before `before` and not packed yet, at most `limit` of
 * them, newest first; returns how many it packed. Months without any packed day wait for one: from
 * their rows a month would take long.
 */
export function packWriters(db: Db, workspaceId: string, before: Day, limit: number): number {
  return db.transaction(() => {
    const months = statement(
      db,
      `SELECT DISTINCT substr(day, 1, 7) || '-01' AS month FROM message_pack
       WHERE workspace_id = @workspaceId AND day < @before AND month NOT IN
         (SELECT month FROM writer_pack WHERE workspace_id = @workspaceId)
       ORDER BY month DESC LIMIT @limit`,
    )
      .pluck()
      .all({ workspaceId, before: monthStart(before), limit }) as Day[];
    const save = statement(
      db,
      'INSERT INTO writer_pack (workspace_id, month, writers) VALUES (?, ?, ?)',
    );
    for (const month of months) {
      const bits = noBits(db);
      addWriters(db, workspaceId, month, nextPeriod(month, 'monthly'), bits);
      save.run(workspaceId, month, bits);
    }
    return months.length;
  })();
}

/**
 * Who wrote before a day in any channel, by `user.number`, bots included. The channels may be
 * hidden from whoever asks, so that this is for leaving people out only.
 */
export function wroteBefore(
  db: Db,
  workspaceId: string,
  day: Day,
): (userNumber: number) => boolean {
  const packs = statement<{ month: Day; writers: Buffer }>(
    db,
    `SELECT month, writers FROM writer_pack WHERE workspace_id = ? AND month < ? ORDER BY month`,
  );
  const bits = noBits(db);
  let next = firstActiveDay(db, workspaceId) ?? day;
  for (const { month, writers } of packs.all(workspaceId, monthStart(day))) {
    addWriters(db, workspaceId, next, month, bits);
    for (let i = 0; i < writers.length; i++) (bits[i] as number) |= writers[i] as number;
    next = nextPeriod(month, 'monthly');
  }
  addWriters(db, workspaceId, next, day, bits);
  return (user) => (((bits[user >>> 3] as number) >>> (user & 7)) & 1) === 1;
}

function noBits(db: Db): Uint8Array {
  return new Uint8Array((userLimit(db) + 7) >>> 3);
}

/** Sets the bit of everyone who wrote from a day on, and before another one. */
function addWriters(db: Db, workspaceId: string, from: Day, before: Day, bits: Uint8Array): void {
  if (from >= before) return;
  visitCounts(db, workspaceId, from, addDays(before, -1), {
    day() {},
    channel(_, users, _messages, first, end) {
      for (let i = first; i < end; i++) {
        const user = users[i] as number;
        (bits[user >>> 3] as number) |= 1 << (user & 7);
      }
    },
  });
}

import { moveAlertPlaces } from './alert-places.ts';
import { ensureChannel, findChannel } from './channels.ts';
import type { Day } from './days.ts';
import { unpackDay } from './message-counts.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import { moveSubscriptions } from './subscriptions.ts';

/**
 * Gives a channel its new id; its messages and counts stay with it. Where messages have come under
 * the new id already, both are brought together and their days counted anew.
 */
export function changeChannelId(db: Db, workspaceId: string, from: string, to: string): void {
  if (from === to) return;
  moveAlertPlaces(db, workspaceId, from, to);
  moveSubscriptions(db, workspaceId, from, to);
  if (!findChannel(db, workspaceId, from)) {
    ensureChannel(db, workspaceId, to);
    return;
  }
  db.transaction(() => {
    if (findChannel(db, workspaceId, to)) {
      moveMessages(db, workspaceId, from, to);
    } else {
      statement(db, 'UPDATE channel SET id = ? WHERE workspace_id = ? AND id = ?').run(
        to,
        workspaceId,
        from,
      );
    }
  })();
}

function moveMessages(db: Db, workspaceId: string, from: string, to: string): void {
  const days = statement(
    db,
    'SELECT DISTINCT day FROM message WHERE workspace_id = ? AND channel_id = ?',
  )
    .pluck()
    .all(workspaceId, from) as Day[];
  statement(
    db,
    'UPDATE OR IGNORE message SET channel_id = ? WHERE workspace_id = ? AND channel_id = ?',
  ).run(to, workspaceId, from);
  for (const table of ['message', 'message_count']) {
    statement(db, `DELETE FROM ${table} WHERE workspace_id = ? AND channel_id = ?`).run(
      workspaceId,
      from,
    );
  }
  for (const day of days) recountDay(db, workspaceId, to, day);
  statement(db, 'DELETE FROM channel WHERE workspace_id = ? AND id = ?').run(workspaceId, from);
}

/** Makes the day's counts of one channel what its messages say. */
function recountDay(db: Db, workspaceId: string, channelId: string, day: Day): void {
  ensureChannel(db, workspaceId, channelId);
  unpackDay(db, workspaceId, day);
  statement(
    db,
    'DELETE FROM message_count WHERE workspace_id = ? AND day = ? AND channel_id = ?',
  ).run(workspaceId, day, channelId);
  statement(
    db,
    `INSERT INTO message_count (workspace_id, day, channel_id, user_id, messages)
     SELECT workspace_id, day, channel_id, user_id, count(*) FROM message
     WHERE workspace_id = ? AND channel_id = ? AND day = ? AND is_counted = 1
     GROUP BY user_id`,
  ).run(workspaceId, channelId, day);
}

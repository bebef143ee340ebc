import type { Db } from './open.ts';
import { statement } from './statement.ts';

/**
 * Notes that a post is handed to Slack, after the refused attempt noted at `before`, and what it will
 * show. False when somebody else is at it, or it is out: a note stands until Slack's answer is known.
 */
export function takeAlertPost(
  db: Db,
  id: string,
  at: string,
  shown: string | null,
  before: string | null,
): boolean {
  const { changes } = statement(
    db,
    `UPDATE alert_post SET sent_at = @at, claimed_at = @at, shown = @shown
     WHERE id = @id AND sent_at IS @before AND ts IS NULL AND outcome IS NULL`,
  ).run({ id, at, before, shown });
  return changes === 1;
}

/** Takes the note of `at` back: the post is not with Slack. False when it was noted anew since. */
export function releaseAlertPost(db: Db, id: string, at: string): boolean {
  const { changes } = statement(
    db,
    'UPDATE alert_post SET sent_at = NULL WHERE id = ? AND sent_at = ?',
  ).run(id, at);
  return changes === 1;
}

/** Keeps where it is, in place of the note of `at`. False when it is known, or was noted anew since. */
export function stampAlertPost(db: Db, id: string, ts: string, at: string): boolean {
  const { changes } = statement(
    db,
    `UPDATE alert_post SET ts = ?, sent_at = NULL
     WHERE id = ? AND ts IS NULL AND (sent_at IS NULL OR sent_at = ?)`,
  ).run(ts, id, at);
  return changes === 1;
}

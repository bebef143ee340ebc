import { randomUUID } from 'node:crypto';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** Where alerts are posted. */
export interface AlertPlace {
  readonly channelId: string;
  /** IANA: by its clocks the nights are quiet. */
  readonly zone: string;
  /** Who chose it. */
  readonly userId: string;
}

export function alertPlaceOf(db: Db, workspaceId: string): AlertPlace | undefined {
  return statement<AlertPlace>(
    db,
    `SELECT alert_channel_id AS channelId, alert_zone AS zone, alert_user_id AS userId
     FROM workspace
     WHERE id = ? AND alert_channel_id IS NOT NULL`,
  ).get(workspaceId);
}

export function setAlertPlace(db: Db, workspaceId: string, place: AlertPlace | undefined): void {
  statement(
    db,
    `UPDATE workspace SET alert_channel_id = ?, alert_zone = ?, alert_user_id = ? WHERE id = ?`,
  ).run(place?.channelId ?? null, place?.zone ?? null, place?.userId ?? null, workspaceId);
}

/** A message about incidents, or a note in its thread. All instants are ISO. */
export interface AlertPost {
  /** A UUID, which the message carries in its metadata. */
  readonly id: string;
  readonly channelId: string;
  /** Of the message in whose thread a note stands; null for a message. */
  readonly parentId: string | null;
  /** What a note says. */
  readonly text: string | null;
  readonly claimedAt: string;
  /** When it was handed to Slack without an answer being known. */
  readonly sentAt: string | null;
  readonly ts: string | null;
  readonly fileId: string | null;
  /** JSON: the incidents as the message shows them; null until it was posted. */
  readonly shown: string | null;
  readonly retryAt: string | null;
}

const COLUMNS = `id, channel_id AS channelId, parent_id AS parentId, text,
  claimed_at AS claimedAt, sent_at AS sentAt, ts, file_id AS fileId, shown, retry_at AS retryAt`;

/**
 * Claims a message for the firing incidents of each source that are news, and that no message of the
 * workspace tells of, nor is about to. A message of one that has opened again is followed again.
 */
export function claimAlertPosts(db: Db, workspaceId: string, channelId: string, now: string): void {
  const untold = statement<{ id: number; source: string }>(
    db,
    `SELECT incident.id, source FROM incident JOIN subject ON subject.id = subject_id
     WHERE state = 'firing' AND is_news = 1 AND NOT EXISTS (
       SELECT 1 FROM alert_post_incident AS told JOIN alert_post ON alert_post.id = post_id
       WHERE told.workspace_id = ? AND incident_id = incident.id
         AND (ts IS NOT NULL OR outcome IS NULL))
     ORDER BY incident.id`,
  );
  const claim = statement(
    db,
    'INSERT INTO alert_post (id, workspace_id, channel_id, claimed_at) VALUES (?, ?, ?, ?)',
  );
  const tell = statement(
    db,
    `INSERT INTO alert_post_incident (workspace_id, incident_id, post_id) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET post_id = excluded.post_id`,
  );
  const follow = statement(
    db,
    `UPDATE alert_post SET outcome = NULL
     WHERE workspace_id = ? AND outcome = 'done' AND ts IS NOT NULL AND id IN (
       SELECT post_id FROM alert_post_incident
       JOIN incident ON incident.id = incident_id WHERE closed_day IS NULL)`,
  );
  db.transaction(() => {
    follow.run(workspaceId);
    const bySource = Map.groupBy(untold.all(workspaceId), ({ source }) => source);
    for (const incidents of bySource.values()) {
      const postId = randomUUID();
      claim.run(postId, workspaceId, channelId, now);
      for (const { id } of incidents) tell.run(workspaceId, id, postId);
    }
  })();
}

/** Those with something left to do, in the order in which they were claimed. */
export function openAlertPosts(db: Db, workspaceId: string): AlertPost[] {
  return statement<AlertPost>(
    db,
    `SELECT ${COLUMNS} FROM alert_post WHERE workspace_id = ? AND outcome IS NULL
     ORDER BY claimed_at, parent_id IS NOT NULL, id`,
  ).all(workspaceId);
}

export function alertPostById(db: Db, id: string): AlertPost | undefined {
  return statement<AlertPost>(db, `SELECT ${COLUMNS} FROM alert_post WHERE id = ?`).get(id);
}

/** True when a message of the workspace tells of the incident. */
export function isToldIn(db: Db, workspaceId: string, incidentId: number): boolean {
  const row = statement(
    db,
    'SELECT 1 FROM alert_post_incident WHERE workspace_id = ? AND incident_id = ?',
  ).get(workspaceId, incidentId);
  return row !== undefined;
}

/** The incidents that a message tells of. */
export function incidentsOfPost(db: Db, postId: string): number[] {
  return statement(
    db,
    'SELECT incident_id FROM alert_post_incident WHERE post_id = ? ORDER BY incident_id',
  )
    .pluck()
    .all(postId) as number[];
}

/**
 * Notes that a post is about to be handed to Slack, and what it will show. False when somebody else
 * is at it, or it is out: a note stands until Slack's answer is known.
 */
export function takeAlertPost(db: Db, id: string, at: string, shown: string | null): boolean {
  const { changes } = statement(
    db,
    `UPDATE alert_post SET sent_at = ?, shown = ?
     WHERE id = ? AND sent_at IS NULL AND ts IS NULL AND outcome IS NULL`,
  ).run(at, shown, id);
  return changes === 1;
}

/** Takes the note back: the post is not with Slack. */
export function releaseAlertPost(db: Db, id: string): void {
  statement(db, 'UPDATE alert_post SET sent_at = NULL WHERE id = ?').run(id);
}

export function keepAlertFile(db: Db, id: string, fileId: string): void {
  statement(db, 'UPDATE alert_post SET file_id = ? WHERE id = ?').run(fileId, id);
}

export function stampAlertPost(db: Db, id: string, ts: string): void {
  statement(db, 'UPDATE alert_post SET ts = ?, sent_at = NULL WHERE id = ?').run(ts, id);
}

/**
 * Keeps what a message shows now, and claims the notes on what has changed, all or nothing: nothing
 * when somebody else has done so.
 */
export function noteChanges(
  db: Db,
  workspaceId: string,
  { id, channelId, shown: before }: AlertPost,
  change: { readonly shown: string; readonly notes: readonly string[]; readonly now: string },
): void {
  const insert = statement(
    db,
    `INSERT INTO alert_post (id, workspace_id, channel_id, parent_id, text, claimed_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    const { changes } = statement(
      db,
      'UPDATE alert_post SET shown = ? WHERE id = ? AND shown IS ?',
    ).run(change.shown, id, before);
    if (changes === 0) return;
    for (const text of change.notes) {
      insert.run(randomUUID(), workspaceId, channelId, id, text, change.now);
    }
  })();
}

/** Leaves a post alone until `until`. */
export function putOffAlertPost(db: Db, id: string, until: string): void {
  statement(db, 'UPDATE alert_post SET retry_at = ? WHERE id = ?').run(until, id);
}

export function endAlertPost(db: Db, id: string, outcome: 'done' | 'refused'): void {
  statement(db, 'UPDATE alert_post SET outcome = ?, retry_at = NULL WHERE id = ?').run(outcome, id);
}

/** Gives up a post that is not with Slack. */
export function dropAlertPost(db: Db, id: string): void {
  statement(
    db,
    `UPDATE alert_post SET outcome = 'refused' WHERE id = ? AND sent_at IS NULL AND ts IS NULL`,
  ).run(id);
}

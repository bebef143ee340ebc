import { randomUUID } from 'node:crypto';
import type { IncidentKind } from './incident.ts';
import type { Db } from './open.ts';
import { takePosting } from './posting-ledger.ts';
import { statement } from './statement.ts';

/** A message about incidents, or a note in its thread. All instants are ISO. */
export interface AlertPost {
  /** A UUID, which the message carries in its metadata. */
  readonly id: string;
  readonly channelId: string;
  /** Of the message in whose thread a note stands; null for a message. */
  readonly parentId: string | null;
  /** What a note says. */
  readonly text: string | null;
  /** Whether the channel sees a note as well. */
  readonly isBroadcast: boolean;
  /** When it was claimed, or last handed to Slack. */
  readonly claimedAt: string;
  /** When it was handed to Slack without an answer being known. */
  readonly sentAt: string | null;
  readonly ts: string | null;
  readonly fileId: string | null;
  /** JSON: the incidents as the message shows them; null until it was posted. */
  readonly shown: string | null;
  readonly retryAt: string | null;
}

type Row = Omit<AlertPost, 'isBroadcast'> & { readonly isBroadcast: number };

const COLUMNS = `id, channel_id AS channelId, parent_id AS parentId, text, is_broadcast AS isBroadcast,
  claimed_at AS claimedAt, sent_at AS sentAt, ts, file_id AS fileId, shown, retry_at AS retryAt`;

interface Wanted {
  readonly channelId: string;
  readonly kinds: readonly IncidentKind[];
  /** When the day of the channel began (ISO). */
  readonly midnight: string;
}

/**
 * For each source, claims a message for the firing incidents that are news and that no message of
 * the workspace is about, posted or not. Where a message of the same day is about that source, they
 * join it. A message about one that has opened again is kept up to date again, and one about an
 * earlier incident of the same series is looked at once more: it may tell what the new one tells now.
 */
export function claimAlertPosts(
  db: Db,
  workspaceId: string,
  { channelId, kinds, midnight }: Wanted,
  now: string,
): void {
  const untold = statement<{ id: number; source: string }>(
    db,
    `SELECT incident.id, source FROM incident
     WHERE state = 'firing' AND is_news = 1 AND coalesce(workspace_id, @workspaceId) = @workspaceId
       AND kind IN (SELECT value FROM json_each(@kinds)) AND NOT EXISTS (
         SELECT 1 FROM alert_post_incident AS told JOIN alert_post ON alert_post.id = post_id
         WHERE told.workspace_id = @workspaceId AND incident_id = incident.id
           AND (ts IS NOT NULL OR sent_at IS NOT NULL OR alert_post.outcome IS NULL))
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
  // A fall that has a new incident by then may still be told as the end of a recovery.
  const earlier = statement<{ id: number }>(
    db,
    `SELECT old.id FROM incident AS old JOIN incident AS new USING (kind, subject_id, metric)
     WHERE new.id = ? AND old.closed_day >= date(new.opened_day, '-14 days')`,
  );
  db.transaction(() => {
    const found = untold.all({ workspaceId, kinds: JSON.stringify(kinds) });
    const groups = Map.groupBy(found, (one) => one.source);
    const ids = orderedIds(groups.size);
    for (const [index, [source, incidents]] of [...groups].entries()) {
      const known = postOfDay(db, { workspaceId, channelId, source, midnight });
      const postId = known ?? (ids[index] as string);
      if (!known) claim.run(postId, workspaceId, channelId, now);
      for (const { id } of incidents) {
        tell.run(workspaceId, id, postId);
        for (const old of earlier.all(id)) followAgain(db, old.id);
      }
    }
    follow.run(workspaceId);
  })();
}

/** Has the messages about the incident brought up to date once more, even when it is over. */
export function followAgain(db: Db, incidentId: number): void {
  statement(
    db,
    `UPDATE alert_post SET outcome = NULL
     WHERE outcome = 'done' AND ts IS NOT NULL
       AND id IN (SELECT post_id FROM alert_post_incident WHERE incident_id = ?)`,
  ).run(incidentId);
}

/** Ids for what is claimed at one instant: it is posted in their order. */
function orderedIds(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID()).toSorted();
}

/** The message about a source in a channel since midnight, or not out yet, unless Slack refused it. */
function postOfDay(
  db: Db,
  key: Readonly<Record<'workspaceId' | 'channelId' | 'source' | 'midnight', string>>,
): string | undefined {
  return statement(
    db,
    `SELECT alert_post.id FROM alert_post
     JOIN alert_post_incident AS told ON post_id = alert_post.id
     JOIN incident ON incident.id = incident_id
     WHERE alert_post.workspace_id = @workspaceId AND channel_id = @channelId
       AND parent_id IS NULL AND source = @source
       AND (claimed_at >= @midnight OR (ts IS NULL AND sent_at IS NULL))
       AND (ts IS NOT NULL OR alert_post.outcome IS NULL)
       AND coalesce(alert_post.outcome, '') <> 'refused'
     ORDER BY claimed_at DESC LIMIT 1`,
  )
    .pluck()
    .get(key) as string | undefined;
}

/** Those with something left to do, in the order in which they were claimed. */
export function openAlertPosts(db: Db, workspaceId: string): AlertPost[] {
  return statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM alert_post WHERE workspace_id = ? AND outcome IS NULL
     ORDER BY claimed_at, parent_id IS NOT NULL, id`,
  )
    .all(workspaceId)
    .map(postOf);
}

export function alertPostById(db: Db, id: string): AlertPost | undefined {
  const row = statement<Row>(db, `SELECT ${COLUMNS} FROM alert_post WHERE id = ?`).get(id);
  return row && postOf(row);
}

function postOf(row: Row): AlertPost {
  return { ...row, isBroadcast: row.isBroadcast === 1 };
}

/** True when a message of the workspace is about the incident. */
export function isToldIn(db: Db, workspaceId: string, incidentId: number): boolean {
  const row = statement(
    db,
    'SELECT 1 FROM alert_post_incident WHERE workspace_id = ? AND incident_id = ?',
  ).get(workspaceId, incidentId);
  return row !== undefined;
}

/** The incidents that a message is about. */
export function incidentsOfPost(db: Db, postId: string): number[] {
  return statement(
    db,
    'SELECT incident_id FROM alert_post_incident WHERE post_id = ? ORDER BY incident_id',
  )
    .pluck()
    .all(postId) as number[];
}

export function keepAlertFile(db: Db, id: string, fileId: string | null): void {
  statement(db, 'UPDATE alert_post SET file_id = ? WHERE id = ?').run(fileId, id);
}

/** What is said in the thread of a message, and in its channel as well where it is broadcast. */
export interface Note {
  readonly text: string;
  readonly isBroadcast: boolean;
}

/**
 * Keeps what a message shows now, and claims the notes on what has changed, all or nothing: nothing
 * when somebody else has done so.
 */
export function noteChanges(
  db: Db,
  workspaceId: string,
  { id, channelId, shown: before }: AlertPost,
  change: { readonly shown: string; readonly notes: readonly Note[]; readonly now: string },
): void {
  const insert = statement(
    db,
    `INSERT INTO alert_post
       (id, workspace_id, channel_id, parent_id, text, is_broadcast, claimed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    const { changes } = statement(
      db,
      'UPDATE alert_post SET shown = ? WHERE id = ? AND shown IS ?',
    ).run(change.shown, id, before);
    if (changes === 0) return;
    const ids = orderedIds(change.notes.length);
    for (const [index, { text, isBroadcast }] of change.notes.entries()) {
      const flag = isBroadcast ? 1 : 0;
      insert.run(ids[index], workspaceId, channelId, id, text, flag, change.now);
    }
  })();
}

/** Notes that a post is handed to Slack, as takePosting does, and what it will show. */
export function takeAlertPost(
  db: Db,
  { id, shown }: Pick<AlertPost, 'id' | 'shown'>,
  at: string,
  before: string | null,
): boolean {
  const keep = statement(db, 'UPDATE alert_post SET claimed_at = ?, shown = ? WHERE id = ?');
  return db.transaction(() => {
    const isTaken = takePosting(db, 'alert_post', id, at, before);
    if (isTaken) keep.run(at, shown, id);
    return isTaken;
  })();
}

/** Gives up a post that is not with Slack. */
export function dropAlertPost(db: Db, id: string): void {
  statement(
    db,
    `UPDATE alert_post SET outcome = 'refused' WHERE id = ? AND sent_at IS NULL AND ts IS NULL`,
  ).run(id);
}

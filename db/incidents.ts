import { zoneOfKind } from './alert-places.ts';
import type { NamedJoined } from './alert-series.ts';
import type { Day } from './days.ts';
import {
  type Away,
  type Incident,
  type IncidentKey,
  type IncidentKind,
  type IncidentOutcome,
  type Movement,
  movementKey,
  type OpenedIncident,
} from './incident.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import { knownZone, minuteIn } from './wall-time.ts';

const SELECT = `
  SELECT incident.id, kind, incident.source, workspace_id AS workspaceId, subject_id AS subjectId,
    subject.name AS subjectName, metric, person_id AS personId, opened_day AS openedDay, days,
    sensitivity, state, incident.user_id AS userId,
    (SELECT name FROM user WHERE user.id = incident.user_id
      AND workspace_id IN (SELECT id FROM workspace) AND name IS NOT NULL LIMIT 1) AS userName,
    (SELECT tz FROM user WHERE user.id = incident.user_id
      AND workspace_id IN (SELECT id FROM workspace) AND tz IS NOT NULL LIMIT 1) AS userZone,
    snoozed_until AS snoozeEnds, closed_day AS closedDay, outcome,
    coalesce((SELECT source_title FROM source_part WHERE source_part.source = incident.source
      LIMIT 1), incident.source) AS sourceTitle,
    (SELECT count(*) FROM incident_vote WHERE incident_id = incident.id AND is_useful = 1)
      AS useful,
    (SELECT count(*) FROM incident_vote WHERE incident_id = incident.id AND is_useful = 0)
      AS notUseful,
    (SELECT json_group_array(json_object('subjectId', other.id, 'name', other.name,
        'isLater', is_later) ORDER BY other.key)
      FROM incident_member JOIN subject AS other ON other.id = incident_member.subject_id
      WHERE incident_id = incident.id) AS others
  FROM incident LEFT JOIN subject ON subject.id = subject_id`;

const IS_OF = `kind = @kind AND source = @source AND coalesce(workspace_id, '') = @workspaceId
  AND coalesce(subject_id, 0) = @subjectId AND metric = @metric AND person_id = @personId`;

function keyOf({ kind, source, ...key }: IncidentKey) {
  const { workspaceId = '', subjectId = 0, metric = '', personId = '' } = key;
  return { kind, source, workspaceId, subjectId, metric, personId };
}

/**
 * One that was closed because it was no longer watched opens again on the same day, still
 * acknowledged or snoozed as it was: closing keeps who did so, and nobody else. Where one of the
 * key is open, that one goes on.
 */
export function openIncident(db: Db, opened: OpenedIncident): void {
  const { openedDay, days = 1, sensitivity = null, isNews = true, others = [] } = opened;
  const id = statement(
    db,
    `INSERT INTO incident (kind, source, workspace_id, subject_id, metric, person_id, opened_day,
       days, sensitivity, is_news, state)
     VALUES (@kind, @source, nullif(@workspaceId, ''), nullif(@subjectId, 0), @metric, @personId,
       @openedDay, @days, @sensitivity, @isNews, 'firing')
     ON CONFLICT (kind, source, coalesce(workspace_id, ''), coalesce(subject_id, 0), metric,
       person_id, opened_day) DO UPDATE
       SET state = CASE
           WHEN outcome IS NOT 'not watched' OR user_id IS NULL THEN 'firing'
           WHEN snoozed_until IS NULL THEN 'acknowledged'
           ELSE 'snoozed' END,
         user_id = iif(outcome IS 'not watched', user_id, NULL),
         snoozed_until = iif(outcome IS 'not watched', snoozed_until, NULL),
         closed_day = NULL, outcome = NULL
     ON CONFLICT (kind, source, coalesce(workspace_id, ''), coalesce(subject_id, 0), metric,
       person_id) WHERE closed_day IS NULL DO NOTHING
     RETURNING id`,
  )
    .pluck()
    .get({ ...keyOf(opened), openedDay, days, sensitivity, isNews: isNews ? 1 : 0 });
  if (id === undefined) return;
  statement(db, 'DELETE FROM incident_member WHERE incident_id = ?').run(id);
  for (const { subjectId, isLater } of others) {
    statement(
      db,
      'INSERT INTO incident_member (incident_id, subject_id, is_later) VALUES (?, ?, ?)',
    ).run(id, subjectId, isLater ? 1 : 0);
  }
}

/** Closes the open one of its key, if there is one. */
export function closeIncident(
  db: Db,
  key: IncidentKey,
  closedDay: Day,
  outcome: IncidentOutcome,
): void {
  statement(
    db,
    `UPDATE incident SET state = 'resolved', closed_day = @closedDay, outcome = @outcome,
       user_id = iif(state = 'firing', NULL, user_id)
     WHERE ${IS_OF} AND closed_day IS NULL`,
  ).run({ ...keyOf(key), closedDay, outcome });
}

/** Those of a kind that are open. */
export function openIncidents<K extends IncidentKind>(db: Db, kind: K): OfKind<K>[] {
  return statement<Stored>(
    db,
    `${SELECT} WHERE kind = ? AND closed_day IS NULL ORDER BY incident.id`,
  )
    .all(kind)
    .map((row) => incidentOf(db, row) as OfKind<K>);
}

type OfKind<K extends IncidentKind> = Extract<Incident, { kind: K }>;

/** Incidents that non-admins may see. */
export type OpenToAll = Exclude<Incident, Away>;

/** Those of a workspace that are open, or opened on `since` or later; the newest first. */
export function listIncidents(db: Db, since: Day, workspaceId: string): OpenToAll[] {
  return statement<Stored>(
    db,
    `${SELECT} WHERE (closed_day IS NULL OR opened_day >= ?) AND kind <> 'away'
       AND coalesce(workspace_id, @here) = @here
     ORDER BY opened_day DESC, incident.id`,
  )
    .all(since, { here: workspaceId })
    .map((row) => incidentOf(db, row, workspaceId) as OpenToAll);
}

/** The incident as a workspace sees it. */
export function incidentById(db: Db, id: number, workspaceId: string): Incident | undefined {
  const row = statement<Stored>(db, `${SELECT} WHERE incident.id = ?`).get(id);
  return row && incidentOf(db, row, workspaceId);
}

interface Stored {
  readonly kind: IncidentKind;
  /** ISO instant. */
  readonly snoozeEnds: string | null;
  readonly userZone: string | null;
  readonly others: string;
}

/** @param workspaceId whose channel's clocks `snoozedUntil` is read by; absent for none */
function incidentOf(db: Db, { userZone, ...row }: Stored, workspaceId = ''): Incident {
  const { kind, snoozeEnds } = row;
  const zone = zoneOfKind(db, workspaceId, kind) ?? knownZone(userZone) ?? 'UTC';
  const others = JSON.parse(row.others) as (Omit<NamedJoined, 'isLater'> & { isLater: number })[];
  // A row has the columns of every kind, and a value in those of its own.
  return {
    ...row,
    zone,
    snoozedUntil: snoozeEnds && minuteIn(zone, Date.parse(snoozeEnds)),
    others: others.map((one) => ({ ...one, isLater: one.isLater === 1 })),
  } as unknown as Incident;
}

/** All of the same series and kind, oldest first; it is one of them. */
export function sameSeries(db: Db, { subjectId, metric, workspaceId, kind }: Movement): Movement[] {
  const key = movementKey(kind, { subjectId, metric }, workspaceId ?? undefined);
  return statement<Stored>(
    db,
    `${SELECT} WHERE incident.id IN (SELECT id FROM incident WHERE ${IS_OF}) ORDER BY opened_day`,
  )
    .all(keyOf(key))
    .map((row) => incidentOf(db, row) as Movement);
}

/** Nothing happens to one that is closed. */
export function acknowledgeIncident(db: Db, id: number, userId: string): void {
  statement(
    db,
    `UPDATE incident SET state = 'acknowledged', user_id = ?, snoozed_until = NULL
     WHERE id = ? AND closed_day IS NULL`,
  ).run(userId, id);
}

/** Nothing happens to one that is closed. `until` is an ISO instant. */
export function snoozeIncident(db: Db, id: number, userId: string, until: string): void {
  statement(
    db,
    `UPDATE incident SET state = 'snoozed', user_id = ?, snoozed_until = ?
     WHERE id = ? AND closed_day IS NULL`,
  ).run(userId, until, id);
}

/** Nothing happens to one that is closed. */
export function reopenIncident(db: Db, id: number, userId: string): void {
  statement(
    db,
    `UPDATE incident SET state = 'firing', user_id = ?, snoozed_until = NULL
     WHERE id = ? AND closed_day IS NULL`,
  ).run(userId, id);
}

/** Snoozed ones whose time has come are firing again; `now` is an ISO instant. */
export function wakeIncidents(db: Db, now: string): void {
  statement(
    db,
    `UPDATE incident SET state = 'firing', user_id = NULL, snoozed_until = NULL
     WHERE state = 'snoozed' AND snoozed_until <= ?`,
  ).run(now);
}

interface Vote {
  readonly workspaceId: string;
  readonly userId: string;
  readonly isUseful: boolean;
  /** ISO instant. */
  readonly votedAt: string;
}

/** A person's later vote takes the place of the earlier one. */
export function voteOnIncident(db: Db, id: number, vote: Vote): void {
  statement(
    db,
    `INSERT INTO incident_vote (incident_id, workspace_id, user_id, is_useful, voted_at)
     VALUES (@id, @workspaceId, @userId, @useful, @votedAt)
     ON CONFLICT DO UPDATE SET is_useful = excluded.is_useful, voted_at = excluded.voted_at`,
  ).run({
    id,
    workspaceId: vote.workspaceId,
    userId: vote.userId,
    useful: vote.isUseful ? 1 : 0,
    votedAt: vote.votedAt,
  });
}

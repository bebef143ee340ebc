import type { Joined, NamedJoined, WatchedKey } from './alert-series.ts';
import type { Sensitivity } from './alert-settings.ts';
import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

export type IncidentState = 'firing' | 'acknowledged' | 'snoozed' | 'resolved';

/** `new level`: it lasted so long that it is taken for what is usual now. */
export type IncidentOutcome = 'recovered' | 'new level' | 'not watched';

/** A drop that was found. */
export interface Incident extends WatchedKey {
  readonly id: number;
  readonly source: string;
  readonly subjectName: string;
  /** Whose days were added to the subject's own when it was opened: what it replaces. */
  readonly others: readonly NamedJoined[];
  /** The data day that the decision rests on. */
  readonly openedDay: Day;
  /** How many days, up to that one, were looked at together. */
  readonly days: number;
  readonly sensitivity: Sensitivity;
  readonly state: IncidentState;
  /** Who acknowledged or snoozed it. */
  readonly userId: string | null;
  /** The first day on which a snoozed one counts as firing again. */
  readonly snoozedUntil: Day | null;
  readonly closedDay: Day | null;
  readonly outcome: IncidentOutcome | null;
  readonly useful: number;
  readonly notUseful: number;
}

const SELECT = `
  SELECT incident.id, subject_id AS subjectId, subject.source, subject.name AS subjectName, metric,
    opened_day AS openedDay, days, sensitivity, state, incident.user_id AS userId,
    snoozed_until AS snoozedUntil, closed_day AS closedDay, outcome,
    (SELECT count(*) FROM incident_vote WHERE incident_id = incident.id AND is_useful = 1)
      AS useful,
    (SELECT count(*) FROM incident_vote WHERE incident_id = incident.id AND is_useful = 0)
      AS notUseful,
    (SELECT json_group_array(json_object('subjectId', other.id, 'name', other.name,
        'isLater', is_later) ORDER BY other.key)
      FROM incident_member JOIN subject AS other ON other.id = incident_member.subject_id
      WHERE incident_id = incident.id) AS others
  FROM incident JOIN subject ON subject.id = subject_id`;

export interface OpenedIncident extends WatchedKey {
  readonly openedDay: Day;
  readonly days: number;
  readonly sensitivity: Sensitivity;
  /** False for one that was long open when the series was first judged. */
  readonly isNews: boolean;
  /** Whose days were added to the subject's own; absent for nobody's. */
  readonly others?: readonly Joined[];
}

/** One that was closed because nobody watched any more opens again on the same day. */
export function openIncident(db: Db, { others = [], ...opened }: OpenedIncident): void {
  const id = statement(
    db,
    `INSERT INTO incident (subject_id, metric, opened_day, days, sensitivity, is_news, state)
     VALUES (@subjectId, @metric, @openedDay, @days, @sensitivity, @isNews, 'firing')
     ON CONFLICT (subject_id, metric, opened_day) DO UPDATE
       SET state = 'firing', closed_day = NULL, outcome = NULL, user_id = NULL, snoozed_until = NULL
     RETURNING id`,
  )
    .pluck()
    .get({ ...opened, isNews: opened.isNews ? 1 : 0 });
  statement(db, 'DELETE FROM incident_member WHERE incident_id = ?').run(id);
  for (const { subjectId, isLater } of others) {
    statement(
      db,
      'INSERT INTO incident_member (incident_id, subject_id, is_later) VALUES (?, ?, ?)',
    ).run(id, subjectId, isLater ? 1 : 0);
  }
}

/** Closes the open one of a series, if there is one. */
export function closeIncident(
  db: Db,
  { subjectId, metric }: WatchedKey,
  closedDay: Day,
  outcome: IncidentOutcome,
): void {
  statement(
    db,
    `UPDATE incident SET state = 'resolved', closed_day = ?, outcome = ?
     WHERE subject_id = ? AND metric = ? AND closed_day IS NULL`,
  ).run(closedDay, outcome, subjectId, metric);
}

/** Those that are open, and those that opened on `since` or later; the newest first. */
export function listIncidents(db: Db, since: Day): Incident[] {
  return statement<StoredIncident>(
    db,
    `${SELECT} WHERE closed_day IS NULL OR opened_day >= ? ORDER BY opened_day DESC, incident.id`,
  )
    .all(since)
    .map(incidentOf);
}

export function incidentById(db: Db, id: number): Incident | undefined {
  const row = statement<StoredIncident>(db, `${SELECT} WHERE incident.id = ?`).get(id);
  return row && incidentOf(row);
}

type StoredIncident = Omit<Incident, 'others'> & { readonly others: string };

function incidentOf(row: StoredIncident): Incident {
  const others = JSON.parse(row.others) as (Omit<NamedJoined, 'isLater'> & { isLater: number })[];
  return { ...row, others: others.map((one) => ({ ...one, isLater: one.isLater === 1 })) };
}

/** Nothing happens to one that is closed. */
export function acknowledgeIncident(db: Db, id: number, userId: string): void {
  statement(
    db,
    `UPDATE incident SET state = 'acknowledged', user_id = ?, snoozed_until = NULL
     WHERE id = ? AND closed_day IS NULL`,
  ).run(userId, id);
}

/** Nothing happens to one that is closed. */
export function snoozeIncident(db: Db, id: number, userId: string, until: Day): void {
  statement(
    db,
    `UPDATE incident SET state = 'snoozed', user_id = ?, snoozed_until = ?
     WHERE id = ? AND closed_day IS NULL`,
  ).run(userId, until, id);
}

/** Snoozed ones whose day has come are firing again. */
export function wakeIncidents(db: Db, today: Day): void {
  statement(
    db,
    `UPDATE incident SET state = 'firing', user_id = NULL, snoozed_until = NULL
     WHERE state = 'snoozed' AND snoozed_until <= ?`,
  ).run(today);
}

export interface Vote {
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

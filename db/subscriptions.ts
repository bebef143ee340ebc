import type { Db } from './open.ts';
import { statement } from './statement.ts';
import type { Merging } from './subjects.ts';

/** When a digest is due, on the clocks of an IANA zone. */
export interface Cadence {
  readonly every: 'day' | 'week' | 'month';
  /** ISO weekday (1 is Monday) of a weekly one, day of the month (1 to 28) of a monthly one. */
  readonly onDay: number;
  /** Minutes after midnight. */
  readonly minute: number;
  readonly zone: string;
}

export interface Subscription extends Cadence {
  readonly id: number;
  readonly workspaceId: string;
  readonly channelId: string;
  readonly whenQuiet: 'line' | 'nothing';
  /** Names of sections, and ids of subjects; null: all there are. */
  readonly sections: readonly string[] | null;
  readonly subjectIds: readonly number[] | null;
  /** Who asked for it last. */
  readonly userId: string;
  /** ISO instant; what was due up to then is not posted. */
  readonly since: string;
  /** A code for why nothing can be posted, mostly Slack's; null while it runs. */
  readonly paused: string | null;
  /** When its subscriber was notified of the pause. */
  readonly toldAt: string | null;
}

export type WantedSubscription = Omit<Subscription, 'id' | 'paused' | 'toldAt'>;

type Row = Omit<Subscription, 'sections' | 'subjectIds'> & {
  readonly sections: string | null;
  readonly subjectIds: string | null;
};

const COLUMNS = `id, workspace_id AS workspaceId, channel_id AS channelId, every, on_day AS onDay,
  minute, zone, when_quiet AS whenQuiet, sections, subject_ids AS subjectIds, user_id AS userId,
  since, paused, told_at AS toldAt`;

function toSubscription({ sections, subjectIds, ...row }: Row): Subscription {
  return {
    ...row,
    sections: sections === null ? null : JSON.parse(sections),
    subjectIds: subjectIds === null ? null : JSON.parse(subjectIds),
  };
}

/** Saves a subscription, in place of the one that its channel has for the cadence; it runs again. */
export function saveSubscription(db: Db, wanted: WantedSubscription): void {
  const { sections, subjectIds } = wanted;
  statement(
    db,
    `INSERT INTO subscription (workspace_id, channel_id, every, on_day, minute, zone, when_quiet,
       sections, subject_ids, user_id, since)
     VALUES (@workspaceId, @channelId, @every, @onDay, @minute, @zone, @whenQuiet, @sections,
       @subjectIds, @userId, @since)
     ON CONFLICT (workspace_id, channel_id, every) DO UPDATE SET on_day = excluded.on_day,
       minute = excluded.minute, zone = excluded.zone, when_quiet = excluded.when_quiet,
       sections = excluded.sections, subject_ids = excluded.subject_ids,
       user_id = excluded.user_id, since = excluded.since, paused = NULL, told_at = NULL`,
  ).run({
    ...wanted,
    sections: sections && JSON.stringify(sections),
    subjectIds: subjectIds && JSON.stringify(subjectIds),
  });
}

/** The subscriptions of a workspace, or of one of its channels, by channel. */
export function listSubscriptions(db: Db, workspaceId: string, channelId?: string): Subscription[] {
  return statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM subscription
     WHERE workspace_id = @workspaceId AND (@channelId IS NULL OR channel_id = @channelId)
     ORDER BY channel_id, every`,
  )
    .all({ workspaceId, channelId: channelId ?? null })
    .map(toSubscription);
}

/** Undefined when it is gone. */
export function findSubscription(db: Db, id: number): Subscription | undefined {
  const row = statement<Row>(db, `SELECT ${COLUMNS} FROM subscription WHERE id = ?`).get(id);
  return row && toSubscription(row);
}

/** Ends a subscription; what was noted of its digests goes with it. */
export function removeSubscription(db: Db, id: number): void {
  statement(db, 'DELETE FROM subscription WHERE id = ?').run(id);
}

/** Stops it until somebody asks for it anew; `code` is a word for why. */
export function pauseSubscription(db: Db, id: number, code: string): void {
  statement(db, 'UPDATE subscription SET paused = ?, told_at = NULL WHERE id = ?').run(code, id);
}

/** Notes when its subscriber was notified of the pause (ISO), or, with null, that nobody was. */
export function setPauseTold(db: Db, id: number, at: string | null): void {
  statement(db, 'UPDATE subscription SET told_at = ? WHERE id = ?').run(at, id);
}

/** Digests that chose the subject `from` choose `to` from now on. */
export function moveChosenSubject(db: Db, ids: Merging): void {
  statement(
    db,
    `UPDATE subscription SET subject_ids = (
       SELECT json_group_array(DISTINCT iif(value = @from, CAST(@to AS INTEGER), value))
       FROM json_each(subject_ids))
     WHERE @from IN (SELECT value FROM json_each(subject_ids))`,
  ).run(ids);
}

/** Gives the subscriptions of a channel its new id; those that the new one has already stay. */
export function moveSubscriptions(db: Db, workspaceId: string, from: string, to: string): void {
  statement(
    db,
    `UPDATE OR IGNORE subscription SET channel_id = ? WHERE workspace_id = ? AND channel_id = ?`,
  ).run(to, workspaceId, from);
  statement(db, 'DELETE FROM subscription WHERE workspace_id = ? AND channel_id = ?').run(
    workspaceId,
    from,
  );
}

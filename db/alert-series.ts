import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/**
 * `hold`: the source itself is down. `resting`: after an incident, nothing is reported for a while.
 */
export type Standing = 'learning' | 'small' | 'normal' | 'firing' | 'resting' | 'hold';

/** What a watched number is of: the undivided series of a subject. */
export interface WatchedKey {
  readonly subjectId: number;
  readonly metric: string;
}

/** Another subject, whose days are added to those of a series. */
export interface Joined {
  readonly subjectId: number;
  /** It replaced a third one, and did not exist before its first day. */
  readonly isLater: boolean;
}

export interface NamedJoined extends Joined {
  readonly name: string;
}

interface Judged {
  readonly judgedThrough: Day;
  /** The rule's own, as JSON. */
  readonly state: string;
  readonly standing: Standing;
  /** The subjects whose days were added to its own; absent where there are none. */
  readonly others?: readonly Joined[];
}

export interface AlertSeries extends WatchedKey, Omit<Judged, 'others'> {
  readonly subjectName: string;
  readonly source: string;
  /** The only workspace that may see it; null where all may. */
  readonly workspaceId: string | null;
  readonly others: readonly Omit<NamedJoined, 'isLater'>[];
}

/** A row as it is stored. */
type Stored<Row> = Omit<Row, 'others'> & { readonly others: string };

const NOBODY = '[]';

export function listAlertSeries(db: Db): AlertSeries[] {
  const names = statement<Omit<NamedJoined, 'isLater'>>(
    db,
    `SELECT subject.id AS subjectId, name FROM json_each(?)
     JOIN subject ON subject.id = value ->> 'subjectId' ORDER BY subject.key`,
  );
  return statement<Stored<AlertSeries>>(
    db,
    `SELECT subject_id AS subjectId, subject.name AS subjectName, source,
       iif(source = 'slack', subject.key, NULL) AS workspaceId, metric,
       judged_through AS judgedThrough, state, standing, others
     FROM alert_series JOIN subject ON subject.id = subject_id ORDER BY metric, subject.key`,
  )
    .all()
    .map((row) => ({ ...row, others: row.others === NOBODY ? [] : names.all(row.others) }));
}

export function judgedOf(db: Db, { subjectId, metric }: WatchedKey): Judged | undefined {
  const row = statement<Stored<Judged>>(
    db,
    `SELECT judged_through AS judgedThrough, state, standing, others FROM alert_series
     WHERE subject_id = ? AND metric = ?`,
  ).get(subjectId, metric);
  return row && { ...row, others: JSON.parse(row.others) as Joined[] };
}

export function saveJudged(db: Db, { subjectId, metric }: WatchedKey, judged: Judged): void {
  statement(
    db,
    `INSERT INTO alert_series (subject_id, metric, judged_through, state, standing, others)
     VALUES (@subjectId, @metric, @judgedThrough, @state, @standing, @others)
     ON CONFLICT DO UPDATE SET judged_through = excluded.judged_through, state = excluded.state,
       standing = excluded.standing, others = excluded.others`,
  ).run({ ...judged, subjectId, metric, others: JSON.stringify(judged.others ?? []) });
}

export function forgetJudged(db: Db, { subjectId, metric }: WatchedKey): void {
  statement(db, 'DELETE FROM alert_series WHERE subject_id = ? AND metric = ?').run(
    subjectId,
    metric,
  );
}

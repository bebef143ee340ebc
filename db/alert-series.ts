import { addDays, type Day, daysBetween } from './days.ts';
import type { Db } from './open.ts';
import { providedDays } from './provided-days.ts';
import { BIGQUERY, DOWNLOADS } from './pypi.ts';
import { type DayValue, daysOf, type Series } from './series.ts';
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

export interface Judged {
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

/**
 * What came in on each day from `from` to `to` that is complete and has arrived: the value of a
 * count, the growth of a total between two days that follow each other. Where a counter began anew
 * (a total of stars: fell by more than half), nothing is known.
 */
export function arrivedDays(db: Db, series: Series, from: Day, to: Day): DayValue[] {
  const { completeThrough, subjectId, kind, metric } = series;
  if (completeThrough === null) return [];
  const end = completeThrough < to ? completeThrough : to;
  if (kind === 'total') return growthByDay(daysOf(db, series.id, addDays(from, -1), end), metric);
  const days = new Map<Day, number>();
  for (const { day, provider } of providedDays(db, subjectId, from, end)) {
    if (provider === BIGQUERY && metric === DOWNLOADS) days.set(day, 0);
  }
  for (const { day, value } of daysOf(db, series.id, from, end)) days.set(day, value);
  return [...days]
    .map(([day, value]) => ({ day, value }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** A counter that is back within this many days never began anew. */
export const DIP_DAYS = 14;

/**
 * What a total grew by between two days that follow each other. Nothing where it began anew, nor
 * where it is back at what it was before: then the lower totals were wrong, and the gain on them
 * did not come in on that day.
 */
export function growthByDay(points: readonly DayValue[], metric: string): DayValue[] {
  const canFall = metric === 'github.stars';
  let left: DayValue | undefined;
  return points.slice(1).flatMap(({ day, value }, index) => {
    const before = points[index] as DayValue;
    if (left && daysBetween(left.day, day) > DIP_DAYS) left = undefined;
    const isBack = left !== undefined && value >= left.value;
    const isAnew = value < (canFall ? before.value / 2 : before.value);
    if (isBack) left = undefined;
    if (isAnew) left ??= before;
    if (isAnew || isBack || daysBetween(before.day, day) !== 1) return [];
    return [{ day, value: Math.max(0, value - before.value) }];
  });
}

import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** How far a series reaches. */
interface Progress {
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly lastValue: number;
}

/** How far the undivided series of `metric` reaches; undefined while it has no day. */
export function progressOf(db: Db, subjectId: number, metric: string): Progress | undefined {
  return statement<Progress>(
    db,
    `SELECT min(day) OVER () AS firstDay, day AS lastDay, value AS lastValue
     FROM series_day JOIN series ON series.id = series_id
     WHERE subject_id = ? AND metric = ? AND dimension = '' ORDER BY day DESC LIMIT 1`,
  ).get(subjectId, metric);
}

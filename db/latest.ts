import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** The newest value of one metric of a subject. */
export interface Latest {
  readonly source: string;
  readonly subjectId: number;
  readonly subjectName: string;
  /** Null, like `day` and `value`, while nothing has been collected. */
  readonly metric: string | null;
  readonly day: Day | null;
  readonly value: number | null;
}

/** Every subject that is tracked or has data, with the newest value of each undivided metric. */
export function latestValues(db: Db): Latest[] {
  return statement<Latest>(
    db,
    `SELECT subject.source, subject.id AS subjectId, subject.name AS subjectName,
       series.metric, d.day, d.value
     FROM subject
     LEFT JOIN series ON series.subject_id = subject.id AND series.dimension = ''
     LEFT JOIN series_day AS d ON d.series_id = series.id
       AND d.day = (SELECT max(day) FROM series_day WHERE series_id = series.id)
     WHERE subject.tracked_at IS NOT NULL OR d.day IS NOT NULL
     ORDER BY subject.source, subject.key, series.metric`,
  ).all();
}

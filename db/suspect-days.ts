import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** Notes that the numbers of a day looked wrong for all that is read of its source. */
export function saveSuspectDay(db: Db, metric: string, day: Day): void {
  statement(db, 'INSERT INTO suspect_day (metric, day) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    metric,
    day,
  );
}

/** The suspect days of a metric from `from` to `to`, oldest first. */
export function suspectDays(db: Db, metric: string, from: Day, to: Day): Day[] {
  return statement(
    db,
    'SELECT day FROM suspect_day WHERE metric = ? AND day BETWEEN ? AND ? ORDER BY day',
  )
    .pluck()
    .all(metric, from, to) as Day[];
}

/** The days from `from` on that were not asked for again since the instant `before` (ISO). */
export function suspectToAsk(db: Db, metric: string, from: Day, before: string): Day[] {
  return statement(
    db,
    `SELECT day FROM suspect_day
     WHERE metric = ? AND day >= ? AND coalesce(asked_at, '') < ? ORDER BY day`,
  )
    .pluck()
    .all(metric, from, before) as Day[];
}

/** Notes that the days from `from` on are asked for again at the instant `at` (ISO). */
export function markAsked(db: Db, metric: string, from: Day, at: string): void {
  statement(db, 'UPDATE suspect_day SET asked_at = ? WHERE metric = ? AND day >= ?').run(
    at,
    metric,
    from,
  );
}

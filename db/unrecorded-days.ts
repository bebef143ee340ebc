import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/**
 * Notes a day on which the bot was off for so long that its messages are not all recorded. The table
 * has the name `deaf_day`.
 */
export function saveUnrecordedDay(db: Db, day: Day): void {
  statement(db, 'INSERT INTO deaf_day (day) VALUES (?) ON CONFLICT DO NOTHING').run(day);
}

/** Takes back the days behind `today`: a clock that ran ahead noted them. */
export function forgetUnrecordedAfter(db: Db, today: Day): void {
  statement(db, 'DELETE FROM deaf_day WHERE day > ?').run(today);
}

/** Those from `from` to `to`, oldest first. */
export function unrecordedDays(db: Db, from: Day, to: Day): Day[] {
  return statement(db, 'SELECT day FROM deaf_day WHERE day BETWEEN ? AND ? ORDER BY day')
    .pluck()
    .all(from, to) as Day[];
}

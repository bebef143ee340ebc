import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** Keeps that the bot was stopped on a day for so long that it did not hear all that was said. */
export function saveDeafDay(db: Db, day: Day): void {
  statement(db, 'INSERT INTO deaf_day (day) VALUES (?) ON CONFLICT DO NOTHING').run(day);
}

/** The deaf days from `from` to `to`, oldest first. */
export function deafDays(db: Db, from: Day, to: Day): Day[] {
  return statement(db, 'SELECT day FROM deaf_day WHERE day BETWEEN ? AND ? ORDER BY day')
    .pluck()
    .all(from, to) as Day[];
}

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

/** Takes back what is behind `now` (ISO): a clock that ran ahead noted it. */
export function forgetUnrecordedAfter(db: Db, now: string): void {
  statement(db, 'DELETE FROM deaf_day WHERE day > date(?)').run(now);
  statement(db, 'DELETE FROM deaf_spell WHERE ended > ?').run(now);
}

/** A time in which nothing was recorded (ISO). */
export interface UnrecordedSpell {
  readonly began: string;
  readonly ended: string;
}

/** Keeps a spell; of one that goes on, what is told last. The table has the name `deaf_spell`. */
export function saveUnrecordedSpell(db: Db, spell: UnrecordedSpell): void {
  statement(
    db,
    `INSERT INTO deaf_spell (began, ended) VALUES (@began, @ended)
     ON CONFLICT DO UPDATE SET ended = excluded.ended`,
  ).run(spell);
}

/** Those that went on until `since` (ISO) or later. */
export function unrecordedSpells(db: Db, since: string): UnrecordedSpell[] {
  return statement<UnrecordedSpell>(db, 'SELECT began, ended FROM deaf_spell WHERE ended >= ?').all(
    since,
  );
}

/** Those from `from` to `to`, oldest first. */
export function unrecordedDays(db: Db, from: Day, to: Day): Day[] {
  return statement(db, 'SELECT day FROM deaf_day WHERE day BETWEEN ? AND ? ORDER BY day')
    .pluck()
    .all(from, to) as Day[];
}

import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

const prepared = new WeakMap<Db, Map<string, Statement>>();

/** The prepared statement for `sql`, compiled once per database. */
export function statement<Row = unknown>(db: Db, sql: string): Statement<unknown[], Row> {
  const known = prepared.get(db) ?? new Map<string, Statement>();
  prepared.set(db, known);
  const found = known.get(sql) ?? db.prepare(sql);
  known.set(sql, found);
  return found as Statement<unknown[], Row>;
}

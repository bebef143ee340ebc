import type { Db } from '../../db/open.ts';
import { statement } from '../../db/statement.ts';

/** Fifty rows to a statement cost half of what they cost one by one. */
const AT_ONCE = 50;

export type Value = string | number | null;

/** Inserts `rows`, each with a value for each of `columns`, none of which may be there already. */
export function insertRows(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): void {
  const row = `(${columns.map(() => '?').join()})`;
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    const places = Array(some.length).fill(row).join();
    statement(db, `INSERT INTO ${table} (${columns.join()}) VALUES ${places}`).run(some.flat());
  }
}

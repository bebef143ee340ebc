/** Rows that one INSERT takes. A call into SQLite costs about as much as a row; more gains little. */
export const ROWS_AT_ONCE = 32;

/** `(?, ?), (?, ?), …`: the VALUES of `count` rows of `columns` parameters. */
export function rows(columns: number, count: number): string {
  const row = `(${Array(columns).fill('?').join(', ')})`;
  return Array(count).fill(row).join(', ');
}

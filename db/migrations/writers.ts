import type { Migration } from './migration.ts';

export const writers: Migration = {
  name: 'who wrote in a finished month',
  sql: `
    -- "month" is its first day; "writers" a bit for each user number, the lowest first. Dropped in the
    -- transaction that changes one of its days, built again by packWriters(); never the only copy.
    CREATE TABLE writer_pack (
      workspace_id TEXT NOT NULL,
      month TEXT NOT NULL,
      writers BLOB NOT NULL,
      PRIMARY KEY (workspace_id, month)
    ) STRICT, WITHOUT ROWID;
  `,
};

import type { Migration } from './migration.ts';

export const sentinels: Migration = {
  name: 'sentinels',
  sql: `
    -- What well-known packages and images of a source show: peers of what is watched there, and
    -- no subjects. "value" as in series_day: a count of the day, or a total.
    CREATE TABLE sentinel_day (
      source TEXT NOT NULL,
      key TEXT NOT NULL,
      metric TEXT NOT NULL,
      day TEXT NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (source, key, metric, day)
    ) STRICT, WITHOUT ROWID;
  `,
};

import type { Migration } from './migration.ts';

export const collecting: Migration = {
  name: 'subjects, snapshots, series, jobs',
  sql: `
    -- "key" is what identifies the subject (lower case, PEP 503 for packages);
    -- "name" is the spelling that people see.
    CREATE TABLE subject (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      key TEXT NOT NULL,
      name TEXT NOT NULL,
      tracked_at TEXT,
      UNIQUE (source, key)
    ) STRICT;

    -- What a source answered, word for word.
    CREATE TABLE snapshot (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      kind TEXT NOT NULL,
      taken_at TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (subject_id, kind, taken_at)
    ) STRICT;

    -- "kind" tells a total (can be carried forward, can fall) from a count (can be summed).
    -- Days after "complete_through" are provisional: drawn, never compared.
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      metric TEXT NOT NULL,
      dimension TEXT NOT NULL DEFAULT '',
      member TEXT NOT NULL DEFAULT '',
      kind TEXT NOT NULL CHECK (kind IN ('total', 'count')),
      complete_through TEXT,
      UNIQUE (subject_id, metric, dimension, member)
    ) STRICT;

    -- A day without data has no row. "origin" decides who wins: poll over import over history.
    CREATE TABLE series_day (
      series_id INTEGER NOT NULL REFERENCES series(id),
      day TEXT NOT NULL,
      value INTEGER NOT NULL,
      origin TEXT NOT NULL CHECK (origin IN ('history', 'import', 'poll')),
      seen_at TEXT NOT NULL,
      PRIMARY KEY (series_id, day)
    ) STRICT, WITHOUT ROWID;

    -- One row per job and due time: the insert is the claim.
    CREATE TABLE job_run (
      job TEXT NOT NULL,
      due_at TEXT NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT,
      outcome TEXT CHECK (outcome IN ('done', 'failed')),
      error TEXT,
      PRIMARY KEY (job, due_at)
    ) STRICT, WITHOUT ROWID;
  `,
};

import type { Migration } from './migration.ts';

export const replacements: Migration = {
  name: 'replacements',
  sql: `
    -- What is being replaced by its successor: the days of both are judged as one series.
    CREATE TABLE replacement (
      subject_id INTEGER PRIMARY KEY REFERENCES subject(id),
      successor_id INTEGER NOT NULL REFERENCES subject(id),
      CHECK (subject_id <> successor_id)
    ) STRICT;
    CREATE INDEX replacement_successor ON replacement (successor_id);

    -- Whose days were added to the series' own when it was judged (JSON): with others, it is
    -- another series, and is judged anew.
    ALTER TABLE alert_series ADD COLUMN others TEXT NOT NULL DEFAULT '[]';

    -- The same of an incident, which stays what it was of when nothing is replaced any more.
    -- "is_later": it replaced another of them, and did not exist before its first day.
    CREATE TABLE incident_member (
      incident_id INTEGER NOT NULL REFERENCES incident(id) ON DELETE CASCADE,
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      is_later INTEGER NOT NULL,
      PRIMARY KEY (incident_id, subject_id)
    ) STRICT, WITHOUT ROWID;
  `,
};

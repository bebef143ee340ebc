import type { Migration } from './migration.ts';

export const alerts: Migration = {
  name: 'watched series, incidents, votes',
  sql: `
    -- How easily a subject's falls are told; "subject_id" 0 is for all without a line of their own.
    CREATE TABLE alert_sensitivity (
      subject_id INTEGER PRIMARY KEY,
      sensitivity TEXT NOT NULL CHECK (sensitivity IN ('sensitive', 'normal', 'quiet'))
    ) STRICT;

    -- What is watched beside the downloads and pulls of our own.
    CREATE TABLE alert_extra (
      name TEXT PRIMARY KEY CHECK (name IN ('dependencies', 'stars'))
    ) STRICT, WITHOUT ROWID;

    -- How far the undivided series of a subject was judged. "state" is the rule's own (JSON).
    CREATE TABLE alert_series (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      metric TEXT NOT NULL,
      judged_through TEXT NOT NULL,
      state TEXT NOT NULL,
      standing TEXT NOT NULL
        CHECK (standing IN ('learning', 'small', 'normal', 'firing', 'resting', 'hold')),
      PRIMARY KEY (subject_id, metric)
    ) STRICT, WITHOUT ROWID;

    -- A fall that was told. Both days are data days.
    CREATE TABLE incident (
      id INTEGER PRIMARY KEY,
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      metric TEXT NOT NULL,
      -- The day on which the decision rests, and how many days before it were looked at with it.
      opened_day TEXT NOT NULL,
      days INTEGER NOT NULL,
      sensitivity TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('firing', 'acknowledged', 'snoozed', 'resolved')),
      -- Who acknowledged or snoozed it, and the first day on which a snoozed one is told again.
      user_id TEXT,
      snoozed_until TEXT,
      closed_day TEXT,
      outcome TEXT CHECK (outcome IN ('recovered', 'new level', 'not watched')),
      CHECK ((state = 'resolved') = (closed_day IS NOT NULL)),
      CHECK ((state = 'resolved') = (outcome IS NOT NULL)),
      UNIQUE (subject_id, metric, opened_day)
    ) STRICT;
    -- No second one opens while one is open.
    CREATE UNIQUE INDEX incident_open ON incident (subject_id, metric) WHERE closed_day IS NULL;

    CREATE TABLE incident_vote (
      incident_id INTEGER NOT NULL REFERENCES incident(id) ON DELETE CASCADE,
      workspace_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      is_useful INTEGER NOT NULL,
      voted_at TEXT NOT NULL,
      PRIMARY KEY (incident_id, workspace_id, user_id)
    ) STRICT, WITHOUT ROWID;
  `,
};

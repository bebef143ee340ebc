import type { Migration } from './migration.ts';

export const runs: Migration = {
  name: 'runs, parts of sources, providers, advisories, lineage',
  sql: `
    -- "external_id" is the source's own number for it, which outlives a renaming.
    ALTER TABLE subject ADD COLUMN external_id TEXT;
    -- A dependency is collected like any other, and drawn apart from what is our own.
    ALTER TABLE subject ADD COLUMN role TEXT NOT NULL DEFAULT 'own'
      CHECK (role IN ('own', 'dependency'));
    -- The group (github:owner/*) through which it is on the list; null when it is there by itself.
    ALTER TABLE subject ADD COLUMN via_id INTEGER REFERENCES subject(id);

    -- Names that a subject had before; its rows have moved along to the new one.
    CREATE TABLE subject_alias (
      source TEXT NOT NULL,
      key TEXT NOT NULL,
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      PRIMARY KEY (source, key)
    ) STRICT, WITHOUT ROWID;

    -- The parts of the sources of the process that started last. "off" says in words what
    -- switches a part off, and is null when it is on.
    CREATE TABLE source_part (
      source TEXT NOT NULL,
      part TEXT NOT NULL,
      source_title TEXT NOT NULL,
      part_title TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('subject', 'source')),
      every_hours INTEGER NOT NULL,
      off TEXT,
      PRIMARY KEY (source, part)
    ) STRICT, WITHOUT ROWID;

    -- How far a part has come; "subject_id" is 0 for a part that reads all subjects at once.
    -- "cursor" is where the part goes on, in its own words.
    CREATE TABLE collection (
      source TEXT NOT NULL,
      subject_id INTEGER NOT NULL,
      part TEXT NOT NULL,
      cursor TEXT,
      -- When it was last read to its end; null while the first load is under way.
      done_at TEXT,
      -- When its last run began, however it ended.
      tried_at TEXT,
      failures INTEGER NOT NULL DEFAULT 0,
      -- When somebody was told that it keeps failing; null once it works again.
      told_at TEXT,
      error TEXT,
      -- When a run that was put off may go on; null when none was.
      retry_at TEXT,
      -- What the numbers lack, in words: "Issues are switched off."
      note TEXT,
      -- How far a first load is: { "done": 1200, "of": 40000, "unit": "issues" }
      progress TEXT,
      PRIMARY KEY (source, subject_id, part)
    ) STRICT, WITHOUT ROWID;

    -- One reading of one part. "subject_id" as in collection.
    CREATE TABLE run (
      id TEXT PRIMARY KEY,
      -- What this run was part of: a tick of the schedule, a command.
      parent_id TEXT NOT NULL,
      source TEXT NOT NULL,
      subject_id INTEGER NOT NULL,
      part TEXT NOT NULL,
      started_at TEXT NOT NULL,
      ended_at TEXT,
      requests INTEGER NOT NULL DEFAULT 0,
      rows INTEGER NOT NULL DEFAULT 0,
      bytes INTEGER NOT NULL DEFAULT 0,
      cost_usd REAL NOT NULL DEFAULT 0,
      outcome TEXT CHECK (outcome IN ('done', 'limited', 'failed', 'cut')),
      error TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_started ON run (started_at);
    CREATE INDEX run_of ON run (source, subject_id, part, started_at);

    -- Who told the numbers of a subject's day, and when they were asked: a day that was asked
    -- and had nothing has a row here and none in series_day.
    CREATE TABLE provided_day (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      day TEXT NOT NULL,
      provider TEXT NOT NULL,
      asked_at TEXT NOT NULL,
      -- 1 once it was read late enough that nothing will be added to it.
      is_settled INTEGER NOT NULL,
      PRIMARY KEY (subject_id, day)
    ) STRICT, WITHOUT ROWID;

    -- "ranges" is JSON: a list of { "introduced", "fixed"?, "lastAffected"? } and of
    -- { "versions": [...] }, by the order of PEP 440.
    CREATE TABLE advisory (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      id TEXT NOT NULL,
      aliases TEXT NOT NULL,
      summary TEXT NOT NULL,
      severity TEXT,
      published_at TEXT NOT NULL,
      modified_at TEXT NOT NULL,
      ranges TEXT NOT NULL,
      PRIMARY KEY (subject_id, id)
    ) STRICT, WITHOUT ROWID;

    -- Lineage events that have not been taken yet, oldest first.
    CREATE TABLE lineage_event (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      created_at TEXT NOT NULL,
      event TEXT NOT NULL
    ) STRICT;

    -- Runs whose beginning was told to lineage and whose end was not. "event" is the end to tell
    -- when the process dies before it can.
    CREATE TABLE lineage_open (
      run_id TEXT PRIMARY KEY,
      event TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The validator of the last answer of an address: sent back, it makes a repetition free.
    CREATE TABLE etag (
      address TEXT PRIMARY KEY,
      etag TEXT NOT NULL,
      seen_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Where notes about failing sources go; null: nowhere.
    ALTER TABLE workspace ADD COLUMN admin_channel_id TEXT;
  `,
};

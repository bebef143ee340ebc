import type Database from 'better-sqlite3';
import { InputError } from './input-error.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * Every change of the schema, oldest first. Append only: a migration that was released is never
 * edited, because databases in the field have already run it. Views live in `views.ts`.
 */
const migrations: readonly Migration[] = [
  {
    name: 'workspaces, channels, users, messages',
    sql: `
      CREATE TABLE workspace (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        domain TEXT NOT NULL,
        bot_user_id TEXT NOT NULL,
        refreshed_at TEXT NOT NULL
      ) STRICT;

      -- "number" is a small stand-in for the long id, used by the packed counts.
      -- "name" is null until Slack has been asked.
      CREATE TABLE channel (
        number INTEGER PRIMARY KEY,
        workspace_id TEXT NOT NULL REFERENCES workspace(id),
        id TEXT NOT NULL,
        name TEXT,
        is_private INTEGER NOT NULL DEFAULT 1,
        is_archived INTEGER NOT NULL DEFAULT 0,
        refreshed_at TEXT,
        UNIQUE (workspace_id, id)
      ) STRICT;

      CREATE TABLE user (
        number INTEGER PRIMARY KEY,
        workspace_id TEXT NOT NULL REFERENCES workspace(id),
        id TEXT NOT NULL,
        name TEXT,
        is_bot INTEGER NOT NULL DEFAULT 0,
        is_deleted INTEGER NOT NULL DEFAULT 0,
        tz TEXT,
        refreshed_at TEXT,
        UNIQUE (workspace_id, id)
      ) STRICT;

      -- Envelopes as Slack sent them, kept until the recorder has turned them into rows.
      CREATE TABLE inbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id TEXT NOT NULL UNIQUE,
        received_at TEXT NOT NULL,
        envelope TEXT NOT NULL,
        error TEXT
      ) STRICT;

      -- The ids of recorded events, so that a retry minutes later is known as one.
      CREATE TABLE recorded_event (
        event_id TEXT PRIMARY KEY,
        recorded_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE message (
        workspace_id TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        ts TEXT NOT NULL,
        day TEXT NOT NULL,
        user_id TEXT,
        bot_id TEXT,
        subtype TEXT,
        thread_ts TEXT,
        edited_ts TEXT,
        is_counted INTEGER NOT NULL,
        is_deleted INTEGER NOT NULL DEFAULT 0,
        text TEXT NOT NULL DEFAULT '',
        raw TEXT,
        PRIMARY KEY (workspace_id, channel_id, ts),
        FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id)
          ON UPDATE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE message_count (
        workspace_id TEXT NOT NULL,
        day TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        messages INTEGER NOT NULL CHECK (messages > 0),
        PRIMARY KEY (workspace_id, day, channel_id, user_id),
        FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id)
          ON UPDATE CASCADE,
        FOREIGN KEY (workspace_id, user_id) REFERENCES user (workspace_id, id)
      ) STRICT, WITHOUT ROWID;

      -- A finished day's message_count rows in one blob: what reports read. Dropped in the
      -- transaction that changes the day, built again by packDays(); never the only copy.
      CREATE TABLE message_pack (
        workspace_id TEXT NOT NULL,
        day TEXT NOT NULL,
        counts BLOB NOT NULL,
        PRIMARY KEY (workspace_id, day)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
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
  },
  {
    name: 'bots are found without reading every user',
    sql: 'CREATE INDEX user_is_bot ON user (workspace_id) WHERE is_bot = 1',
  },
];

/** Runs the migrations that `db` lacks, each in one transaction with its line in the ledger. */
export function migrate(db: Database.Database): void {
  db.exec(
    `CREATE TABLE IF NOT EXISTS migration (
       number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL
     ) STRICT`,
  );
  const done = db.prepare('SELECT count(*) FROM migration').pluck().get() as number;
  if (done > migrations.length) {
    throw new InputError(
      `This database was written by a newer Groundswell (schema ${done}, this one knows ${migrations.length}): update Groundswell, or point DATABASE_PATH at another file.`,
    );
  }
  const record = db.prepare('INSERT INTO migration VALUES (?, ?, ?)');
  for (const [index, { name, sql }] of migrations.entries()) {
    if (index < done) continue;
    db.transaction(() => {
      db.exec(sql);
      record.run(index + 1, name, new Date().toISOString());
    })();
  }
}

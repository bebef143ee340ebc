import type { Migration } from './migration.ts';

export const recording: Migration = {
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
};

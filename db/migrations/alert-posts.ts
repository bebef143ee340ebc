import type { Migration } from './migration.ts';

export const alertPosts: Migration = {
  name: 'where falls are told, and the messages that tell them',
  sql: `
    -- The channel, the zone by whose clocks its nights are quiet, and who chose it; null: nowhere.
    ALTER TABLE workspace ADD COLUMN alert_channel_id TEXT;
    ALTER TABLE workspace ADD COLUMN alert_zone TEXT;
    ALTER TABLE workspace ADD COLUMN alert_user_id TEXT;

    -- A message about one or more incidents, or (with a parent) a note in its thread. "id" travels
    -- in the message's metadata, so that Slack can be asked for it.
    CREATE TABLE alert_post (
      id TEXT PRIMARY KEY,
      workspace_id TEXT NOT NULL REFERENCES workspace(id),
      channel_id TEXT NOT NULL,
      parent_id TEXT REFERENCES alert_post(id),
      -- What a note says; null for a message, whose words are those of its incidents.
      text TEXT,
      claimed_at TEXT NOT NULL,
      -- When it was last handed to Slack without an answer being known; null when it is not.
      sent_at TEXT,
      ts TEXT,
      -- Of the picture, once it is uploaded.
      file_id TEXT,
      -- JSON: the incidents as the message shows them.
      shown TEXT,
      -- Not to be tried before then; null when at once.
      retry_at TEXT,
      -- Null while there is something left to do.
      outcome TEXT CHECK (outcome IN ('done', 'refused'))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_post_open ON alert_post (workspace_id, claimed_at) WHERE outcome IS NULL;

    -- An incident is told in one message of a workspace.
    CREATE TABLE alert_post_incident (
      workspace_id TEXT NOT NULL,
      incident_id INTEGER NOT NULL REFERENCES incident(id) ON DELETE CASCADE,
      post_id TEXT NOT NULL REFERENCES alert_post(id),
      PRIMARY KEY (workspace_id, incident_id)
    ) STRICT, WITHOUT ROWID;
  `,
};

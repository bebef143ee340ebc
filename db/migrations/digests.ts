import type { Migration } from './migration.ts';

export const digests: Migration = {
  name: 'subscriptions and the digests posted for them',
  sql: `
    -- What a channel is told unasked: at most one for each cadence.
    CREATE TABLE subscription (
      id INTEGER PRIMARY KEY,
      workspace_id TEXT NOT NULL REFERENCES workspace(id),
      channel_id TEXT NOT NULL,
      every TEXT NOT NULL CHECK (every IN ('day', 'week', 'month')),
      -- ISO weekday (1 is Monday) of a weekly one, day of the month of a monthly one.
      on_day INTEGER NOT NULL,
      -- Minutes after midnight, on the clocks of "zone".
      minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
      zone TEXT NOT NULL,
      -- What is posted when there is nothing to say.
      when_quiet TEXT NOT NULL CHECK (when_quiet IN ('line', 'nothing')),
      -- JSON lists of what was chosen; null: everything.
      sections TEXT,
      subject_ids TEXT,
      -- Who asked for it last.
      user_id TEXT NOT NULL,
      -- Due times up to then are none of its business.
      since TEXT NOT NULL,
      -- Slack's code for why nothing can be posted; null while it runs.
      paused TEXT,
      -- When "user_id" was told of the pause; null when nobody was.
      told_at TEXT,
      UNIQUE (workspace_id, channel_id, every)
    ) STRICT;

    -- One posting for one due time. "id" travels in the metadata of its messages, so that Slack
    -- can be asked for them.
    CREATE TABLE digest (
      id TEXT PRIMARY KEY,
      subscription_id INTEGER NOT NULL REFERENCES subscription(id) ON DELETE CASCADE,
      due_at TEXT NOT NULL,
      -- 1 when somebody asked for it between the due times.
      by_hand INTEGER NOT NULL,
      claimed_at TEXT NOT NULL,
      -- When a message was last handed to Slack without an answer being known; null when none is.
      sent_at TEXT,
      -- The timestamps of the message and of the reply with the details, once known.
      ts TEXT,
      details_ts TEXT,
      -- Not to be tried before then; null when at once.
      retry_at TEXT,
      -- Null while there is something left to do.
      outcome TEXT CHECK (outcome IN ('posted', 'quiet', 'missed', 'refused')),
      UNIQUE (subscription_id, due_at)
    ) STRICT;
  `,
};

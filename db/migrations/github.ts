import type { Migration } from './migration.ts';

export const github: Migration = {
  name: 'what repositories are made of',
  sql: `
    CREATE TABLE github_repository (
      subject_id INTEGER PRIMARY KEY REFERENCES subject(id),
      description TEXT,
      homepage TEXT,
      -- SPDX
      license TEXT,
      language TEXT,
      -- JSON: bytes by language
      languages TEXT NOT NULL DEFAULT '{}',
      -- JSON: a list of words
      topics TEXT NOT NULL DEFAULT '[]',
      size_kb INTEGER NOT NULL,
      is_fork INTEGER NOT NULL,
      is_archived INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      pushed_at TEXT,
      seen_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE github_issue (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      number INTEGER NOT NULL,
      is_pull INTEGER NOT NULL,
      is_draft INTEGER NOT NULL DEFAULT 0,
      title TEXT NOT NULL,
      -- Null for an account that is gone.
      author TEXT,
      state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
      state_reason TEXT,
      -- Null where the list does not tell: that of pull requests, read where issues are off.
      comments INTEGER,
      -- JSON: a list of names
      labels TEXT NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      closed_at TEXT,
      merged_at TEXT,
      PRIMARY KEY (subject_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX github_issue_created ON github_issue (subject_id, created_at);
    CREATE INDEX github_issue_closed ON github_issue (subject_id, closed_at)
      WHERE closed_at IS NOT NULL;
    CREATE INDEX github_issue_merged ON github_issue (subject_id, merged_at)
      WHERE merged_at IS NOT NULL;

    CREATE TABLE github_commit (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      sha TEXT NOT NULL,
      -- The account, where the address of the commit belongs to one.
      author TEXT,
      author_name TEXT NOT NULL,
      committed_at TEXT NOT NULL,
      PRIMARY KEY (subject_id, sha)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX github_commit_committed ON github_commit (subject_id, committed_at);

    -- Lines changed in the week that begins on "week", a Sunday: GitHub's weeks do.
    CREATE TABLE github_code_week (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      week TEXT NOT NULL,
      additions INTEGER NOT NULL,
      deletions INTEGER NOT NULL,
      PRIMARY KEY (subject_id, week)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE github_release (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      id INTEGER NOT NULL,
      tag TEXT NOT NULL,
      name TEXT,
      author TEXT,
      is_prerelease INTEGER NOT NULL,
      published_at TEXT NOT NULL,
      PRIMARY KEY (subject_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE github_release_asset (
      subject_id INTEGER NOT NULL,
      release_id INTEGER NOT NULL,
      id INTEGER NOT NULL,
      name TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      downloads INTEGER NOT NULL,
      PRIMARY KEY (subject_id, release_id, id),
      FOREIGN KEY (subject_id, release_id) REFERENCES github_release (subject_id, id)
        ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE github_contributor (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      login TEXT NOT NULL,
      contributions INTEGER NOT NULL,
      PRIMARY KEY (subject_id, login)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE github_fork (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      id INTEGER NOT NULL,
      full_name TEXT NOT NULL,
      owner TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (subject_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE github_stargazer (
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      login TEXT NOT NULL,
      starred_at TEXT NOT NULL,
      -- The reading of the list, by its start, that saw them last.
      seen_at TEXT NOT NULL,
      PRIMARY KEY (subject_id, login)
    ) STRICT, WITHOUT ROWID;

    -- The people seen in the tables above: a row as soon as they are seen, the profile later.
    CREATE TABLE github_person (
      login TEXT PRIMARY KEY COLLATE NOCASE,
      -- User, Bot or Organization; null until it was told.
      type TEXT,
      name TEXT,
      company TEXT,
      location TEXT,
      followers INTEGER,
      following INTEGER,
      created_at TEXT,
      -- When the profile, and the list of those they follow, were last read; null: not yet.
      read_at TEXT,
      follows_read_at TEXT,
      -- 1 when the account is gone.
      is_gone INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    -- Both ends are people of github_person.
    CREATE TABLE github_follow (
      follower TEXT NOT NULL COLLATE NOCASE,
      followed TEXT NOT NULL COLLATE NOCASE,
      PRIMARY KEY (follower, followed)
    ) STRICT, WITHOUT ROWID;
  `,
};

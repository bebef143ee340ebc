import type { Migration } from './migration.ts';

export const incidentKinds: Migration = {
  name: 'incidents of several kinds, days of a suspect source',
  sql: `
    -- Something that is told once and followed until it is over. Both days are data days.
    CREATE TABLE incident_of_kind (
      id INTEGER PRIMARY KEY,
      -- 'drop', 'rise': a number left what is usual for it. 'vulnerable': most downloads are of
      -- versions with a known vulnerability. 'failing': a source. 'away': a workspace's most active
      -- person.
      kind TEXT NOT NULL CHECK (kind IN ('drop', 'rise', 'vulnerable', 'failing', 'away')),
      source TEXT NOT NULL,
      -- Null where it is nobody's alone: whoever may see the numbers may see it.
      workspace_id TEXT REFERENCES workspace(id),
      subject_id INTEGER REFERENCES subject(id),
      metric TEXT NOT NULL DEFAULT '',
      person_id TEXT NOT NULL DEFAULT '',
      -- Of a number: the day on which the decision rests, how many days were looked at with it.
      opened_day TEXT NOT NULL,
      days INTEGER NOT NULL DEFAULT 1,
      sensitivity TEXT,
      -- 0 for one that was long open when it was first looked at: it is listed, and not posted.
      is_news INTEGER NOT NULL DEFAULT 1,
      state TEXT NOT NULL CHECK (state IN ('firing', 'acknowledged', 'snoozed', 'resolved')),
      -- Who acknowledged or snoozed it, and the first day on which a snoozed one is told again.
      user_id TEXT,
      snoozed_until TEXT,
      closed_day TEXT,
      outcome TEXT CHECK (outcome IN ('recovered', 'new level', 'not watched')),
      CHECK ((state = 'resolved') = (closed_day IS NOT NULL)),
      CHECK ((state = 'resolved') = (outcome IS NOT NULL))
    ) STRICT;
    INSERT INTO incident_of_kind (id, kind, source, subject_id, metric, opened_day, days,
        sensitivity, is_news, state, user_id, snoozed_until, closed_day, outcome)
      SELECT incident.id, 'drop', subject.source, subject_id, metric, opened_day, days, sensitivity,
        is_news, state, user_id, snoozed_until, closed_day, outcome
      FROM incident JOIN subject ON subject.id = subject_id;
    CREATE TABLE incident_vote_of_kind (
      incident_id INTEGER NOT NULL REFERENCES incident_of_kind(id) ON DELETE CASCADE,
      workspace_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      is_useful INTEGER NOT NULL,
      voted_at TEXT NOT NULL,
      PRIMARY KEY (incident_id, workspace_id, user_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO incident_vote_of_kind SELECT * FROM incident_vote;
    CREATE TABLE alert_post_incident_of_kind (
      workspace_id TEXT NOT NULL,
      incident_id INTEGER NOT NULL REFERENCES incident_of_kind(id) ON DELETE CASCADE,
      post_id TEXT NOT NULL REFERENCES alert_post(id),
      PRIMARY KEY (workspace_id, incident_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO alert_post_incident_of_kind SELECT * FROM alert_post_incident;
    CREATE TABLE incident_member_of_kind (
      incident_id INTEGER NOT NULL REFERENCES incident_of_kind(id) ON DELETE CASCADE,
      subject_id INTEGER NOT NULL REFERENCES subject(id),
      is_later INTEGER NOT NULL,
      PRIMARY KEY (incident_id, subject_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO incident_member_of_kind SELECT * FROM incident_member;
    DROP TABLE incident_member;
    DROP TABLE incident_vote;
    DROP TABLE alert_post_incident;
    DROP TABLE incident;
    ALTER TABLE incident_of_kind RENAME TO incident;
    ALTER TABLE incident_member_of_kind RENAME TO incident_member;
    ALTER TABLE incident_vote_of_kind RENAME TO incident_vote;
    ALTER TABLE alert_post_incident_of_kind RENAME TO alert_post_incident;
    CREATE UNIQUE INDEX incident_key ON incident (kind, source, coalesce(workspace_id, ''),
      coalesce(subject_id, 0), metric, person_id, opened_day);
    -- No second one opens while one is open.
    CREATE UNIQUE INDEX incident_open ON incident (kind, source, coalesce(workspace_id, ''),
      coalesce(subject_id, 0), metric, person_id) WHERE closed_day IS NULL;

    -- What is watched beside the downloads and pulls of our own.
    CREATE TABLE alert_extra_of_kind (
      name TEXT PRIMARY KEY
        CHECK (name IN ('dependencies', 'stars', 'messages', 'rises', 'away'))
    ) STRICT, WITHOUT ROWID;
    INSERT INTO alert_extra_of_kind SELECT * FROM alert_extra;
    DROP TABLE alert_extra;
    ALTER TABLE alert_extra_of_kind RENAME TO alert_extra;

    -- Days on which the numbers of a source looked wrong for all that is read of it.
    CREATE TABLE suspect_day (
      metric TEXT NOT NULL,
      day TEXT NOT NULL,
      -- When the source was last asked for it again.
      asked_at TEXT,
      PRIMARY KEY (metric, day)
    ) STRICT, WITHOUT ROWID;

    -- 1 for a note that its channel sees as well.
    ALTER TABLE alert_post ADD COLUMN is_broadcast INTEGER NOT NULL DEFAULT 0;

    -- The zone of the admin channel's nights, and who chose it.
    ALTER TABLE workspace ADD COLUMN admin_zone TEXT;
    ALTER TABLE workspace ADD COLUMN admin_user_id TEXT;

    -- Failing sources are incidents now.
    ALTER TABLE collection DROP COLUMN told_at;

    -- By their status in Slack; until when, where Slack says so (ISO).
    ALTER TABLE user ADD COLUMN is_away INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE user ADD COLUMN away_until TEXT;
  `,
};

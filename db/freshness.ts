import { visibleChannels } from './channels.ts';
import type { CollectionKey } from './collections.ts';
import { type Day, monthStart } from './days.ts';
import type { Db } from './open.ts';
import { PUBLIC_MESSAGES } from './public-messages.ts';
import type { RunCosts } from './runs.ts';
import { statement } from './statement.ts';
import { isGroupKey } from './subjects.ts';
import type { Viewer } from './viewer.ts';

/** A subject that is tracked or has data, and how far its data reaches. */
export interface Reach {
  readonly subjectId: number;
  readonly source: string;
  readonly name: string;
  /** Null when it is not polled: it was imported, or taken off the list. */
  readonly trackedAt: string | null;
  /** True for what stands for a changing list of subjects: `owner/*`. */
  readonly isGroup: boolean;
  /** When its headline was last answered, ISO; also by a version that kept no other record. */
  readonly polledAt: string | null;
  /** Of the headline: the first undivided series that the subject got. Null without data. */
  readonly seriesId: number | null;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  /** The last day of the headline that the source has finished. */
  readonly completeThrough: Day | null;
  /** Daily numbers of all series together. */
  readonly rows: number;
}

export function listReach(db: Db): Reach[] {
  // Our own count of messages is as fresh as their recording, and comes from no source.
  const rows = statement<Omit<Reach, 'isGroup'> & { key: string }>(
    db,
    `WITH headline AS (
       SELECT subject_id, min(id) AS id FROM series
       WHERE dimension = '' AND metric <> @own GROUP BY subject_id
     ), size AS MATERIALIZED (
       SELECT subject_id, sum((SELECT count(*) FROM series_day WHERE series_id = series.id)) AS rows
       FROM series WHERE metric <> @own GROUP BY subject_id
     )
     SELECT subject.id AS subjectId, subject.source, subject.name, tracked_at AS trackedAt,
       (SELECT max(taken_at) FROM snapshot WHERE subject_id = subject.id) AS polledAt,
       subject.key, headline.id AS seriesId,
       (SELECT min(day) FROM series_day WHERE series_id = headline.id) AS firstDay,
       (SELECT max(day) FROM series_day WHERE series_id = headline.id) AS lastDay,
       series.complete_through AS completeThrough, coalesce(size.rows, 0) AS rows
     FROM subject
     LEFT JOIN headline ON headline.subject_id = subject.id
     LEFT JOIN series ON series.id = headline.id
     LEFT JOIN size ON size.subject_id = subject.id
     WHERE tracked_at IS NOT NULL OR size.rows > 0
     ORDER BY subject.source, subject.key`,
  ).all({ own: PUBLIC_MESSAGES });
  return rows.map(({ key, ...row }) => ({ ...row, isGroup: isGroupKey(key) }));
}

/**
 * The days from `from` on that each subject's headline has, by the subject's id. A day that a
 * provider was asked about, and had nothing, is one of them.
 */
export function headlineDays(db: Db, from: Day): Map<number, Set<Day>> {
  const rows = statement<{ subjectId: number; day: Day }>(
    db,
    `SELECT subject_id AS subjectId, day
     FROM (SELECT subject_id, min(id) AS id FROM series WHERE dimension = '' GROUP BY subject_id)
       AS headline
     CROSS JOIN series_day ON series_id = headline.id AND day >= @from
     UNION SELECT subject_id, day FROM provided_day WHERE day >= @from`,
  ).all({ from });
  const days = new Map<number, Set<Day>>();
  for (const { subjectId, day } of rows) {
    const known = days.get(subjectId) ?? new Set();
    days.set(subjectId, known.add(day));
  }
  return days;
}

/** How many days of a source each provider supplied, from a day on. */
export interface Provided {
  readonly source: string;
  readonly subjectId: number;
  readonly provider: string;
  readonly days: number;
}

export function listProvided(db: Db, from: Day): Provided[] {
  return statement<Provided>(
    db,
    `SELECT source, subject_id AS subjectId, provider, count(*) AS days
     FROM provided_day JOIN subject ON subject.id = subject_id
     WHERE day >= ? GROUP BY subject_id, provider ORDER BY source, days DESC`,
  ).all(from);
}

export interface SourceCosts extends RunCosts {
  readonly source: string;
}

/** What the runs of each source cost in the month of `today` until now. */
export function costsOfMonth(db: Db, today: Day): SourceCosts[] {
  return statement<SourceCosts>(
    db,
    `SELECT source, sum(requests) AS requests, sum(rows) AS rows, sum(bytes) AS bytes,
       sum(cost_usd) AS costUsd
     FROM run WHERE started_at >= ? GROUP BY source ORDER BY source`,
  ).all(monthStart(today));
}

/** When the first of the failures began that a collection is failing with now; ISO. */
export function failingSince(db: Db, key: CollectionKey): string | undefined {
  const since = statement(
    db,
    `SELECT min(started_at) FROM run
     WHERE source = @source AND subject_id = @subjectId AND part = @part AND outcome = 'failed'
       AND started_at > coalesce((SELECT max(started_at) FROM run AS well
         WHERE well.source = @source AND well.subject_id = @subjectId AND well.part = @part
           AND well.outcome = 'done'), '')`,
  )
    .pluck()
    .get({ source: key.source, subjectId: key.subjectId, part: key.part }) as string | null;
  return since ?? undefined;
}

/** How the recording of a Slack workspace stands, as far as the viewer may know. */
export interface Recording {
  readonly name: string;
  /** When the newest message of the viewer's channels was written, ISO; null without any. */
  readonly lastMessageAt: string | null;
  /** The first day with messages in any channel: since when there is a record. */
  readonly firstDay: Day | null;
  /** Those of the asked days that have messages in the viewer's channels. */
  readonly days: ReadonlySet<Day>;
}

/** @param days the days to look for messages on */
export function recordingOf(db: Db, viewer: Viewer, days: readonly Day[]): Recording | undefined {
  const { workspaceId } = viewer;
  const channels = JSON.stringify(visibleChannels(db, viewer).map(({ id }) => id));
  const row = statement<{ name: string; ts: string | null; firstDay: Day | null }>(
    db,
    `SELECT name, (SELECT max((SELECT max(ts) FROM message
         WHERE workspace_id = workspace.id AND channel_id = channel.value))
       FROM json_each(@channels) AS channel) AS ts,
       (SELECT min(day) FROM message_count WHERE workspace_id = workspace.id) AS firstDay
     FROM workspace WHERE id = @workspaceId`,
  ).get({ workspaceId, channels });
  if (!row) return undefined;
  const found = statement(
    db,
    `SELECT day.value FROM json_each(@days) AS day WHERE EXISTS
       (SELECT 1 FROM json_each(@channels) AS channel JOIN message_count
          ON workspace_id = @workspaceId AND day = day.value AND channel_id = channel.value)`,
  )
    .pluck()
    .all({ days: JSON.stringify(days), workspaceId, channels }) as Day[];
  return {
    name: row.name,
    lastMessageAt: row.ts === null ? null : new Date(Number(row.ts) * 1000).toISOString(),
    firstDay: row.firstDay,
    days: new Set(found),
  };
}

/** Events of all workspaces that are not recorded yet. */
export interface Backlog {
  readonly waiting: number;
  /** ISO; null when none waits. */
  readonly oldestAt: string | null;
  /** Those that could not be read, and were set aside. */
  readonly unreadable: number;
}

export function inboxBacklog(db: Db): Backlog {
  return statement<Backlog>(
    db,
    `SELECT count(*) FILTER (WHERE error IS NULL) AS waiting,
       min(received_at) FILTER (WHERE error IS NULL) AS oldestAt,
       count(*) FILTER (WHERE error IS NOT NULL) AS unreadable
     FROM inbox`,
  ).get() as Backlog;
}

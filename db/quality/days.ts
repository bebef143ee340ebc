import { addDays, type Day, dayName, daysBetween } from '../days.ts';
import { statement } from '../statement.ts';
import { sum } from '../statistics.ts';
import {
  type Check,
  type CheckInput,
  count,
  type Finding,
  SERIES_NAME,
  type SeriesName,
  seriesName,
} from './check.ts';

/** Holes older than this are reported, but nobody can mend them any more. */
const RECENT_DAYS = 90;
/** A tracked series whose last complete day is older is stuck. */
const STUCK_DAYS = 7;

export const noFuture: Check = {
  name: 'no-future',
  title: 'No day lies in the future',
  find({ db, today }) {
    const rows = statement<SeriesName & { last: Day }>(
      db,
      `SELECT ${SERIES_NAME}, (SELECT max(day) FROM series_day WHERE series_id = series.id) AS last
       FROM series JOIN subject ON subject.id = subject_id WHERE last > ? ORDER BY last DESC`,
    ).all(today);
    const talk = statement<{ name: string; last: Day }>(
      db,
      `SELECT name, (SELECT max(day) FROM message_count WHERE workspace_id = workspace.id) AS last
       FROM workspace WHERE last > ?`,
    ).all(today);
    return {
      failures: [
        ...rows.map((row) => ({
          subject: seriesName(row),
          detail: `has a value on ${dayName(row.last)}`,
        })),
        ...talk.map(({ name, last }) => ({
          subject: name,
          detail: `has messages on ${dayName(last)}`,
        })),
      ],
    };
  },
};

interface Hole extends SeriesName {
  readonly after: Day;
  readonly until: Day;
  readonly missing: number;
}

export const noHoles: Check = {
  name: 'no-holes',
  title: `No day is missing in the last ${RECENT_DAYS} days`,
  find(input) {
    const since = addDays(input.today, -RECENT_DAYS);
    const holes = Map.groupBy(holesOf(input), seriesName);
    const failures: (Finding & { missing: number })[] = [];
    const notes: Finding[] = [];
    for (const [subject, all] of holes) {
      const recent = all.filter(({ until }) => until > since);
      const found = { subject, detail: holesText(recent.length > 0 ? recent : all) };
      if (recent.length > 0) failures.push({ ...found, missing: sumOf(recent) });
      else notes.push(found);
    }
    const worst = failures.toSorted((a, b) => b.missing - a.missing);
    return { failures: worst.map(({ subject, detail }) => ({ subject, detail })), notes };
  },
};

/**
 * The holes of undivided series: a member of a split has no row on a day on which it had nothing.
 * A day that a package's provider was asked about, and had nothing, is no hole either. The first and
 * the last day are asked for one by one: each is a step down the index, both at once read every row.
 */
function holesOf({ db }: CheckInput): Hole[] {
  return statement<Hole>(
    db,
    `WITH whole AS MATERIALIZED (
       SELECT id, subject_id FROM series WHERE dimension = '' AND
         julianday((SELECT max(day) FROM series_day WHERE series_id = series.id))
         - julianday((SELECT min(day) FROM series_day WHERE series_id = series.id)) + 1
         > (SELECT count(*) FROM series_day WHERE series_id = series.id)
     ), step AS (
       SELECT series_id, lag(day) OVER (PARTITION BY series_id ORDER BY day) AS after, day AS until
       FROM whole CROSS JOIN series_day ON series_id = whole.id
     ), hole AS (
       SELECT *, CAST(julianday(until) - julianday(after) - 1 AS INTEGER) AS wide FROM step
       WHERE julianday(until) - julianday(after) > 1
     )
     SELECT ${SERIES_NAME}, after, until, wide - (
         SELECT count(*) FROM provided_day
         WHERE series.metric GLOB 'pypi.*' AND provided_day.subject_id = series.subject_id
           AND day > after AND day < until) AS missing
     FROM hole CROSS JOIN series ON series.id = series_id JOIN subject ON subject.id = series.subject_id
     WHERE missing > 0 ORDER BY after`,
  ).all();
}

function sumOf(holes: readonly Hole[]): number {
  return sum(holes.map(({ missing }) => missing));
}

function holesText(holes: readonly Hole[]): string {
  const [longest] = holes.toSorted((a, b) => b.missing - a.missing);
  const { after = '', until = '', missing = 0 } = longest ?? {};
  const from = dayName(addDays(after, 1));
  const all = sumOf(holes);
  const days = all === 1 ? '1 day is missing' : `${count(all)} days are missing`;
  if (missing === 1 && daysBetween(after, until) === 2) {
    return all === 1 ? `${days}, ${from}` : `${days}, ${from} among them`;
  }
  return `${days}, the longest hole from ${from} to ${dayName(addDays(until, -1))}`;
}

export const goesOn: Check = {
  name: 'goes-on',
  title: `Every tracked series has a complete day within ${STUCK_DAYS} days`,
  find({ db, today }) {
    const limit = addDays(today, -STUCK_DAYS);
    const rows = statement<SeriesName & { through: Day | null }>(
      db,
      `SELECT ${SERIES_NAME}, complete_through AS through
       FROM series JOIN subject ON subject.id = subject_id
       WHERE dimension = '' AND tracked_at IS NOT NULL AND tracked_at < @limit
         AND coalesce(complete_through, '') < @limit
       ORDER BY coalesce(complete_through, '')`,
    ).all({ limit });
    return {
      failures: rows.map((row) => ({
        subject: seriesName(row),
        detail: row.through
          ? `is complete through ${dayName(row.through)} only`
          : 'has no day that its source has finished',
      })),
    };
  },
};

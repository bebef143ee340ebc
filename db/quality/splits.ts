import { valid } from '@renovatebot/pep440';
import { addDays, type Day, dayName } from '../days.ts';
import { UNKNOWN } from '../pypi.ts';
import { statement } from '../statement.ts';
import { type Check, type CheckInput, count, type SeriesName, seriesName } from './check.ts';

const RECENT_DAYS = 30;
/** With more than this share unknown, a split says little. */
const MOST_UNKNOWN = 0.5;
/** Installers report a CI only when they see one, so its unknown part is no defect. */
const NOT_JUDGED = ['ci'];
/** A split may differ from its whole by this share: providers count the two apart. */
const TOLERANCE = 0.01;

export const versionsParse: Check = {
  name: 'versions-parse',
  title: 'Every version can be read (PEP 440)',
  find({ db }) {
    const rows = statement<SeriesName>(
      db,
      `SELECT DISTINCT subject.source, subject.name, metric, dimension, member
       FROM series JOIN subject ON subject.id = subject_id
       WHERE dimension = 'version' AND metric GLOB 'pypi.*' AND member <> ?
       ORDER BY subject.name, member`,
    ).all(UNKNOWN);
    return {
      failures: rows
        .filter(({ member }) => valid(member) === null)
        .map(({ source, name, member }) => ({
          subject: `${source}:${name}`,
          detail: `has a version “${member}”, which no installer can order`,
        })),
    };
  },
};

interface Share extends SeriesName {
  readonly share: number;
}

export const littleUnknown: Check = {
  name: 'little-unknown',
  title: `No split is unknown for more than ${MOST_UNKNOWN * 100}% of the last ${RECENT_DAYS} days`,
  find(input) {
    const rows = statement<Share>(
      input.db,
      `SELECT subject.source, subject.name, metric, dimension, '' AS member,
         total(value) FILTER (WHERE member = @unknown) / total(value) AS share
       FROM series JOIN series_day ON series_id = series.id AND day BETWEEN @from AND @to
       JOIN subject ON subject.id = subject_id
       WHERE dimension <> '' AND dimension NOT IN (SELECT value FROM json_each(@notJudged))
       GROUP BY subject_id, metric, dimension
       HAVING share > ${MOST_UNKNOWN} ORDER BY share DESC`,
    ).all({ ...recent(input), unknown: UNKNOWN, notJudged: JSON.stringify(NOT_JUDGED) });
    return {
      failures: rows.map((row) => ({
        subject: seriesName(row),
        detail: `is unknown for ${Math.round(row.share * 100)}%`,
      })),
    };
  },
};

interface Difference extends SeriesName {
  readonly days: number;
  readonly day: Day;
  readonly parts: number;
  readonly whole: number;
  readonly most: number;
}

export const splitsAddUp: Check = {
  name: 'splits-add-up',
  title: `Every split of the last ${RECENT_DAYS} days adds up to its whole`,
  find(input) {
    const rows = statement<Difference>(
      input.db,
      `WITH part AS MATERIALIZED (
         SELECT subject_id, metric, dimension, day, sum(value) AS parts
         FROM series JOIN series_day ON series_id = series.id AND day BETWEEN @from AND @to
         WHERE dimension <> '' GROUP BY subject_id, metric, dimension, day
       )
       SELECT subject.source, subject.name, part.metric, part.dimension, '' AS member,
         count(*) AS days, part.day, parts, value AS whole, max(abs(parts - value)) AS most
       FROM part
       CROSS JOIN series AS whole ON whole.subject_id = part.subject_id
         AND whole.metric = part.metric AND whole.dimension = ''
       CROSS JOIN series_day ON series_id = whole.id AND series_day.day = part.day
       JOIN subject ON subject.id = part.subject_id
       WHERE abs(parts - value) > ${TOLERANCE} * value
       GROUP BY part.subject_id, part.metric, part.dimension ORDER BY most DESC`,
    ).all(recent(input));
    return {
      failures: rows.map((row) => ({
        subject: seriesName(row),
        detail: `comes to ${count(row.parts)} of ${count(row.whole)} on ${dayName(row.day)}${row.days > 1 ? `, and differs on ${row.days} days in all` : ''}`,
      })),
    };
  },
};

/** The last whole days. */
function recent({ today }: CheckInput): { from: Day; to: Day } {
  return { from: addDays(today, -RECENT_DAYS), to: addDays(today, -1) };
}

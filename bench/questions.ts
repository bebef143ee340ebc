import { addDays, type Day, daysBetween } from '../db/days.ts';
import { FIXED_NUMBER, LAST_DAY } from './community.ts';

/** A question to a report, and the same question to the raw rows in DuckDB. */
export interface Question {
  readonly report: string;
  readonly what: string;
  /** Of the data, where it is not the messages. */
  readonly size?: string;
  /** Beside the range. */
  readonly params: Readonly<Record<string, unknown>>;
  /** A column that both answers have: its sums must be equal. */
  readonly column: string;
  sql(range: AskedRange): string;
}

export interface AskedRange {
  /** Absent for everything. */
  readonly from?: Day;
  readonly to: Day;
  /** The period that the reports choose for a range as long. */
  readonly unit: 'day' | 'week' | 'month';
}

/** What the asker may see: all public channels, and three of the thirty private ones. */
export const SEEN_PRIVATE = ['C00000010', 'C00000020', 'C00000030'];
const SEEN = '(channel % 10 <> 0 OR channel IN (10, 20, 30))';
/** Before the last day: a fall is drawn from nine weeks before it on. */
const FALL_DAYS = 82;
const PEOPLE = '"user" % 1000 <> 0';

export const questions: readonly Question[] = [
  {
    report: 'top-users',
    what: 'Who wrote most',
    params: { limit: 10 },
    column: 'messages',
    sql: (range) => `
      WITH counts AS (
        SELECT "user", count(*) FILTER (WHERE ${within(range)}) AS messages,
          count(*) FILTER (WHERE ${before(range)}) AS earlier
        FROM raw
        WHERE (${within(range)} OR ${before(range)}) AND ${SEEN} AND ${PEOPLE}
        GROUP BY "user"
      )
      SELECT "user", messages, sum(messages) OVER () AS total,
        rank() OVER (ORDER BY messages DESC) AS place,
        rank() OVER (ORDER BY earlier DESC) AS earlier_place
      FROM counts ORDER BY messages DESC LIMIT 10`,
  },
  {
    report: 'messages',
    what: 'Messages and active people',
    params: { split: 'none' },
    column: 'messages',
    sql: (range) => `
      SELECT date_trunc('${range.unit}', day) AS period, count(*) AS messages,
        count(DISTINCT "user") AS people
      FROM raw WHERE ${withinWhole(range)} AND ${SEEN} AND ${PEOPLE}
      GROUP BY period ORDER BY period`,
  },
  {
    report: 'messages',
    what: 'Messages and active people by channel',
    params: { split: 'channel' },
    column: 'messages',
    sql: (range) => `
      WITH seen AS (
        SELECT day, channel, "user"
        FROM raw WHERE ${withinWhole(range)} AND ${SEEN} AND ${PEOPLE}
      ), busiest AS (
        SELECT channel FROM seen WHERE ${within(range)}
        GROUP BY channel ORDER BY count(*) DESC LIMIT 50
      )
      SELECT date_trunc('${range.unit}', day) AS period, channel, count(*) AS messages,
        count(DISTINCT "user") AS people
      FROM seen JOIN busiest USING (channel)
      GROUP BY period, channel ORDER BY period, channel`,
  },
  {
    report: 'summary',
    what: 'The last whole week among the twelve before',
    params: {},
    column: 'messages',
    sql: ({ to }) => `
      WITH told AS (
        SELECT day, "user", date_trunc('week', day) AS week FROM raw
        WHERE ${thirteenWeeks(to)} AND ${SEEN} AND ${PEOPLE}
      ), known AS (
        SELECT DISTINCT "user" FROM raw
        WHERE day < date_trunc('week', DATE '${to}' + 1) - INTERVAL 7 DAY AND ${SEEN}
      )
      SELECT week, count(*) AS messages, count(DISTINCT "user") AS people,
        count(DISTINCT "user") FILTER ("user" NOT IN (FROM known)) AS newcomers,
        (SELECT sum(stars) FROM stars WHERE ${thirteenWeeks(to)}) AS stars,
        (SELECT sum(pulls) FROM pulls WHERE ${thirteenWeeks(to)}) AS pulls,
        (SELECT sum(downloads) FROM downloads WHERE ${thirteenWeeks(to)}) AS downloads
      FROM told GROUP BY week ORDER BY week`,
  },
  {
    report: 'stars',
    what: 'Stars of fifty repositories',
    size: '91,300 daily totals',
    params: {},
    column: 'stars',
    sql: (range) => `
      SELECT repository, day, stars FROM stars WHERE ${within(range)} ORDER BY repository, day`,
  },
  {
    report: 'downloads',
    what: 'Downloads of a package by version',
    size: '200 versions',
    params: { by: 'version' },
    column: 'downloads',
    sql: (range) => `
      WITH biggest AS (
        SELECT version FROM downloads WHERE ${withinWhole(range)}
        GROUP BY version ORDER BY sum(downloads) DESC LIMIT 8
      )
      SELECT date_trunc('${range.unit}', day) AS period,
        CASE WHEN version IN (FROM biggest) THEN version END AS member,
        sum(downloads) AS downloads
      FROM downloads WHERE ${withinWhole(range)} GROUP BY period, member ORDER BY period, member`,
  },
  {
    report: 'versions',
    what: 'Versions of a package, and the vulnerable ones',
    size: '200 versions',
    params: {},
    column: 'downloads',
    sql: (range) => `
      SELECT date_trunc('${range.unit}', day) AS period, version // 50 AS line,
        sum(downloads) AS downloads
      FROM downloads WHERE ${withinWhole(range)} GROUP BY period, line
      UNION ALL
      SELECT date_trunc('${range.unit}', day) AS period, copy AS line, sum(downloads) AS downloads
      FROM downloads, (VALUES (-1), (-2)) AS vulnerable (copy)
      WHERE ${withinWhole(range)} AND version < ${FIXED_NUMBER} GROUP BY period, line`,
  },
  {
    report: 'pulls',
    what: 'Pulls of fifty images',
    size: '91,300 daily totals',
    params: {},
    column: 'pulls',
    sql: (range) => `
      SELECT image, day, pulls FROM pulls WHERE ${within(range)} ORDER BY image, day`,
  },
  {
    report: 'alerts',
    what: 'What explains a fall',
    size: '200 versions',
    params: {},
    column: 'value',
    sql: () => `
      SELECT day, sum(downloads) AS value FROM downloads
      WHERE day >= DATE '${addDays(LAST_DAY, -FALL_DAYS)}' GROUP BY day ORDER BY day`,
  },
  {
    report: 'status',
    what: 'Is the data fresh and whole',
    size: '182,600 daily totals, 200 versions',
    params: {},
    column: 'rows',
    sql: () => `
      SELECT (SELECT count(*) FROM stars) + (SELECT count(*) FROM pulls)
        + (SELECT count(*) + count(DISTINCT day) FROM downloads) AS rows`,
  },
];

/** The thirteen whole weeks that are over by the end of a day. */
function thirteenWeeks(to: Day): string {
  const end = `date_trunc('week', DATE '${to}' + 1)`;
  return `day >= ${end} - INTERVAL 91 DAY AND day < ${end}`;
}

function within({ from, to }: Pick<AskedRange, 'from' | 'to'>): string {
  return from ? `day BETWEEN DATE '${from}' AND DATE '${to}'` : `day <= DATE '${to}'`;
}

/** From the start of the first period, which the report shows whole. */
function withinWhole({ from, to, unit }: AskedRange): string {
  if (!from) return within({ to });
  return `day BETWEEN date_trunc('${unit}', DATE '${from}') AND DATE '${to}'`;
}

/** The range of the same length before it; for everything, nothing. */
function before({ from, to }: AskedRange): string {
  if (!from) return 'false';
  return within({ from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) });
}

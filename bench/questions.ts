import { addDays, type Day, daysBetween } from '../db/days.ts';

/** A question to a report, and the same question to the raw rows in DuckDB. */
export interface Question {
  readonly report: string;
  readonly what: string;
  params(range: AskedRange): Record<string, unknown>;
  sql(range: AskedRange): string;
}

export interface AskedRange {
  /** Absent for everything. */
  readonly from?: Day;
  readonly to: Day;
}

/** What the asker may see: all public channels, and three of the thirty private ones. */
export const SEEN_PRIVATE = ['C00000010', 'C00000020', 'C00000030'];
const SEEN = '(channel % 10 <> 0 OR channel IN (10, 20, 30))';
const PEOPLE = '"user" % 1000 <> 0';

function within({ from, to }: AskedRange): string {
  return from ? `day BETWEEN DATE '${from}' AND DATE '${to}'` : `day <= DATE '${to}'`;
}

/** The range of the same length before it; for everything, nothing. */
function before({ from, to }: AskedRange): string {
  if (!from) return 'false';
  return within({ from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) });
}

export const questions: readonly Question[] = [
  {
    report: 'top-users',
    what: 'Who wrote most',
    params: (range) => ({ ...range, limit: 10 }),
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
    what: 'Messages and active people a week',
    params: (range) => ({ ...range, granularity: 'weekly', split: 'none' }),
    sql: (range) => `
      SELECT date_trunc('week', day) AS week, count(*) AS messages,
        count(DISTINCT "user") AS people
      FROM raw WHERE ${within(range)} AND ${SEEN} AND ${PEOPLE}
      GROUP BY week ORDER BY week`,
  },
  {
    report: 'messages',
    what: 'Messages and active people a week, by channel',
    params: (range) => ({ ...range, granularity: 'weekly', split: 'channel' }),
    sql: (range) => `
      SELECT date_trunc('week', day) AS week, channel, count(*) AS messages,
        count(DISTINCT "user") AS people
      FROM raw WHERE ${within(range)} AND ${SEEN} AND ${PEOPLE}
      GROUP BY week, channel ORDER BY week, channel`,
  },
];

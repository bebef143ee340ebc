import { addDays, type Day, dayName } from '../days.ts';
import { statement } from '../statement.ts';
import { type Check, count, SERIES_NAME, type SeriesName, seriesName } from './check.ts';

const RECENT_DAYS = 90;
/** Totals that nothing can be taken back from. */
const COUNTERS = ['docker.pulls', 'github.release_downloads'];
/** Totals that come and go by nature. */
const FREE = ['github.open_issues', 'github.size_kb'];
/** Of other totals, a share that is lost within a day is suspicious from here on. */
const MOST_LOST = 0.1;
const LEAST_LOST = 20;

interface Fall extends SeriesName {
  readonly day: Day;
  readonly before: number;
  readonly value: number;
}

export const noFalls: Check = {
  name: 'no-falls',
  title: `No total fell in the last ${RECENT_DAYS} days`,
  find({ db, today }) {
    // By series.id, and not series_id: that is the order in which they are read, and spares a sort.
    const falls = statement<Fall>(
      db,
      `WITH step AS (
         SELECT series_id, day, value,
           lag(value) OVER (PARTITION BY series.id ORDER BY day) AS before
         FROM series CROSS JOIN series_day ON series_id = series.id AND day >= @since
         WHERE kind = 'total' AND metric NOT IN (SELECT value FROM json_each(@free))
       )
       SELECT ${SERIES_NAME}, day, before, step.value
       FROM step JOIN series ON series.id = series_id JOIN subject ON subject.id = subject_id
       WHERE step.value < before AND (metric IN (SELECT value FROM json_each(@counters))
         OR before - step.value >= max(${LEAST_LOST}, ${MOST_LOST} * before))
       ORDER BY day DESC`,
    ).all({
      since: addDays(today, -RECENT_DAYS),
      free: JSON.stringify(FREE),
      counters: JSON.stringify(COUNTERS),
    });
    const isReset = ({ value, before }: Fall) => value < before / 2;
    const found = (fall: Fall) => ({
      subject: seriesName(fall),
      detail: `fell from ${count(fall.before)} to ${count(fall.value)} on ${dayName(fall.day)}${isReset(fall) ? ', which is taken as a new count' : ''}`,
    });
    return {
      failures: falls.filter((fall) => !isReset(fall)).map(found),
      notes: falls.filter(isReset).map(found),
    };
  },
};

export const noNegatives: Check = {
  name: 'no-negatives',
  title: 'No number is negative',
  find({ db }) {
    const rows = statement<SeriesName & { day: Day; value: number; days: number }>(
      db,
      `SELECT ${SERIES_NAME}, day, min(value) AS value, count(*) AS days
       FROM series_day JOIN series ON series.id = series_id JOIN subject ON subject.id = subject_id
       WHERE value < 0 GROUP BY series_id ORDER BY value`,
    ).all();
    return {
      failures: rows.map((row) => ({
        subject: seriesName(row),
        detail: `is ${count(row.value)} on ${dayName(row.day)}${row.days > 1 ? ` and negative on ${count(row.days)} days in all` : ''}`,
      })),
    };
  },
};

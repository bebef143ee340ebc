import type { Day } from './days.ts';
import type { Db } from './open.ts';
import type { DayValue } from './series.ts';
import { statement } from './statement.ts';

/** A well-known number of a source, read to tell whether the source itself is down. */
interface SentinelKey {
  readonly source: string;
  readonly key: string;
  readonly metric: string;
}

/** Upserts days; a later reading of a day takes the place of the earlier one. */
export function saveSentinelDays(db: Db, sentinel: SentinelKey, values: readonly DayValue[]): void {
  const upsert = statement(
    db,
    `INSERT INTO sentinel_day (source, key, metric, day, value)
     VALUES (@source, @key, @metric, @day, @value)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
  );
  db.transaction(() => {
    for (const { day, value } of values) upsert.run({ ...sentinel, day, value });
  })();
}

/** The days of each sentinel of a metric from `from` on, by its key, oldest first. */
export function sentinelDays(db: Db, metric: string, from: Day): Map<string, DayValue[]> {
  const rows = statement<DayValue & { key: string }>(
    db,
    'SELECT key, day, value FROM sentinel_day WHERE metric = ? AND day >= ? ORDER BY key, day',
  ).all(metric, from);
  return Map.groupBy(rows, ({ key }) => key);
}

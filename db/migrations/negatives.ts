import type { Migration } from './migration.ts';

export const negatives: Migration = {
  name: 'negative numbers are found without reading every day',
  sql: 'CREATE INDEX series_day_is_negative ON series_day (series_id) WHERE value < 0',
};

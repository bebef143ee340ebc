import type { Migration } from './migration.ts';

export const deafDays: Migration = {
  name: 'deaf days',
  sql: `
    -- Days on which the bot was stopped for hours: what was said then was not all heard.
    CREATE TABLE deaf_day (day TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
};

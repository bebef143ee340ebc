import type { Migration } from './migration.ts';

export const alertNews: Migration = {
  name: 'incidents that are no news',
  sql: `
    -- 0 for one that was long open when its series was first judged: it is listed, and not posted.
    ALTER TABLE incident ADD COLUMN is_news INTEGER NOT NULL DEFAULT 1;
  `,
};

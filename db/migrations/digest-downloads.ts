import type { Migration } from './migration.ts';

export const digestDownloads: Migration = {
  name: 'through which day a digest tells downloads',
  sql: `
    -- The last day of the downloads that it tells; null where it tells none.
    ALTER TABLE digest ADD COLUMN downloads_through TEXT;
  `,
};

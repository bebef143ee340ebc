import type { Migration } from './migration.ts';

export const bots: Migration = {
  name: 'bots are found without reading every user',
  sql: 'CREATE INDEX user_is_bot ON user (workspace_id) WHERE is_bot = 1',
};

import type { Migration } from './migration.ts';

export const deafSpells: Migration = {
  name: 'deaf spells',
  sql: `
    -- Times (ISO) in which what was said was not heard: together they may make a deaf day.
    CREATE TABLE deaf_spell (began TEXT PRIMARY KEY, ended TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
};

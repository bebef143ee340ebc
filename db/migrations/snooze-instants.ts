import type { Migration } from './migration.ts';

export const snoozeInstants: Migration = {
  name: 'snoozes that end at an instant',
  sql: `
    -- "snoozed_until" was the first day on which an incident is told again. A day begins at midnight
    -- UTC, which can be minutes after the snooze: it is an instant (ISO) now.
    UPDATE incident SET snoozed_until = snoozed_until || 'T00:00:00.000Z'
      WHERE snoozed_until IS NOT NULL;
  `,
};

import { pino } from 'pino';
import { expect, test } from 'vitest';
import { addDays, dayMs, daysBetween } from '../../db/days.ts';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { sampleProjects } from '../../playground/sample/projects.ts';
import { seedProjects } from '../../playground/seed/projects.ts';
import { seedReadings } from '../../playground/seed/readings.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { movements } from '../reports/watching.ts';

/** The fall of the sample data begins so many days before its last day. */
const FELL = 11;

test.each(['2026-11-23', '2026-10-31', '2026-01-28', '2026-07-05'])(
  'the sample data has one fall on %s, and it is open',
  async (lastDay) => {
    const db = openDatabase(IN_MEMORY);
    const at = dayMs(addDays(lastDay, 1)) + 10 * 3_600_000;
    seedProjects(db, sampleProjects(lastDay), new Date(at).toISOString());
    seedReadings(db, lastDay, at);
    await createWatch({ db, log: pino({ level: 'silent' }), now: () => at }).judge();
    const [fall, ...others] = movements(db, '2000-01-01');
    expect(others).toEqual([]);
    expect(fall).toMatchObject({ subjectName: 'sample-shoal', state: 'firing' });
    const delay = daysBetween(addDays(lastDay, -FELL), fall?.openedDay ?? '');
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(2);
  },
);

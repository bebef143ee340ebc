import { expect, test } from 'vitest';
import { addDays, type Day } from '../../../db/days.ts';
import { saveUnrecordedDay } from '../../../db/unrecorded-days.ts';
import { summary } from '../../../reports/summary.ts';
import { asking, community, growing, TODAY } from '../community.ts';
import { packageIn, steady } from '../package.ts';

/** TODAY is a Sunday: the last whole week is the one before. */
const WEEK = '2026-11-09';
const LONG_AGO = addDays(WEEK, -140);

const answer = asking(summary);

/** Downloads to the Friday of the last week. */
const late = (days: readonly (number | null)[] = steady(145, 50)) => ({
  name: 'slow',
  from: LONG_AGO,
  downloads: days,
});

test('what lacks the week that is told instead is said to lack that week', () => {
  const made = community();
  packageIn(made.db, late());
  packageIn(made.db, {
    ...late(steady(145, 5).map((value, at) => (at === 135 ? null : value))),
    name: 'holed',
  });
  const { notes } = answer(made).words;
  expect(notes).toContain(
    'Downloads of holed in the week of 2 Nov 2026 are not known: 4 Nov 2026 is missing.',
  );
  expect(notes.join()).not.toContain('holed last week');
});

test('of a month that ended long ago, nothing is still to come in', () => {
  const made = community();
  packageIn(made.db, { name: 'gone', from: LONG_AGO, downloads: steady(160, 50) });
  const notes = (today: Day) =>
    answer(made, { granularity: 'monthly', today, to: today }).words.notes;
  expect(addDays(LONG_AGO, 159)).toBe('2026-11-28');
  expect(notes('2026-12-02')[0]).toMatch(/^Downloads last month are not all in yet/);
  expect(notes('2026-12-15')[0]).toBe(
    'Downloads of gone last month are not known: the data ends on 28 Nov 2026.',
  );
});

test('where that week is not known either, nothing is said to be shown', () => {
  const made = community();
  packageIn(made.db, late(steady(145, 50).map((value, at) => (at === 135 ? null : value))));
  made.stars('a/b', LONG_AGO, growing(160, 3));
  const { notes } = answer(made).words;
  expect(notes).toContain('Downloads last week are not all in yet.');
});

test('the question mark of what is not in yet has not the reason of another one', () => {
  const made = community();
  packageIn(made.db, late());
  const only = JSON.stringify(answer(made).chart('light'));
  expect(only).toContain('"not known: not all in yet"');
  for (let day = LONG_AGO; day < TODAY; day = addDays(day, 1)) made.wrote('U1', 'general', day, 60);
  saveUnrecordedDay(made.db, addDays(WEEK, -20));
  const both = JSON.stringify(answer(made).chart('light'));
  expect(both).toContain('"not known"');
  expect(both).not.toContain('not known: off');
});

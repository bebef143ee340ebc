import { expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { summary } from '../../../reports/summary.ts';
import { asking, community, growing } from '../community.ts';
import { packageIn, steady } from '../package.ts';

/** A Monday: the last whole week is that of 23 Nov. */
const TODAY = '2026-11-30';

const answer = asking(summary, { today: TODAY, to: TODAY });

test('a silence of months is a zero, and not without data', () => {
  const made = community();
  made.wrote('U1', 'general', '2026-06-29', 2);
  for (const granularity of ['daily', 'weekly', 'monthly']) {
    const { headline, notes } = answer(made, { granularity }).words;
    expect(headline).toMatch(
      /^Nothing stands out: 0 messages (yesterday|last week)\.$|^0 messages/,
    );
    expect(notes).toEqual(['There is no data of stars, downloads and pulls.']);
  }
});

test.each([
  ['weekly', 'last week'],
  ['monthly', 'last month'],
])('of what has just begun, a %s one says since when there is data', (granularity, when) => {
  const made = community();
  const from = '2026-11-29';
  made.wrote('U1', 'general', from, 3);
  made.stars('a/b', from, [3, 4]);
  made.pulls('a/b', from, [3, 4]);
  packageIn(made.db, { name: 'b', from, downloads: [50] });
  const { headline, notes } = answer(made, { granularity }).words;
  expect(headline).toBe(`No number of ${when} is known.`);
  expect(notes.slice(0, 4)).toEqual([
    `New stars of b ${when} are not known: the data begins on 29 Nov 2026.`,
    `Downloads of b ${when} are not known: the data begins on 29 Nov 2026.`,
    `Pulls of b ${when} are not known: the data begins on 29 Nov 2026.`,
    `Messages ${when} are not known: the data begins on 29 Nov 2026.`,
  ]);
});

test('beside others, what begins later than the period is not told', () => {
  const made = community();
  made.stars('a/old', addDays(TODAY, -140), growing(141, 3));
  made.stars('a/new', TODAY, [7]);
  expect(answer(made).words.notes.join()).not.toContain('new');
});

test.each([
  ['2026-11-23', 5],
  ['2026-11-21', 7],
])('where a package has begun on %s, no week that lacks days is told instead', (from, days) => {
  const made = community();
  packageIn(made.db, { name: 'new', from, downloads: steady(days, 50) });
  expect(answer(made).words.notes[0]).toBe(
    'Downloads of new last week are not known: the data ends on 27 Nov 2026.',
  );
});

test('what has ended is not said to be without data as well', () => {
  const made = community();
  made.stars('a/over', '2026-03-01', growing(200, 3));
  packageIn(made.db, { name: 'over', from: '2026-03-01', downloads: steady(200, 5) });
  const { headline, notes } = answer(made).words;
  expect(headline).toBe('There are no numbers of last week.');
  expect(notes).toEqual([
    'Left out, because the data ended long ago: stars of a/over on 16 Sep 2026 and downloads of over on 16 Sep 2026.',
    'There is no data of pulls, messages, issues, pull requests, commits and releases.',
  ]);
});

import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../../db/days.ts';
import { summary } from '../../../reports/summary.ts';
import { asking, type Community, community, growing } from '../community.ts';
import { packageIn, steady } from '../package.ts';

/** A Monday: the last whole week is that of 23 Nov. */
const TODAY = '2026-11-30';
const FROM = addDays(TODAY, -140);

const answer = asking(summary, { today: TODAY, to: TODAY });

/** Days to yesterday, with none where they are missing. */
function without(days: readonly number[], isMissing: (day: Day) => boolean): (number | null)[] {
  return days.map((value, at) => (isMissing(addDays(FROM, at)) ? null : value));
}

const between = (from: Day, to: Day) => (day: Day) => from <= day && day <= to;

describe('days that are missing', () => {
  test('are none that the data ends before, where it goes on after them', () => {
    const made = community();
    const isMissing = between('2026-10-20', '2026-11-02');
    made.stars('a/b', FROM, without(growing(140, 3), isMissing));
    packageIn(made.db, { from: FROM, downloads: without(steady(140, 50), isMissing) });
    const { headline, notes } = answer(made, { granularity: 'monthly', to: '2026-11-30' }).words;
    expect(headline).toBe('No number of last month is known.');
    expect(notes.slice(0, 2)).toEqual([
      'New stars of b last month are not known: the days from 20 Oct to 2 Nov 2026 are missing.',
      'Downloads of some-package last month are not known: the days from 20 to 31 Oct 2026 are missing.',
    ]);
  });

  test('are told from the first to the last, and which total a gain is counted from', () => {
    const made = community();
    made.stars('a/b', FROM, without(growing(140, 3), between('2026-11-12', '2026-11-22')));
    const { words, chart } = answer(made);
    expect(words.headline).toBe('No number of last week is known.');
    expect(words.notes.slice(0, 2)).toEqual([
      'New stars of b last week are not known: the days from 12 to 22 Nov 2026 are missing, and with it the total to count from.',
      'There is no data of downloads, pulls, messages, issues, pull requests, commits and releases.',
    ]);
    expect(JSON.stringify(chart('light'))).toContain('"12 to 22 Nov missing"');
  });

  test('are counted where others lie between them', () => {
    const made = community();
    const isMissing = (day: Day) => day === '2026-11-17' || day === '2026-11-20';
    packageIn(made.db, { from: FROM, downloads: without(steady(140, 50), isMissing) });
    const { words, chart } = answer(made);
    expect(words.notes).toContain(
      'Downloads of some-package in the week of 16 Nov are not known (“?”): 2 of the days from 17 to 20 Nov 2026 are missing.',
    );
    expect(JSON.stringify(chart('light'))).toContain('"? 2 days missing"');
  });

  test('are not those on which a counter showed too little', () => {
    const made = community();
    const totals = growing(140, 300, 100_000).map((value, at) =>
      between('2026-11-21', '2026-11-23')(addDays(FROM, at)) ? 50 : value,
    );
    made.pulls('a/image', FROM, totals);
    expect(answer(made).words.notes).toContain(
      'Pulls of image last week are not known: the counter showed too little from 21 Nov 2026 on.',
    );
  });
});

test('of many that lack the period for reasons of their own, the rest is named together', () => {
  const made = community();
  for (let at = 0; at < 6; at += 1) {
    const isMissing = (day: Day) => day === addDays('2026-11-23', at);
    const downloads = without(steady(140, 50), isMissing);
    packageIn(made.db, { name: `p${at}`, from: FROM, downloads });
  }
  expect(answer(made).words.notes.slice(0, 4)).toEqual([
    'Downloads of p0 last week are not known: 23 Nov 2026 is missing.',
    'Downloads of p1 last week are not known: 24 Nov 2026 is missing.',
    'Downloads of p2 last week are not known: 25 Nov 2026 is missing.',
    'Downloads of p3, p4 and p5 last week are not known either.',
  ]);
});

describe('earlier periods that are not known', () => {
  const notesOf = (made: Community, params: Record<string, unknown> = {}) =>
    answer(made, params).words.notes.filter((note) => note.includes('“?”'));

  test('are counted where more have a reason of their own than are told', () => {
    const made = community();
    const missing = ['2026-09-16', '2026-10-01', '2026-10-14', '2026-11-04', '2026-11-10'];
    const isMissing = (day: Day) => missing.includes(day);
    packageIn(made.db, { from: FROM, downloads: without(steady(140, 50), isMissing) });
    expect(notesOf(made)).toEqual([
      'Downloads of some-package in the week of 9 Nov are not known (“?”): 10 Nov 2026 is missing.',
      'Downloads of some-package in the week of 2 Nov are not known (“?”): 4 Nov 2026 is missing.',
      'Downloads in 3 more weeks are not known either (“?”).',
    ]);
  });

  test('are holes as well where they come before the first that is known of all', () => {
    const made = community();
    packageIn(made.db, { name: 'whole', from: FROM, downloads: steady(140, 50) });
    const isEarly = (day: Day) => day < '2026-09-20' && day > addDays(FROM, 7);
    packageIn(made.db, { name: 'holed', from: FROM, downloads: without(steady(140, 50), isEarly) });
    expect(notesOf(made)).toEqual([
      'Downloads of holed in the week of 14 Sep are not known (“?”): the days from 14 to 19 Sep 2026 are missing.',
      'Downloads of holed in the week of 7 Sep are not known (“?”): the days from 7 to 13 Sep 2026 are missing.',
      'Downloads in 1 more week are not known either (“?”).',
    ]);
  });

  test('of days are counted as the weekday that they are', () => {
    const made = community();
    const tuesdays = [-13, -20, -27].map((age) => addDays(TODAY, age));
    const isMissing = (day: Day) => tuesdays.includes(day);
    made.pulls('a/image', FROM, without(growing(140, 300, 50_000), isMissing));
    const asked = { granularity: 'daily', today: '2026-11-25', to: '2026-11-25' };
    expect(notesOf(made, asked)).toContain('Pulls on 1 more Tuesday are not known either (“?”).');
  });

  test('are told with the reported one where the reason is the same', () => {
    const made = community();
    packageIn(made.db, { name: 'p', from: FROM, downloads: steady(124, 50) });
    packageIn(made.db, { name: 'q', from: FROM, downloads: steady(124, 50) });
    expect(answer(made).words.notes.slice(0, -1)).toEqual([
      'Downloads of p and q last week are not known: the data ends on 13 Nov 2026.',
    ]);
  });

  test('have the reason of each that lacks them', () => {
    const made = community();
    made.pulls('a/anew', FROM, [...growing(121, 300, 50_000), ...growing(19, 300)]);
    packageIn(made.db, { from: FROM, downloads: steady(140, 50) });
    const isMissing = (day: Day) => day === '2026-11-08';
    made.pulls('a/holed', FROM, without(growing(140, 300, 50_000), isMissing));
    expect(notesOf(made)).toEqual([
      'Pulls of anew in the week of 9 Nov are not known (“?”): the counter began anew on 11 Nov 2026.',
      'Pulls of holed in the weeks of 9 Nov and 2 Nov are not known (“?”): 8 Nov 2026 is missing.',
    ]);
  });
});

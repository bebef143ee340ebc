import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../db/days.ts';
import { downloads } from '../../reports/downloads.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';

/** TODAY is a Sunday: the last whole week ended seven days ago, on 15 November. */
const LONG_AGO = addDays(TODAY, -199);
const RANGE = { from: addDays(TODAY, -182) };

/** Packages, each with as many downloads on each of its days. */
function answer(
  packages: Readonly<Record<string, readonly [from: Day, days: number, each: number]>>,
  params: Record<string, unknown> = RANGE,
) {
  const { db } = community();
  for (const [name, [from, days, each]] of Object.entries(packages)) {
    packageIn(db, { name, from, downloads: steady(days, each) });
  }
  return ask(downloads, db, { today: TODAY, to: TODAY, ...params }, everyone).words;
}

describe('the weekly sums of downloads', () => {
  test('are without a package that ended: that is no slow-down', () => {
    const { headline, lines } = answer({
      big: [LONG_AGO, 170, 1000],
      small: [LONG_AGO, 199, 300],
    });
    expect(headline).toBe(
      'small, without big, was downloaded 2,100 times last week, 2,100 the week before. Downloads are steady.',
    );
    expect(lines.at(-1)).toContain('2,100 over the 12 before, no difference');
  });

  test('are without one whose last week lacks days', () => {
    const { headline } = answer({
      late: [LONG_AGO, 190, 1000],
      one: [LONG_AGO, 199, 300],
      two: [LONG_AGO, 199, 100],
    });
    expect(headline).toBe(
      '2 packages, without late, were downloaded 2,800 times last week, 2,800 the week before. Downloads are steady.',
    );
  });

  test('are told of those in them, and not of one that is too young', () => {
    const { headline } = answer({
      old: [LONG_AGO, 199, 300],
      young: [addDays(TODAY, -11), 11, 5000],
    });
    expect(headline).toBe(
      'old, without young, was downloaded 2,100 times last week, 2,100 the week before. Downloads are steady.',
    );
  });

  test.each([11, 14, 20, 80])(
    'are without one that began %i days ago: that is no growth',
    (days) => {
      const { headline, lines } = answer({
        old: [LONG_AGO, 199, 100],
        young: [addDays(TODAY, -days), days, 900],
      });
      expect(headline).toBe(
        'old, without young, was downloaded 700 times last week, 700 the week before. Downloads are steady.',
      );
      expect(lines.at(-1)).toContain('700 over the 12 before, no difference');
    },
  );

  test('are of all in the weeks that are known of all, where one has the weeks of a trend', () => {
    const { headline, lines } = answer({
      old: [LONG_AGO, 199, 100],
      joined: [addDays(TODAY, -6 - 12 * 7), 90, 900],
    });
    expect(headline).toBe(
      '2 packages were downloaded 7,000 times last week, 7,000 the week before. Downloads are steady.',
    );
    expect(lines.at(-1)).toContain('7,000 over the 8 before, no difference');
  });

  test('are of all where all are young, and compared with a week that is known of all', () => {
    const { headline } = answer({
      one: [addDays(TODAY, -40), 40, 100],
      two: [addDays(TODAY, -17), 17, 900],
    });
    expect(headline).toBe('2 packages were downloaded 7,000 times last week.');
  });

  test('are of all where the last week is known of none', () => {
    const { headline } = answer({ one: [LONG_AGO, 190, 1], two: [LONG_AGO, 192, 1] });
    expect(headline).toMatch(/^2 packages were downloaded /);
  });
});

describe('a package whose data ends before that of others', () => {
  const late = { big: [LONG_AGO, 190, 1000], small: [LONG_AGO, 199, 300] } as const;
  const NOTE = 'The data of big ends on 12 Nov 2026.';

  test('is named, and what is told of it is told up to that day', () => {
    const { lines, notes } = answer(late, { from: addDays(TODAY, -20) });
    expect(lines[0]).toBe('big: 11,000 from 2 Nov 2026 to 12 Nov 2026.');
    expect(notes).toContain(NOTE);
  });

  test('is named where the range begins after it, unless it ended long ago', () => {
    const week = { from: addDays(TODAY, -7) };
    expect(answer(late, week).notes).toContain(NOTE);
    expect(answer({ ...late, big: [LONG_AGO, 180, 1000] }, week).notes.join()).not.toContain('big');
  });

  test('is named where it lacks the last day of a range that is long over', () => {
    const { lines, notes } = answer(
      { big: [LONG_AGO, 177, 1000], small: [LONG_AGO, 199, 300] },
      { from: '2026-10-01', to: '2026-10-31' },
    );
    expect(lines[0]).toBe('big: 30,000 from 1 Oct 2026 to 30 Oct 2026.');
    expect(notes).toContain('The data of big ends on 30 Oct 2026.');
  });

  test('shares its sentence with those that end on the same day', () => {
    const { notes } = answer({ ...late, large: [LONG_AGO, 190, 500], old: [LONG_AGO, 170, 9] });
    expect(notes.slice(1)).toEqual([
      'The data of big and large ends on 12 Nov 2026.',
      'The data of old ends on 23 Oct 2026.',
    ]);
  });

  test('is not named twice where it is the only one', () => {
    const { notes } = answer({ big: [LONG_AGO, 190, 1] });
    expect(notes.slice(1)).toEqual(['The data ends on 12 Nov 2026.']);
  });

  test('is named where it lacks the end of the last whole week, and not for a day less', () => {
    const aDayLess = { big: [LONG_AGO, 198, 1], small: [LONG_AGO, 199, 1] } as const;
    expect(answer(aDayLess).notes.join()).not.toContain('The data of');
    // On the Monday after, it is the Sunday of the last week that is missing.
    const monday = addDays(TODAY, 1);
    const { headline, notes } = answer(
      { big: [LONG_AGO, 199, 1], small: [LONG_AGO, 200, 1] },
      { ...RANGE, today: monday, to: monday },
    );
    expect(headline).toContain('small, without big, was downloaded 7 times last week');
    expect(notes).toContain('The data of big ends on 21 Nov 2026.');
  });
});

describe('a range of some days that not all packages are known to the end of', () => {
  const days = { from: addDays(TODAY, -5), to: TODAY };

  test('says of one how far it goes', () => {
    const { headline } = answer(
      { late: [LONG_AGO, 197, 100], one: [LONG_AGO, 199, 300], two: [LONG_AGO, 199, 100] },
      days,
    );
    expect(headline).toMatch(
      /^3 packages were downloaded [\d,]+ times .*, late only to 19 Nov 2026/,
    );
  });

  test('and of several', () => {
    const { headline } = answer(
      { a: [LONG_AGO, 197, 100], b: [LONG_AGO, 198, 100], one: [LONG_AGO, 199, 300] },
      days,
    );
    expect(headline).toContain(', b and a not to the end');
  });
});

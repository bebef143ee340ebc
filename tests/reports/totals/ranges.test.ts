import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { reports } from '../../../reports/index.ts';
import { ask } from '../../../reports/report.ts';
import { type Community, community, everyone, growing, TODAY } from '../community.ts';
import { packageIn } from '../package.ts';

const FIRST = addDays(TODAY, -200);

function answer(name: string, { db }: Community, params: Record<string, unknown> = {}) {
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  return ask(report, db, { today: TODAY, to: TODAY, ...params }, everyone);
}

describe('a range that begins just after a dip', () => {
  const made = community();
  made.pulls(
    'a/dip',
    FIRST,
    growing(200, 10, 1000).map((value, at) => (at === 48 || at === 49 ? 5 : value)),
  );
  const from = addDays(FIRST, 50);

  test('is not told with a leap', () => {
    const { words } = answer('pulls', made, {
      from,
      to: addDays(TODAY, -5),
      granularity: 'daily',
    });
    expect(words.headline).toBe('dip has 2,950 pulls.');
    expect(words.notes.join()).toContain('soon back where it had been: dip from 23 Jun 2026.');
  });

  test('has no day that leaps', () => {
    const { table } = answer('pulls', made, { from, measure: 'new', granularity: 'daily' });
    expect(table.rows[0]).toEqual([from, 'a/dip', null, 'no']);
    expect(table.rows[1]?.[2]).toBe(10);
  });

  test('leaps nowhere in a summary', () => {
    const to = addDays(from, 12 * 7 + 1);
    const { table } = answer('summary', made, { today: to, to, granularity: 'daily' });
    expect(table.rows.slice(0, 2).map((row) => [row[0], row[3]])).toEqual([
      [from, null],
      [addDays(from, 7), 10],
    ]);
  });
});

test('a range that ends within a dip takes what it shows for no new count', () => {
  const made = community();
  const totals = growing(200, 10, 1000).map((value, at) => (at === 48 || at === 49 ? 5 : value));
  made.pulls('a/dip', FIRST, totals);
  const to = addDays(FIRST, 49);
  const { words } = answer('pulls', made, { from: addDays(FIRST, 20), to, granularity: 'daily' });
  expect(words.headline).toBe('dip has 1,470 pulls.');
  expect(words.notes.join()).toContain('soon back where it had been: dip from 23 Jun 2026.');
  expect(words.notes.join()).not.toContain('new count');
  const monthly = { from: FIRST, to, measure: 'new', granularity: 'daily' };
  const { table } = answer('pulls', made, monthly);
  expect(table.rows.at(-3)).toEqual([addDays(FIRST, 47), 'a/dip', 10, 'no']);
});

test('who has no reading in a range is named, and who begins in it as well', () => {
  const made = community();
  made.stars('a/old', FIRST, growing(200, 1));
  made.stars('a/silent', FIRST, growing(190, 1));
  made.stars('a/over', FIRST, growing(90, 1));
  made.stars('a/young', addDays(TODAY, -4), growing(4, 1));
  const { headline, notes } = answer('stars', made, { from: addDays(TODAY, -5) }).words;
  expect(headline).toBe(
    '202 stars over 2 repositories: +5 in the 5 days to yesterday without young.',
  );
  expect(notes).toEqual([
    'Data that begins within this range: young on 18 Nov 2026.',
    'Nothing is known in this range of silent.',
  ]);
});

test('where a counter began anew that is why no trend is told', () => {
  const made = community();
  made.pulls('a/anew', FIRST, [...growing(170, 5, 900), ...growing(30, 5)]);
  expect(answer('pulls', made).words.lines.at(-1)).toBe(
    'No trend is told, because the counter of anew began anew on 23 Oct 2026: that takes twelve whole weeks without a hole.',
  );
});

test.each(['pulls', 'downloads'])(
  'of %s that are old, a hole makes it no day too early',
  (name) => {
    const told = (days: number) => {
      const made = community();
      const from = addDays(TODAY, -days);
      const isHole = (at: number) => at === days - 14;
      const totals = growing(days, 5, 900).map((value, at) => (isHole(at) ? null : value));
      if (name === 'pulls') made.pulls('a/b', from, totals);
      else packageIn(made.db, { from, downloads: totals });
      return answer(name, made).words.lines.at(-1);
    };
    const takes = ': that takes twelve whole weeks without a hole.';
    expect(told(200)).toBe(`No trend is told${takes}`);
    expect(told(60)).toBe(`It is too early to tell a trend${takes}`);
  },
);

describe('a range without data at its end', () => {
  const made = community();
  made.stars('a/one', FIRST, growing(200, 1));
  made.stars('a/two', FIRST, growing(183, 3));
  const of = (to: string, subjectIds?: number[]) =>
    answer('stars', made, { from: '2026-11-01', to, subjectIds }).words;

  test('is told without those that have none, by name', () => {
    const { headline, lines, notes } = of('2026-11-15');
    expect(headline).toBe(
      '739 stars over 2 repositories: +15 from 1 Nov 2026 to 15 Nov 2026 without two, +15 in the 15 days before.',
    );
    expect(lines[0]).toBe('two: 546 stars.');
    expect(notes).toEqual(['The data of two ends on 4 Nov 2026.']);
  });

  test('tells no gain over days that nobody knows', () => {
    expect(of(TODAY, [2])).toMatchObject({
      headline: 'two has 546 stars.',
      notes: ['The data ends on 4 Nov 2026.'],
    });
  });

  test('tells none where the data goes on after a hole, nor where a counter stands still', () => {
    const made = community();
    made.pulls('a/hole', FIRST, [...growing(180, 5), null, null, ...growing(18, 5, 910)]);
    made.pulls('a/still', FIRST, [...growing(190, 5), ...new Array(10).fill(945)]);
    const asked = { from: '2026-10-20', granularity: 'daily' };
    expect(answer('pulls', made, { ...asked, to: '2026-11-03' }).words.headline).toBe(
      '1,800 pulls over 2 images: +75 from 20 Oct 2026 to 3 Nov 2026 without hole, +75 in the 15 days before.',
    );
    expect(answer('pulls', made, { ...asked, to: '2026-11-20' }).words.headline).toMatch(
      /: \+160 from .* without still, \+160 in the 32 days before\.$/,
    );
  });

  test('tells one where a source is behind by a day or two', () => {
    made.stars('a/three', FIRST, growing(199, 1));
    const asked = { from: addDays(TODAY, -5), subjectIds: [3] };
    expect(answer('stars', made, asked).words.headline).toBe(
      'three has 198 stars: +4 from 17 Nov 2026 to 20 Nov 2026.',
    );
  });
});

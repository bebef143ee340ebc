import { expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { reports } from '../../reports/index.ts';
import { missingDays } from '../../reports/lacks.ts';
import { ask } from '../../reports/report.ts';
import { stars } from '../../reports/stars.ts';
import { community, everyone, growing, TODAY } from './community.ts';
import { packageIn } from './package.ts';

const FIRST = addDays(TODAY, -100);

/** Days are missing from 20 Oct to 2 Nov. */
function withHole<T>(values: readonly T[]): (T | null)[] {
  return values.map((value, at) => (at >= 67 && at <= 80 ? null : value));
}

test.each(['stars', 'pulls', 'downloads', 'versions'])(
  'data that goes on after the range does not end in it: %s',
  (name) => {
    const made = community();
    made.stars('a/b', FIRST, withHole(growing(100, 3)));
    made.pulls('a/b', FIRST, withHole(growing(100, 30)));
    const downloads = withHole(growing(100, 1, 50));
    packageIn(made.db, { from: FIRST, splits: { version: { '1.0': downloads } } });
    const report = reports.find((one) => one.name === name);
    if (!report) throw new Error(name);
    const notes = (from: string, to: string) =>
      ask(report, made.db, { today: TODAY, from, to }, everyone).words.notes.join(' ');
    expect(notes('2026-10-01', '2026-10-31')).not.toContain('ends');
    if (name === 'versions') return;
    expect(notes('2026-10-01', '2026-10-31')).toContain('Data is missing on 12 days');
    expect(notes('2026-11-01', '2026-11-15')).toContain('Data is missing on 2 days');
  },
);

test('the end of data is told of whose it is, those of a day together', () => {
  const made = community();
  made.stars('a/first', FIRST, growing(30, 1));
  made.stars('a/second', FIRST, growing(20, 1));
  const notes = () => ask(stars, made.db, { today: TODAY, to: TODAY }, everyone).words.notes;
  expect(notes()).toEqual([
    'The data of first ends on 12 Sep 2026.',
    'The data of second ends on 2 Sep 2026.',
  ]);
  made.stars('a/second', FIRST, growing(30, 1));
  expect(notes()).toEqual(['The data ends on 12 Sep 2026.']);
  made.stars('a/behind', FIRST, growing(99, 1));
  expect(notes()).toEqual(['The data of first and second ends on 12 Sep 2026.']);
});

test('a day that several lack is one day', () => {
  const hole = (from: number, to: number) => ({
    from: addDays(FIRST, from),
    to: addDays(FIRST, to),
  });
  expect(missingDays([])).toBe(0);
  expect(missingDays([hole(5, 5)])).toBe(1);
  expect(missingDays([hole(1, 14), hole(1, 14)])).toBe(14);
  expect(missingDays([hole(10, 14), hole(3, 3), hole(1, 20), hole(19, 22)])).toBe(22);
});

test.each(['stars', 'pulls', 'downloads'])('and is told as one: %s', (name) => {
  const made = community();
  for (const one of ['a/b', 'a/c']) {
    made.stars(one, FIRST, withHole(growing(100, 3)));
    made.pulls(one, FIRST, withHole(growing(100, 30)));
    packageIn(made.db, { name: one, from: FIRST, downloads: withHole(growing(100, 1, 50)) });
  }
  const report = reports.find((one) => one.name === name);
  const answer = report && ask(report, made.db, { today: TODAY, to: TODAY }, everyone);
  expect(answer?.words.notes.join(' ')).toContain('Data is missing on 14 days');
});

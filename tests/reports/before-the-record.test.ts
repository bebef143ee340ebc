import { expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { reports } from '../../reports/index.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, growing, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';

const FIRST = addDays(TODAY, -60);

function answer(name: string, params: Record<string, unknown>) {
  const made = community();
  made.stars('a/b', FIRST, growing(60, 3, 10));
  made.pulls('a/b', FIRST, growing(60, 30, 10));
  packageIn(made.db, { from: FIRST, splits: { version: { '1.0': steady(60, 9) } } });
  for (let day = FIRST; day < TODAY; day = addDays(day, 1)) made.wrote('U1', 'general', day, 2);
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  return ask(report, made.db, { today: TODAY, ...params }, everyone);
}

const NOTHING = 'Nothing is recorded before 23 Sep 2026.';

test.each([
  ['messages', NOTHING],
  ['top-users', NOTHING],
  ['stars', 'No stars are known before 23 Sep 2026.'],
  ['pulls', 'No pulls are known before 23 Sep 2026.'],
  ['downloads', 'No downloads are known before 23 Sep 2026.'],
  ['versions', 'No downloads are known before 23 Sep 2026.'],
])('a range before the record is told as such: %s', (name, headline) => {
  const { words, chart } = answer(name, { from: '2020-01-01', to: '2020-12-31' });
  expect(words).toMatchObject({ headline, lines: [], notes: [] });
  expect(chart('light')).toBeUndefined();
});

test.each(['messages', 'top-users', 'stars', 'pulls', 'downloads', 'versions'])(
  'a range that begins before the record does says so: %s',
  (name) => {
    const notes = (days: number) =>
      answer(name, { from: addDays(TODAY, -days), to: TODAY }).words.notes;
    expect(notes(366)).toContain(NOTHING);
    expect(notes(20)).not.toContain(NOTHING);
  },
);

test.each([
  ['downloads', {}],
  ['downloads', { by: 'version' }],
  ['versions', {}],
])('and nothing before the record is drawn or listed: %s %j', (name, params) => {
  const asked = { from: '0001-01-01', to: TODAY, granularity: 'daily', ...params };
  const { table } = answer(name, asked);
  expect(table.rows[0]?.[0]).toBe(FIRST);
});

test('a range that ends before the record, but in its first week, lies before it', () => {
  // The record begins on a Wednesday.
  const asked = { from: '2026-09-01', to: '2026-09-22', granularity: 'weekly' };
  expect(answer('messages', asked).words.headline).toBe(NOTHING);
  expect(answer('stars', { ...asked, measure: 'new' }).words.headline).toMatch(/^No stars/);
  expect(answer('downloads', asked).words.headline).toMatch(/^No downloads/);
});

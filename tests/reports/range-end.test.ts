import { expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { reports } from '../../reports/index.ts';
import { ask } from '../../reports/report.ts';
import { stars } from '../../reports/stars.ts';
import { community, everyone, growing, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';

const FIRST = addDays(TODAY, -200);

/** Weeks of a range that ended long ago, on a Wednesday. */
const ASKED = { from: '2026-08-03', to: '2026-09-30', granularity: 'weekly' };

function answer(name: string, params: Record<string, unknown> = {}) {
  const made = community();
  for (const name of ['a/b', 'a/c']) {
    made.stars(name, FIRST, growing(200, 3, 10));
    made.pulls(name, FIRST, growing(200, 30, 10));
  }
  const splits = { version: { '1.0': steady(200, 9), '2.0': steady(200, 9) } };
  for (const name of ['p', 'q']) packageIn(made.db, { name, from: FIRST, splits });
  for (let day = FIRST; day < TODAY; day = addDays(day, 1)) {
    for (const channel of ['general', 'help']) made.wrote('U1', channel, day, 2);
  }
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  const { words, chart, table } = ask(
    report,
    made.db,
    { today: TODAY, ...ASKED, ...params },
    everyone,
  );
  return { words, table, drawn: JSON.stringify(chart('light')) };
}

test.each([
  ['stars', { measure: 'new' }],
  ['stars', { measure: 'new', subjectIds: [1] }],
  ['pulls', { measure: 'new' }],
  ['messages', {}],
  ['messages', { split: 'channel' }],
  ['downloads', {}],
  ['downloads', { subjectIds: [5] }],
  ['downloads', { by: 'version' }],
  ['versions', {}],
])('nothing of a range that is over is said to go on: %s %j', (name, params) => {
  const { words, drawn, table } = answer(name, params);
  const said = [...words.notes, ...drawn.matchAll(/"[^"]*"/g)].join(' ');
  expect(said).not.toMatch(/not over|faded column|data ends/);
  // The last week is whole.
  const [start, ...last] = table.rows.at(-1) ?? [];
  expect(start).toBe('2026-09-28');
  expect(table.columns.at(-1) === 'whole' ? 'yes' : 'no').toBe(last.at(-1));
});

test('a last period without its last day is a hole, and not one that goes on', () => {
  const made = community();
  const hole = (value: number, at: number) => (addDays(FIRST, at) === '2026-10-04' ? null : value);
  made.stars('a/b', FIRST, growing(200, 3, 10).map(hole));
  const asked = { today: TODAY, ...ASKED, measure: 'new' };
  const { table } = ask(stars, made.db, asked, everyone);
  expect(table.rows.at(-1)).toEqual(['2026-09-28', 'a/b', null, 'no']);
});

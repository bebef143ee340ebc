import { expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { acknowledgeIncident, snoozeIncident } from '../../../db/incidents.ts';
import type { Db } from '../../../db/open.ts';
import { setRole, setTracked } from '../../../db/subjects.ts';
import { saveUser } from '../../../db/users.ts';
import { ask } from '../../../reports/report.ts';
import { isQuiet, summary, summarySections } from '../../../reports/summary.ts';
import { community, everyone, TODAY } from '../community.ts';
import { packageIn, steady } from '../package.ts';
import { type Watching, watching } from '../watching.ts';

/** TODAY is a Sunday: the last whole week is the one before. */
const WEEK = '2026-11-09';
const END = addDays(WEEK, 6);
const FROM = addDays(WEEK, -133);

function data(db: Db, params: Record<string, unknown> = {}) {
  const asked = summary.params.parse({ today: TODAY, to: TODAY, ...params });
  return summary.query(db, asked, everyone);
}

function alerts(db: Db, params: Record<string, unknown> = {}): readonly string[] {
  const found = summarySections(data(db, params)).find(({ section }) => section === 'alerts');
  return found?.lines ?? [];
}

const headline = (db: Db) => ask(summary, db, { today: TODAY, to: TODAY }, everyone).words.headline;

/** A tracked package of 100 a day that falls to 40 after `before` days. */
function fallen(db: Db, name: string, before: number, told: Watching = {}): number {
  const downloads = [...steady(before, 100), ...steady(147 - before, 40)];
  packageIn(db, { name, from: FROM, downloads });
  const openedDay = addDays(FROM, before + 1);
  const id = watching(db, 'pypi', name, { openedDay, ...told });
  setTracked(db, id, '2026-01-01T00:00:00Z');
  return id;
}

/** Days until the week is over. */
const OVER = 140;

test('nothing is said when no drop is open', () => {
  const { db } = community();
  packageIn(db, { name: 'well', from: FROM, downloads: steady(147, 100) });
  fallen(db, 'over', 100, { closedDay: addDays(WEEK, -10) });
  expect(alerts(db)).toEqual([]);
  expect(headline(db)).toMatch(/^Nothing stands out/);
});

test('a drop is told while it is open, even where the week looks as usual', () => {
  const { db } = community();
  fallen(db, 'now', OVER + 1);
  expect(alerts(db)).toEqual([
    'Downloads of now have been 60% below usual since 17 Nov 2026 (about 40 a day instead of 100).',
  ]);
  expect(headline(db)).toBe(
    'Nothing stands out: 700 downloads last week; an alert has opened since.',
  );
  expect(isQuiet(data(db))).toBe(false);
  const releases = data(db, { sections: ['releases'] });
  expect(isQuiet(releases)).toBe(true);
  expect(summary.words(releases).headline).toBe('Nothing stands out: 700 downloads last week.');
});

test('one that began before the week and goes on is no news', () => {
  const { db } = community();
  fallen(db, 'low', OVER - 60);
  expect(alerts(db)).toEqual([
    'Downloads of low have been 60% below usual since 17 Sep 2026 (about 40 a day instead of 100).',
  ]);
  expect(isQuiet(data(db))).toBe(true);
});

test('one that was open when the week ended is told with its end', () => {
  const { db } = community();
  fallen(db, 'back', OVER - 2, { closedDay: addDays(END, 3) });
  fallen(db, 'before', OVER - 5, { closedDay: END });
  expect(alerts(db)).toEqual([
    'Downloads of back were 60% below usual from 14 to 16 Nov 2026 (about 40 a day instead of 100), and the alert is over, though 17 and 18 Nov were still 60% below usual.',
  ]);
});

test('that one is not watched any more is no news', () => {
  const { db } = community();
  fallen(db, 'undone', OVER - 2, { closedDay: addDays(END, 3), outcome: 'not watched' });
  expect(alerts(db)).toEqual([]);
});

test('a drop that the headline tells is not told again, only that it is open', () => {
  const { db } = community();
  fallen(db, 'low', OVER - 7);
  expect(headline(db)).toMatch(/^Downloads of low fell 60% to 280/);
  expect(alerts(db)).toEqual(['The alert about downloads of low, told above, is open.']);
});

test('a drop that the headline only counts is told by itself', () => {
  const { db } = community();
  for (const name of ['a', 'b', 'c']) fallen(db, name, OVER - 7);
  expect(headline(db)).toMatch(
    /^Downloads of 3 packages together fell 60% .*: unusual in all of them\.$/,
  );
  expect(alerts(db)).toHaveLength(3);
  expect(alerts(db).join()).toMatch(/Downloads of a have been 60% below usual/);
});

test('what somebody has seen to is not called open', () => {
  const { db } = community();
  const ada = { id: 'UADA', name: 'Ada', isBot: false, isDeleted: false, tz: 'Europe/Oslo' };
  saveUser(db, 'T1', ada, '2026-11-20T00:00:00Z');
  fallen(db, 'low', OVER - 7);
  acknowledgeIncident(db, 1, 'UADA');
  expect(alerts(db)).toEqual([
    'The alert about downloads of low, told above, is acknowledged by Ada.',
  ]);
  fallen(db, 'late', OVER + 1);
  snoozeIncident(db, 2, 'UADA', '2026-12-01T08:00:00Z');
  expect(alerts(db)).toContain(
    'Downloads of late have been 60% below usual since 17 Nov 2026 (about 40 a day instead of 100). It is snoozed by Ada until 1 Dec, 9:00 in Europe/Oslo.',
  );
  fallen(db, 'other', OVER - 7);
  expect(alerts(db)).toContain(
    'The alerts about downloads of low (acknowledged by Ada) and downloads of other (open) are told above.',
  );
});

test('a change of an earlier week is another thing than a drop of these days', () => {
  const { db } = community();
  const downloads = [...steady(126, 100), ...steady(7, 30), ...steady(3, 100), ...steady(2, 20)];
  packageIn(db, { name: 'slow', from: FROM, downloads });
  const openedDay = addDays(END, -2);
  setTracked(db, watching(db, 'pypi', 'slow', { openedDay }), '2026-01-01T00:00:00Z');
  expect(headline(db)).toMatch(/^Downloads of slow fell 70% to 210 in the week of 2 Nov 2026/);
  expect(alerts(db)).toEqual([expect.stringMatching(/^Downloads of slow have been .* since/)]);
});

test('what goes on is told before what is back, and of that first what misses most', () => {
  const { db } = community();
  const add = (name: string, downloads: readonly number[], told: Watching) => {
    packageIn(db, { name, from: FROM, downloads });
    setTracked(db, watching(db, 'pypi', name, told), '2026-01-01T00:00:00Z');
  };
  const openedDay = addDays(END, 2);
  add('large', [...steady(141, 1000), ...steady(6, 400)], { openedDay });
  fallen(db, 'small', OVER + 2);
  add('back', [...steady(141, 5000), ...steady(4, 10), 5000, 5000], { openedDay });
  expect(alerts(db).map((line) => /of (\w+)/.exec(line)?.[1])).toEqual(['large', 'small', 'back']);
});

test('three are told, of those that miss as much the newest first, and the others counted', () => {
  const { db } = community();
  for (const [at, name] of ['a', 'b', 'c', 'd', 'e'].entries()) fallen(db, name, OVER + 1 + at);
  expect(alerts(db)).toEqual([
    expect.stringMatching(/^Downloads of e have/),
    expect.stringMatching(/^Downloads of d have/),
    expect.stringMatching(/^Downloads of c have .* And 2 more: \/metrics alerts\.$/),
  ]);
  expect(headline(db)).toMatch(/^Nothing stands out: .*; 5 alerts have opened since\.$/);
});

test('only those of our own, of what was chosen, and where they were asked for', () => {
  const { db } = community();
  const chosen = fallen(db, 'chosen', OVER + 1);
  const other = fallen(db, 'other', OVER + 1);
  setRole(db, fallen(db, 'dependency', OVER + 1), 'dependency');
  setTracked(db, fallen(db, 'gone', OVER + 1), null);
  expect(alerts(db)).toHaveLength(2);
  expect(alerts(db, { subjectIds: [chosen] })).toHaveLength(1);
  expect(alerts(db, { subjectIds: [other], sections: ['changes'] })).toEqual([]);
});

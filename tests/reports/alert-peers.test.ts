import { describe, expect, test } from 'vitest';
import { addDays, type Day, dayMs } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { saveSuspectDay } from '../../db/suspect-days.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';
import { type Watching, watching } from './watching.ts';

const DAYS = 100;
const FROM = addDays(TODAY, -DAYS);

/** A hundred days up to yesterday, a Saturday, that end with those given. */
const ending = (before: number, ...last: readonly number[]) => [
  ...steady(DAYS - last.length, before),
  ...last,
];

const linesOf = (db: Db, today: Day = TODAY) =>
  ask(alerts, db, { today, incident: 1 }, everyone).words.lines;

/** What each had on the days since `FROM`; the first dropped, and that was noticed the day before. */
function dropped([low = [], ...others]: readonly (readonly number[])[], opened: Watching = {}) {
  const { db } = community();
  const add = (name: string, downloads: readonly number[], told: Watching = {}) => {
    packageIn(db, { name, from: FROM, downloads });
    watching(db, 'pypi', name, told);
  };
  add('low', low, { openedDay: addDays(TODAY, -1), ...opened });
  for (const [at, downloads] of others.entries()) add(`other-${at}`, downloads);
  return db;
}

const LOW = ending(1000, 100, 100);

describe('the line on the others', () => {
  test('has no word for one of many that is much lower', () => {
    const steadyOnes = [1, 2, 3, 4].map(() => ending(200, 200, 200));
    const db = dropped([LOW, ending(100, 40, 40), ...steadyOnes]);
    expect(linesOf(db)).toEqual(['The other 5 that can be judged moved as usual.']);
  });

  test('stays what it was, whatever the days after bring', () => {
    const db = dropped([LOW, ending(100, 95, 95), ending(200, 210, 210)]);
    const line = 'The other 2 that can be judged moved as usual.';
    expect(linesOf(db)).toEqual([line]);
    for (const name of ['low', 'other-0', 'other-1']) {
      packageIn(db, { name, from: TODAY, downloads: steady(2, 10) });
      watching(db, 'pypi', name, { judgedThrough: addDays(TODAY, 1) });
    }
    expect(linesOf(db, addDays(TODAY, 2))).toEqual([line]);
  });

  test('counts what is large enough by the week, not by the weekday', () => {
    const weekly = steady(DAYS, 0).map((_, at) =>
      [0, 6].includes(new Date(dayMs(addDays(FROM, at))).getUTCDay()) ? 20 : 70,
    );
    expect(linesOf(dropped([LOW, weekly]))).toEqual([
      'The other one that can be judged moved as usual.',
    ]);
  });

  test('leaves out what is listed as too small, as a burst is', () => {
    const burst = [...steady(DAYS - 35, 10), ...steady(35, 60)];
    expect(linesOf(dropped([LOW, burst]))).toEqual([]);
  });

  test('is of the other days where the source was wrong on some', () => {
    const others = [1, 2, 3].map(() => ending(200, 200, 200, 5));
    const db = dropped([ending(1000, 100, 100, 5), ...others], { days: 3 });
    saveSuspectDay(db, 'pypi.downloads', addDays(TODAY, -1));
    expect(linesOf(db)).toEqual([
      'Most of pypi was very low on 21 Nov 2026: its numbers may be wrong.',
      'Apart from these days, the other 3 that can be judged moved as usual.',
    ]);
  });
});

describe('days on which a source was wrong', () => {
  test('are told from the first day of the drop on', () => {
    const low = ending(1000, 300, 300, 300, 300, 100);
    const db = dropped([low, ending(200, 200, 40, 200, 200, 200)], { days: 1 });
    saveSuspectDay(db, 'pypi.downloads', addDays(TODAY, -4));
    expect(linesOf(db)[0]).toBe(
      'Most of pypi was very low on 18 Nov 2026: its numbers may be wrong.',
    );
  });

  test('are told as they come, also behind the end of the drop', () => {
    const low = ending(1000, 100, 1000, 1000);
    const opened = { openedDay: addDays(TODAY, -3), days: 1, closedDay: addDays(TODAY, -1) };
    const db = dropped([low, ending(200, 200, 10, 200)], opened);
    saveSuspectDay(db, 'pypi.downloads', addDays(TODAY, -2));
    expect(linesOf(db)).toEqual([
      'Most of pypi was very low on 20 Nov 2026: its numbers may be wrong.',
      'The other one that can be judged moved as usual.',
    ]);
  });

  test.each([
    ['17 and 21 Nov 2026', [-5, -1]],
    ['17 to 18 and 21 Nov 2026', [-5, -4, -1]],
    ['31 Oct, 2 and 21 Nov 2026', [-22, -20, -1]],
    ['2, 4, 6 and 8 Nov 2026', [-20, -18, -16, -14]],
    ['5 of the days from 2 to 10 Nov 2026', [-20, -18, -16, -14, -12]],
  ])('are told as %s', (days, back) => {
    const low = [...steady(DAYS - 24, 1000), ...steady(24, 300)];
    const db = dropped([low], { days: 23 });
    for (const each of back) saveSuspectDay(db, 'pypi.downloads', addDays(TODAY, each));
    expect(linesOf(db)[0]).toContain(`very low on ${days}: `);
  });
});

describe('others that are counters', () => {
  /** Pulls a day, and the days back from today on which the source was wrong. */
  function counted(pulls: readonly (readonly number[])[], wrong: readonly number[]) {
    const { db, pulls: add } = community();
    for (const [at, days] of pulls.entries()) {
      let total = 0;
      const totals = [0, ...days].map((value) => {
        total += value;
        return total;
      });
      add(`a/image-${at}`, addDays(FROM, -1), totals);
      watching(db, 'docker', `a/image-${at}`, {
        ...(at === 0 && { openedDay: addDays(TODAY, -1), days: 3 }),
      });
    }
    for (const back of wrong) saveSuspectDay(db, 'docker.pulls', addDays(TODAY, -back));
    return linesOf(db);
  }
  const low = ending(1000, 100, 0, 100);

  test('keep a day that was wrong with the one that made up for it', () => {
    expect(counted([low, ending(200, 200, 0, 400)], [2])).toEqual([
      'Most of docker was very low on 20 Nov 2026: its numbers may be wrong.',
      'The other one that can be judged moved as usual.',
    ]);
  });

  test.each([
    ['before the first day', ending(200, 0, 400, 200, 200), 4],
    ['on the last', ending(200, 200, 200, 0), 1],
  ])('leave out what one had %s', (_when, other, wrong) => {
    expect(counted([low, other], [wrong])[1]).toBe(
      'Apart from these days, the other one that can be judged moved as usual.',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { saveSuspectDay } from '../../db/suspect-days.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, TODAY } from './community.ts';
import { type MadePackage, packageIn, steady } from './package.ts';
import { watching } from './watching.ts';

const DAYS = 100;
/** The last two days of the drop; it is looked at on the day after. */
const LOW = 2;

const wordsOf = (db: Db, today: Day, details = false) =>
  ask(alerts, db, { today, incident: 1, details }, everyone).words;

/** Downloads that change on the last two days. */
const last = (before: number, after: number) => [
  ...steady(DAYS - LOW, before),
  ...steady(LOW, after),
];

/** A drop of `low` that was noticed the day before `today`, and others beside it. */
function dropped(others: Readonly<Record<string, readonly number[]>>, today: Day = TODAY) {
  const { db } = community();
  const from = addDays(today, -DAYS);
  const judgedThrough = addDays(today, -1);
  const add = (name: string, downloads: readonly number[]) => {
    packageIn(db, { name, from, downloads });
    return (more: object) => watching(db, 'pypi', name, { judgedThrough, ...more });
  };
  add('low', last(1000, 100))({ openedDay: judgedThrough });
  for (const [name, downloads] of Object.entries(others)) add(name, downloads)({});
  return { db, today };
}

describe('how the others went', () => {
  test.each([
    [
      'as usual',
      { a: last(100, 95), b: last(200, 230) },
      'The other 2 that can be judged moved as usual.',
    ],
    ['the only one', { a: last(100, 95) }, 'The other one that can be judged moved as usual.'],
    [
      'lower',
      { a: last(100, 70), b: last(200, 140) },
      'The other 2 that can be judged were 30% lower as well.',
    ],
    ['higher', { a: last(100, 150) }, 'The other one that can be judged was 50% higher.'],
    [
      'some lower',
      { a: last(100, 40), b: last(200, 200), c: last(300, 300) },
      'Of the other 3 that can be judged, 1 was much lower as well.',
    ],
  ])('%s', (_how, others, line) => {
    const { db, today } = dropped(others);
    expect(wordsOf(db, today).lines).toEqual([line]);
  });

  test('is not said of those that are too small or too new, nor where there is none', () => {
    const { db, today } = dropped({
      tiny: last(20, 20),
      young: new Array(80).fill(0).concat(steady(18, 500), 100, 100),
    });
    expect(wordsOf(db, today).lines).toEqual([]);
  });

  test('at the turn of the year is what the rule expects then', () => {
    const { db, today } = dropped({ a: last(100, 60), b: last(200, 120) }, '2026-12-26');
    expect(wordsOf(db, today).lines).toEqual([
      'The other 2 that can be judged were 40% lower as well (turn of the year).',
    ]);
    const alone = dropped({}, '2026-12-26');
    expect(wordsOf(alone.db, alone.today).lines).toEqual([
      'It was the turn of the year, when most is used less.',
    ]);
  });
});

describe('a source that looked wrong', () => {
  const peers = (after: number) =>
    Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, last(200, after)]));

  test('is told in place of the others, and who waits', () => {
    const { db, today } = dropped(peers(2));
    for (const back of [1, 2, 40]) saveSuspectDay(db, 'pypi.downloads', addDays(today, -back));
    for (const name of ['a', 'b']) watching(db, 'pypi', name, { standing: 'hold' });
    expect(wordsOf(db, today).lines).toEqual([
      'Most of pypi was very low on 20 to 21 Nov 2026: its numbers may be wrong. Nothing is decided on 2 others until they look right.',
    ]);
    // Days later, they wait because of other days.
    packageIn(db, { name: 'low', from: today, downloads: steady(4, 100) });
    watching(db, 'pypi', 'low', { judgedThrough: addDays(today, 3) });
    expect(wordsOf(db, addDays(today, 4)).lines.join(' ')).not.toContain('Nothing is decided');
  });

  test('and has corrected its numbers, is told with how the others went by these', () => {
    const { db, today } = dropped(peers(195));
    saveSuspectDay(db, 'pypi.downloads', addDays(today, -1));
    saveSuspectDay(db, 'pypi.downloads', addDays(today, -3));
    expect(wordsOf(db, today).lines).toEqual([
      'pypi looked wrong on 19 and 21 Nov 2026, and has corrected its numbers since.',
      'The other 4 that can be judged moved as usual.',
    ]);
  });
});

describe('versions', () => {
  /** A package of a thousand a day that falls by half for all versions alike, a week after a release. */
  const rolling = (takesOver: (age: number) => number): MadePackage['splits'] => {
    const all = last(1000, 500);
    const share = (at: number) => {
      const age = at - (DAYS - LOW - 7);
      return age < 0 ? 0 : takesOver(age);
    };
    const version = (of: (young: number) => number) =>
      all.map((value, at) => Math.round(value * of(share(at))));
    return {
      version: {
        '3.12': version((y) => 0.8 * (1 - y)),
        '3.13': version((y) => 0.8 * y),
        '3.0': version(() => 0.2),
      },
    };
  };
  const linesOf = (splits: MadePackage['splits']) => {
    const { db } = community();
    packageIn(db, { name: 'low', from: addDays(TODAY, -DAYS), ...(splits && { splits }) });
    watching(db, 'pypi', 'low', { openedDay: addDays(TODAY, -1) });
    return wordsOf(db, TODAY, true).lines.join(' ');
  };

  test('that one takes over from another makes neither the cause', () => {
    expect(linesOf(rolling((age) => Math.min(0.9, age / 8)))).not.toMatch(/3\.12 (alone|accounts)/);
    expect(linesOf(rolling((age) => (age < 6 ? 0.1 : 1)))).not.toMatch(/3\.12/);
  });

  test('one that is gone is the cause, however old the others are', () => {
    const gone = { version: { '3.12': last(600, 0), '3.13': last(400, 400) } };
    expect(linesOf(gone)).toContain('Version 3.12 accounts for 100% of the drop');
  });
});

test('after a burst, the cause is who has less than before it, and not who had the burst', () => {
  const { db } = community();
  const from = addDays(TODAY, -DAYS);
  const burst = (usual: number, more: number, now: number) => [
    ...steady(DAYS - 10 - LOW, usual),
    ...steady(10, usual + more),
    ...steady(LOW, now),
  ];
  packageIn(db, {
    name: 'low',
    from,
    splits: { country: { US: burst(50, 300, 40), FR: burst(50, 0, 0) } },
    provider: 'bigquery',
  });
  watching(db, 'pypi', 'low', { openedDay: addDays(TODAY, -1) });
  const { headline, lines } = wordsOf(db, TODAY);
  expect(headline).toContain('60% below usual');
  expect(lines[0]).toContain('France accounts for 83% of the drop');
});

test('of one that is over, the days around its beginning and its end are told, not the newest', () => {
  const { db } = community();
  const downloads = [...steady(60, 1000), 0, ...steady(39, 1000)];
  packageIn(db, { name: 'low', from: addDays(TODAY, -DAYS), downloads });
  const openedDay = addDays(TODAY, 60 - DAYS);
  watching(db, 'pypi', 'low', { openedDay, days: 1, closedDay: addDays(openedDay, 2) });
  const { lines } = wordsOf(db, TODAY, true);
  expect(lines).toContain('About 1,000 downloads were lost on 13 Oct 2026.');
  expect(lines.join(' ')).toContain('Noticed from the numbers of 13 Oct 2026, at');
  const days = lines.flatMap((line) => /^(\d+ Oct) 2026: /.exec(line)?.[1] ?? []);
  expect(days).toEqual(['11 Oct', '12 Oct', '13 Oct', '14 Oct', '15 Oct']);
});

test('days that are left out between its beginning and its end have a mark', () => {
  const { db } = community();
  const downloads = [...steady(60, 1000), ...steady(9, 100), ...steady(31, 1000)];
  packageIn(db, { name: 'low', from: addDays(TODAY, -DAYS), downloads });
  const openedDay = addDays(TODAY, 60 - DAYS);
  watching(db, 'pypi', 'low', { openedDay, days: 1, closedDay: addDays(openedDay, 10) });
  const { lines } = wordsOf(db, TODAY, true);
  const days = lines.flatMap((line) => /^(\d+ Oct|…)/.exec(line)?.[1] ?? []);
  const [begin, end] = [
    ['11 Oct', '12 Oct', '13 Oct', '14 Oct', '15 Oct'],
    ['19 Oct', '20 Oct', '21 Oct', '22 Oct', '23 Oct'],
  ];
  expect(days).toEqual([...begin, '…', ...end]);
});

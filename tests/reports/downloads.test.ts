import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { downloads } from '../../reports/downloads.ts';
import { asking, community, growing, TODAY } from './community.ts';
import { packageIn, steady, tellDay } from './package.ts';
import { watching } from './watching.ts';

const answer = asking(downloads);

const LONG_AGO = addDays(TODAY, -199);

describe('the headline of downloads', () => {
  test('tells the last whole week against the one before, and the pace', () => {
    const { db } = community();
    packageIn(db, { name: 'marquez-python', from: LONG_AGO, downloads: steady(200, 10) });
    expect(answer(db).words.headline).toBe(
      'marquez-python was downloaded 70 times last week, 70 the week before. Downloads are steady.',
    );
  });

  test('sees them speed up, with the change in percent', () => {
    const { db } = community();
    const days = [...steady(160, 10), ...growing(40, 5, 10)];
    packageIn(db, { from: LONG_AGO, downloads: days });
    expect(answer(db).words.headline).toMatch(/\(\+\d+%\)\. Downloads are speeding up\.$/);
  });

  test('calls nothing steady whose last week is far from usual', () => {
    const { db } = community();
    // TODAY is a Sunday: the last whole week ended seven days ago.
    const days = [...steady(186, 100), ...steady(7, 40), ...steady(6, 100)];
    packageIn(db, { name: 'one', from: LONG_AGO, downloads: days });
    const { words } = answer(db);
    expect(words.headline).toBe(
      'one was downloaded 280 times last week, 700 the week before (−60%). 280 is below the usual 700.',
    );
    expect(words.lines.join()).toContain('and the last one alone was below the usual 700.');
    expect(answer(db, { to: addDays(TODAY, -14) }).words.headline).toContain('are steady.');
  });

  test('tells an open alert in place of the pace, also with the sum of several', () => {
    const { db } = community();
    const days = [...steady(192, 100), ...steady(7, 40)];
    packageIn(db, { name: 'one', from: LONG_AGO, downloads: days });
    watching(db, 'pypi', 'one', { openedDay: addDays(TODAY, -6) });
    const open =
      'Downloads of one have been 60% below usual since 15 Nov 2026 (about 40 a day instead of 100).';
    expect(answer(db).words.headline.endsWith(` ${open}`)).toBe(true);
    expect(answer(db).words.lines).not.toContain(open);
    // Of a range that is over nothing is open.
    expect(answer(db, { to: addDays(TODAY, -14) }).words.headline).not.toContain('below usual');
    packageIn(db, { name: 'two', from: LONG_AGO, downloads: steady(199, 900) });
    expect(answer(db).words.headline.endsWith(` ${open}`)).toBe(true);
    expect(answer(db).words.lines).not.toContain(open);
  });

  test('tells of several alerts first what goes on, and of these what misses most', () => {
    const { db } = community();
    const fallen = (name: string, downloads: readonly number[], back: number) => {
      packageIn(db, { name, from: LONG_AGO, downloads });
      watching(db, 'pypi', name, { openedDay: addDays(TODAY, -back) });
    };
    fallen('large', [...steady(192, 1000), ...steady(7, 400)], 6);
    fallen('small', [...steady(193, 100), ...steady(6, 40)], 5);
    fallen('back', [...steady(194, 9000), ...steady(4, 40), 9000], 4);
    const { headline, lines } = answer(db).words;
    expect(headline).toContain('Downloads of large have been 60% below usual since');
    expect(
      lines.flatMap((line) => /^Downloads of (\w+) (have|were)/.exec(line)?.[1] ?? []),
    ).toEqual(['small', 'back']);
  });

  test('names the package that made the change, with the part it had in it', () => {
    const { db } = community();
    const changed = (before: number, after: number) => [
      ...steady(186, before),
      ...steady(14, after),
    ];
    packageIn(db, { name: 'one', from: LONG_AGO, downloads: changed(1000, 1010) });
    packageIn(db, { name: 'two', from: LONG_AGO, downloads: changed(500, 200) });
    packageIn(db, { name: 'three', from: LONG_AGO, downloads: changed(100, 90) });
    expect(answer(db).words.headline).toMatch(
      /^3 packages were downloaded 9,100 times last week, 11,200 the week before \(−19%: two −60%\)\./,
    );
    // Of few downloads the difference says more.
    const few = community().db;
    packageIn(few, { name: 'one', from: LONG_AGO, downloads: changed(1, 2) });
    packageIn(few, { name: 'two', from: LONG_AGO, downloads: steady(200, 1) });
    expect(answer(few).words.headline).toContain(
      '21 times last week, 14 the week before (one +7).',
    );
  });

  test('adds up our own packages, and no dependency', () => {
    const { db } = community();
    packageIn(db, { name: 'one', from: LONG_AGO, downloads: steady(200, 1) });
    packageIn(db, { name: 'two', from: LONG_AGO, downloads: steady(200, 3) });
    const dependency = { role: 'dependency', from: LONG_AGO } as const;
    packageIn(db, { name: 'pyspark', ...dependency, downloads: steady(200, 1000) });
    packageIn(db, { name: 'attrs', ...dependency, downloads: steady(200, 500) });
    const { words, chart } = answer(db);
    expect(words.headline).toBe(
      '2 packages were downloaded 28 times last week, 28 the week before. Downloads are steady.',
    );
    expect(words.lines[0]).toBe('pyspark (dependency): 7,000 last week (7,000 the week before).');
    const spec = JSON.stringify(chart('light'));
    expect(spec).toContain('vconcat');
    expect(spec).toContain('Dependencies: downloads a week');
  });

  test('of dependencies alone is about the biggest: not even these are added up', () => {
    const { db } = community();
    const dependency = { role: 'dependency', from: LONG_AGO } as const;
    packageIn(db, { name: 'small', ...dependency, downloads: steady(200, 1) });
    packageIn(db, { name: 'big', ...dependency, downloads: steady(200, 2) });
    expect(answer(db).words.headline).toContain('big, a dependency, was downloaded 14 times');
  });

  test('a last week that lacks a day is not judged, and says so', () => {
    const { db } = community();
    packageIn(db, {
      from: addDays(TODAY, -20),
      downloads: [...steady(12, 10), null, ...steady(7, 10)],
      completeThrough: addDays(TODAY, -1),
    });
    const { headline, notes } = answer(db).words;
    expect(headline).toContain('last week only 6 of 7 days are known');
    expect(headline).not.toContain('the week before');
    expect(notes.join(' ')).toContain('Data is missing on 1 day and nothing is filled in');
  });
});

describe('downloads', () => {
  test('without data are a sentence and no chart', () => {
    const { words, table, chart } = answer(community().db);
    expect(words).toMatchObject({ headline: 'There are no downloads here yet.', notes: [] });
    expect(table.rows).toEqual([]);
    expect(chart('light')).toBeUndefined();
  });

  test('before the record begins are said to be unknown, and so is what mirrors loaded', () => {
    const { db } = community();
    packageIn(db, { from: LONG_AGO, downloads: steady(199, 1) });
    const early = answer(db, { from: '2020-01-01', to: '2020-12-31' });
    expect(early.words.headline).toBe('No downloads are known before 7 May 2026.');
    expect(early.chart('light')).toBeUndefined();
    expect(answer(db, { from: addDays(TODAY, -20), mirrors: true }).words.headline).toMatch(
      /^Nothing is known about what mirrors loaded .* without “mirrors”\.$/,
    );
  });

  test('in a range that nobody told of are not called none', () => {
    const { db } = community();
    packageIn(db, { from: LONG_AGO, downloads: steady(199, 1), provider: 'bigquery' });
    packageIn(db, { name: 'imported', from: LONG_AGO, downloads: steady(199, 1) });
    const { words, chart } = answer(db, { from: TODAY });
    expect(words.headline).toBe('Nothing is known about downloads today.');
    expect(chart('light')).toBeUndefined();
    expect(answer(db).words.notes[1]).toBe('some-package: told by BigQuery.');
  });

  test('a day that BigQuery had nothing of is zero, one that nobody told is missing', () => {
    const { db } = community();
    const from = addDays(TODAY, -7);
    const id = packageIn(db, {
      from,
      downloads: [5, null, null, 5, 5, 5, 5],
      completeThrough: addDays(TODAY, -1),
    });
    tellDay(db, id, addDays(from, 1), 'bigquery');
    tellDay(db, id, addDays(from, 2), 'pypistats');
    const { rows } = answer(db, { granularity: 'daily' }).table;
    expect(rows.map((row) => row[3])).toEqual([5, 0, null, 5, 5, 5, 5, null]);
  });

  test('a hole breaks the line and leaves out the weeks that lack days', () => {
    const { db } = community();
    const days = [...steady(60, 1), null, null, ...steady(138, 1)];
    packageIn(db, { name: 'a', from: LONG_AGO, downloads: days });
    packageIn(db, { name: 'b', from: LONG_AGO, downloads: steady(200, 1) });
    const { words, chart, table } = answer(db);
    expect(words.notes.join(' ')).toMatch(/1 week with missing days is left out: 5 of 7 days/);
    expect(JSON.stringify(chart('light'))).toContain('"part":"1.1"');
    const week = table.rows.find((row) => row[1] === 'a' && row[4] === 5);
    expect(week?.[3]).toBe(5);
  });

  test('say whether mirrors are in, and add them only where they are known', () => {
    const { db } = community();
    const from = addDays(TODAY, -7);
    packageIn(db, { from, downloads: steady(7, 10), mirrors: [null, ...steady(6, 5)] });
    expect(answer(db).words.notes[0]).toMatch(/^Without mirrors/);
    const { words, table } = answer(db, { mirrors: true, granularity: 'daily' });
    expect(words.notes[0]).toMatch(/^With mirrors .* not known on 1 day, which is left out/);
    expect(table.rows.map((row) => row[3])).toEqual([null, ...steady(6, 15), null]);
  });

  test('whose mirrors are not known on some days have no hole there', () => {
    const { db } = community();
    const mirrors = [null, null, ...steady(10, 5)];
    packageIn(db, { from: addDays(TODAY, -12), downloads: steady(12, 1), mirrors });
    const notes = answer(db, { mirrors: true }).words.notes.join(' ');
    expect(notes).toContain('What these loaded is not known on 2 days, which are left out.');
    expect(notes).not.toContain('Data is missing');
  });

  test.each([
    [['bigquery'], 'Told by BigQuery.'],
    [['pypistats', 'bigquery'], /^Told by pypistats\.org, since \d+ Nov 2026 by BigQuery/],
    [['bigquery', 'pypistats', 'bigquery'], /BigQuery \(8 days\) and pypistats.org \(4 days\)/],
  ])('say who told the days: %j', (providers, sentence) => {
    const { db } = community();
    const from = addDays(TODAY, -12);
    const id = packageIn(db, { from, downloads: steady(12, 1) });
    const each = 12 / providers.length;
    for (let at = 0; at < 12; at++) {
      tellDay(db, id, addDays(from, at), providers[Math.floor(at / each)] ?? '');
    }
    expect(answer(db).words.notes[1]).toMatch(sentence);
  });
});

describe('a package whose record is over', () => {
  test('holds up no sum, and is named', () => {
    const { db } = community();
    const python = { '3.13': steady(200, 2) };
    packageIn(db, { name: 'goes-on', from: LONG_AGO, splits: { python } });
    packageIn(db, { name: 'over', from: LONG_AGO, splits: { python: { '3.9': steady(150, 1) } } });
    const { words } = answer(db);
    expect(words.headline).toContain('14 times last week');
    expect(words.notes.join(' ')).toMatch(/The data of over ends on 3 Oct 2026\./);
    const split = answer(db, { by: 'python' }).table.rows;
    expect(split.filter((row) => row[3] === 7).length).toBeGreaterThan(20);
  });
});

describe('downloads by a dimension', () => {
  test('tell what leads, what grew most and how much is not known', () => {
    const { db } = community();
    packageIn(db, {
      name: 'p',
      from: LONG_AGO,
      splits: {
        python: {
          '3.11': steady(200, 50),
          '3.13': growing(200, 1),
          unknown: steady(200, 60),
        },
      },
    });
    const { words, chart } = answer(db, { by: 'python' });
    // As beside the columns: of the last whole week.
    expect(words.headline).toBe(
      'Python 3.13 leads with 63% of the downloads of p last week, and of 20% it is not known; it grew most, from 6% in the first week to 63% in the last.',
    );
    expect(words.lines.join(' ')).toMatch(/unknown: 12,000, 29%/);
    const spec = JSON.stringify(chart('light'));
    expect(spec).toContain('3.13: 63%');
    expect(spec).toContain('Shares are of last week.');
    const october = { by: 'python', from: '2026-10-01', to: '2026-10-31' };
    expect(answer(db, october).words.headline).toMatch(
      /^Python 3\.13 leads with 60% of the downloads of p in October 2026/,
    );
  });

  test('without a whole month have all shares of the range, and say so', () => {
    const { db } = community();
    packageIn(db, {
      name: 'p',
      from: addDays(TODAY, -40),
      splits: { python: { '3.11': [...steady(25, 1), ...steady(15, 90)], '3.13': steady(40, 50) } },
    });
    const { words, chart } = answer(db, { by: 'python', granularity: 'monthly' });
    expect(words.headline).toContain(
      'leads with 59% of the downloads of p in the last 40 days and today',
    );
    expect(words.lines.join(' ')).toContain('3.13: 2,000, 59%.');
    const spec = JSON.stringify(chart('light'));
    expect(spec).toContain('3.13: 59%');
    expect(spec).toContain('Shares are of the last 40 days and today.');
  });

  test('keep eight members for the whole range; the rest is counted in "other"', () => {
    const { db } = community();
    const members = Array.from({ length: 12 }, (_, at) => [`3.${at}`, steady(30, 12 - at)]);
    const from = addDays(TODAY, -30);
    packageIn(db, { from, splits: { python: Object.fromEntries(members) } });
    const { table, words } = answer(db, { by: 'python', granularity: 'daily' });
    const names = new Set(table.rows.map((row) => row[1]));
    expect([...names]).toEqual(['3.0', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6', '3.7', 'other']);
    expect(words.lines.join(' ')).toContain('other (4): 300');
  });

  test('are never added up by version: it is the most downloaded of our own, and says so', () => {
    const { db } = community();
    const made = (name: string, version: Record<string, number[]>, role: 'own' | 'dependency') =>
      packageIn(db, { name, role, from: LONG_AGO, splits: { version } });
    const small = made('small', { '9.9': steady(200, 1) }, 'own');
    made('big', { '1.0': steady(200, 5) }, 'own');
    made('huge', { '2.0': steady(200, 99) }, 'dependency');
    const { words, table } = answer(db, { by: 'version' });
    expect(new Set(table.rows.map((row) => row[1]))).toEqual(new Set(['1.0']));
    expect(words.headline).toContain('of the downloads of big');
    expect(words.notes[0]).toBe(
      'This is the most downloaded of 2 packages; name another one, as in “downloads small by version”.',
    );
    const named = answer(db, { by: 'version', subjectIds: [small] });
    expect(named.words.headline).toContain('of the downloads of small');
    expect(named.words.notes.join(' ')).not.toContain('name another one');
  });

  test('a day that several lack what mirrors loaded of is counted once', () => {
    const { db } = community();
    const mirrors = [...steady(198, 5), null, null];
    for (const name of ['p', 'q']) {
      packageIn(db, { name, from: LONG_AGO, downloads: steady(200, 5), mirrors });
    }
    expect(answer(db, { mirrors: true }).words.notes.join(' ')).toContain('not known on 2 days,');
  });

  test('what a provider does not tell is said, with what it would take', () => {
    const { db } = community();
    packageIn(db, {
      from: LONG_AGO,
      splits: { system: { Linux: steady(200, 5) } },
      provider: 'pypistats',
    });
    const { words, chart } = answer(db, { by: 'country' });
    expect(words.headline).toMatch(/not told by country.*BIGQUERY_PROJECT/);
    expect(chart('light')).toBeUndefined();
    expect(answer(db, { by: 'system' }).chart('light')).toMatchObject({
      title: { text: 'PyPI downloads a week, by operating system' },
    });
  });

  test('where BigQuery tells other days, the command is told that asks it for these', () => {
    const { db } = community();
    const days = { from: LONG_AGO, downloads: steady(200, 5) };
    const country = { DE: [...new Array(150).fill(null), ...steady(50, 5)] };
    const id = packageIn(db, { ...days, name: 'p', splits: { country }, provider: 'pypistats' });
    packageIn(db, { ...days, name: 'q', splits: { country }, provider: 'bigquery' });
    for (let at = 150; at < 200; at++) tellDay(db, id, addDays(LONG_AGO, at), 'bigquery');
    const notes = (params: Record<string, unknown>) => answer(db, params).words.notes.join(' ');
    expect(notes({ by: 'country', from: LONG_AGO, subjectIds: [id] })).toContain(
      '150 days in this range are not told by country and left out. On the command line, “backfill pypi:p --from 2026-05-07” asks BigQuery for them.',
    );
    expect(notes({ by: 'country', from: LONG_AGO })).toContain(
      '“backfill pypi:p --from 2026-05-07” asks BigQuery for them, and so for q.',
    );
    expect(answer(db, { by: 'system', subjectIds: [id] }).words.headline).toMatch(
      /are not told by operating system\. On the command line, “backfill pypi:p --from /,
    );
  });

  test('are told of up to the last day that is told by member', () => {
    const { db } = community();
    packageIn(db, {
      name: 'p',
      from: addDays(TODAY, -20),
      downloads: steady(20, 4),
      splits: { country: { DE: [...steady(10, 4), ...new Array(10).fill(null)] } },
    });
    const { headline, lines } = answer(db, { by: 'country' }).words;
    expect(headline).toBe('Germany has 100% of the downloads of p from 2 Nov 2026 to 11 Nov 2026.');
    expect(lines[0]).toBe('In all 40 downloads from 2 Nov 2026 to 11 Nov 2026.');
  });

  test('days that are not told by member are counted and left out', () => {
    const { db } = community();
    packageIn(db, {
      from: addDays(TODAY, -20),
      downloads: steady(20, 4),
      splits: { country: { DE: [...new Array(10).fill(null), ...steady(10, 4)] } },
    });
    const { words, table } = answer(db, { by: 'country', granularity: 'daily' });
    expect(words.notes.join(' ')).toContain('10 days in this range are not told by country');
    expect(table.rows.filter((row) => row[2] !== null)).toHaveLength(10);
    expect(words.headline).toContain(
      'Germany has 100% of the downloads of some-package in the last 10 days and today',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { ALL_SUBJECTS, finishCollection } from '../../db/collections.ts';
import { addDays } from '../../db/days.ts';
import { groupingFor, lineOf } from '../../reports/releases.ts';
import { theme } from '../../reports/theme.ts';
import { tendencyOf } from '../../reports/versions/tendency.ts';
import { versions } from '../../reports/versions.ts';
import { asking, community, growing, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';
import { random } from './random.ts';

const answer = asking(versions);

const LONG_AGO = addDays(TODAY, -200);
/** 1.0.0 is left for 1.1.0, which came eight weeks and a bit ago. */
const MOVED = {
  '1.0.0': [...steady(140, 100), ...growing(60, -1, 90)],
  '1.1.0': [...new Array(140).fill(null), ...growing(60, 1, 10)],
};

describe('versions', () => {
  test('tell the newest release, its share, and what is vulnerable, with the day of the fix', () => {
    const { db } = community();
    packageIn(db, {
      name: 'p',
      from: LONG_AGO,
      splits: { version: MOVED },
      provider: 'bigquery',
      advisories: [
        {
          id: 'GHSA-x',
          aliases: ['CVE-2026-1'],
          severity: 'high',
          ranges: [{ introduced: '0', fixed: '1.1.0' }],
        },
      ],
    });
    const { words, table, chart } = answer(db);
    expect(words.headline).toBe(
      'p 1.1.0, the newest release, has 60% of the downloads last week (53% the week before); 40% are of a version with a known vulnerability.',
    );
    const text = words.lines.join(' ');
    expect(text).toMatch(/1\.1\.0 was first downloaded on 23 Sep 2026 and has 60% after 7 weeks/);
    expect(text).toMatch(
      /CVE-2026-1 \(high severity; .*; fixed in 1\.1\.0, first downloaded on 23 Sep 2026\): 280 downloads in the last whole week, 40%; 15 weeks before it was 100%, and the share is falling\./,
    );
    expect(JSON.stringify(chart('light'))).toContain('Diamond: the fixed release');
    const vulnerable = table.rows.filter((row) => row[1] === 'vulnerability');
    const releases = table.rows.filter((row) => row[2] === '1.0.0');
    expect(vulnerable.map((row) => row[3])).toEqual(releases.map((row) => row[3]));
  });

  test('have all shares of the last whole week, also where columns are months', () => {
    const { db } = community();
    const version = {
      '1.0': [...steady(180, 90), ...steady(20, 30)],
      '2.0': [...new Array(180).fill(null), ...steady(20, 70)],
    };
    packageIn(db, { name: 'p', from: LONG_AGO, splits: { version } });
    for (const granularity of ['daily', 'weekly', 'monthly']) {
      const { words, chart } = answer(db, { granularity });
      expect(words.headline).toContain(
        'p 2.0, the newest release, has 70% of the downloads last week',
      );
      expect(words.lines.join(' ')).toMatch(/1\.0: .* \(30% in the last whole week\)/);
      const spec = JSON.stringify(chart('light'));
      expect(spec).toContain('2.0: 70%');
      expect(spec).toContain('1.0: 30%');
      expect(spec).toContain('Shares are of last week.');
    }
  });

  test('draw the newest release in the strongest colour, however little it has', () => {
    const { db } = community();
    const older = Array.from({ length: 7 }, (_, at) => [`1.${at}`, steady(200, 90 - at)] as const);
    const newest = [...new Array(190).fill(null), ...steady(10, 1)];
    const version = { ...Object.fromEntries(older), '2.0': newest };
    packageIn(db, { name: 'p', from: LONG_AGO, splits: { version } });
    const { series } = theme('light');
    expect(JSON.stringify(answer(db).chart('light'))).toMatch(
      new RegExp(`"color":"${series[0]}","ink":"${series[0]}","label":"2.0: <1%"`),
    );
  });

  test('without an advisory have one panel, and the day of the last check', () => {
    const { db } = community();
    packageIn(db, { name: 'p', from: LONG_AGO, splits: { version: MOVED } });
    expect(answer(db).words.lines).toContain(
      'Whether p has known vulnerabilities has not been checked yet.',
    );
    const key = { source: 'pypi', subjectId: ALL_SUBJECTS, part: 'advisories' };
    finishCollection(db, key, '2026-11-20T04:00:00Z');
    const { words, chart } = answer(db);
    expect(words.lines).toContain('No known vulnerability (last checked on 20 Nov 2026).');
    expect(JSON.stringify(chart('light'))).not.toContain('vconcat');
  });

  test('a version that two advisories are about counts once among all vulnerable ones', () => {
    const { db } = community();
    packageIn(db, {
      from: LONG_AGO,
      splits: { version: { '1.0': steady(200, 30), '2.0': steady(200, 70) } },
      advisories: [
        { id: 'A', ranges: [{ introduced: '0', fixed: '2.0' }] },
        { id: 'B', ranges: [{ versions: ['1.0'] }] },
        { id: 'C', ranges: [{ introduced: '9' }] },
      ],
    });
    const { words } = answer(db);
    expect(words.headline).toContain('; 30% are of');
    const text = words.lines.join('\n');
    expect(text).toMatch(/Versions with a known vulnerability: 210 downloads .*, 30%/);
    expect(text).toMatch(/B \(.*no fix known\): 210 downloads/);
    expect(text).toContain('1 more is known, of versions that nobody downloaded');
  });

  test('whose last week nobody told by version say so', () => {
    const { db } = community();
    packageIn(db, {
      name: 'p',
      from: LONG_AGO,
      downloads: steady(200, 5),
      splits: { version: { '1.0': [...steady(180, 5), ...new Array(20).fill(null)] } },
    });
    expect(answer(db).words.headline).toBe(
      'p 1.0, the newest release, has a share of the downloads last week that is not known.',
    );
  });

  test('what is no version is in "other", and counted', () => {
    const { db } = community();
    packageIn(db, {
      from: LONG_AGO,
      splits: { version: { '1.0': steady(200, 9), 'not a version': steady(200, 1) } },
    });
    const { words, table } = answer(db);
    expect(new Set(table.rows.map((row) => row[2]))).toEqual(new Set(['1.0', 'other']));
    expect(words.notes.join(' ')).toContain('“not a version” is no version by PEP 440');
  });

  test('that BigQuery can tell are told with the command that asks it', () => {
    const { db } = community();
    const version = { '1.0': [...new Array(20).fill(null), ...steady(180, 5)] };
    const days = { from: LONG_AGO, downloads: steady(200, 5), splits: { version } };
    packageIn(db, { ...days, name: 'p', provider: 'bigquery' });
    expect(answer(db).words.notes.join(' ')).toContain(
      '20 days in this range are not told by version and left out. On the command line, “backfill pypi:p --from 2026-05-06” asks',
    );
  });

  test('that nobody tells are said to be so', () => {
    const { db } = community();
    packageIn(db, { name: 'p', from: LONG_AGO, downloads: steady(200, 5), provider: 'pypistats' });
    const { words, chart } = answer(db);
    expect(words.headline).toMatch(/^The downloads of p .* not told by version.*BIGQUERY_PROJECT/);
    expect(chart('light')).toBeUndefined();
  });

  test('without a package asked for are those of the most downloaded one of our own', () => {
    const { db } = community();
    const version = { '1.0': steady(200, 5) };
    packageIn(db, {
      name: 'small',
      from: LONG_AGO,
      splits: { version: { '3.0': steady(200, 1) } },
    });
    packageIn(db, { name: 'ours', from: LONG_AGO, splits: { version } });
    packageIn(db, {
      name: 'huge',
      role: 'dependency',
      from: LONG_AGO,
      splits: { version: { '2.0': steady(200, 99) } },
    });
    expect(answer(db).words.headline).toMatch(/^ours 1\.0/);
    expect(answer(db).words.notes[0]).toMatch(/most downloaded of 2.* as in “versions small”\.$/);
    expect(answer(db, { subjectId: 3 }).words.headline).toMatch(/^huge 2\.0/);
    expect(answer(db, { subjectId: 3 }).words.notes.join(' ')).not.toContain('name another one');
    expect(answer(community().db).words.headline).toBe('There are no downloads here yet.');
    expect(answer(db, { to: '2020-12-31' }).words.headline).toMatch(
      /^No downloads are known before/,
    );
  });

  test('the shares of a period add up to one, in the table as in the chart', () => {
    const { db } = community();
    const members = Array.from({ length: 40 }, (_, at): [string, number[]] => [
      `${at % 4}.${at}.${at % 3}`,
      growing(200, at % 5, 1 + ((at * 7) % 13)),
    ]);
    packageIn(db, { from: LONG_AGO, splits: { version: Object.fromEntries(members) } });
    const sums = new Map<unknown, number>();
    for (const [week, kind, , , share] of answer(db).table.rows) {
      if (kind !== 'release' || typeof share !== 'number') continue;
      sums.set(week, (sums.get(week) ?? 0) + share);
    }
    expect(sums.size).toBeGreaterThan(20);
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 2);
  });
});

describe('release lines', () => {
  test.each([
    ['1.4.2', 'minor', '1.4.x'],
    ['1.4.2', 'major', '1.x'],
    ['2', 'minor', '2.0.x'],
    ['1!2.3.4', 'minor', '1!2.3.x'],
    ['2.0rc1', 'minor', '2.0.x'],
    ['1.4.2', 'release', '1.4.2'],
    ['latest', 'release', 'other'],
    ['unknown', 'major', 'unknown'],
  ] as const)('%s by %s is %s', (version, grouping, line) => {
    expect(lineOf(version, grouping)).toBe(line);
  });

  const many = (of: (at: number) => string, size = (_: number) => 1) =>
    groupingFor(new Map(Array.from({ length: 60 }, (_, at) => [of(at), size(at)])));

  test('are as fine as eight of them can tell most of the downloads', () => {
    expect(
      groupingFor(
        new Map([
          ['1.0', 5],
          ['1.1', 1],
        ]),
      ),
    ).toBe('release');
    expect(many((at) => `1.${Math.floor(at / 10)}.${at % 10}`)).toBe('minor');
    expect(many((at) => `${Math.floor(at / 10)}.${at % 10}.0`)).toBe('major');
    expect(
      many(
        (at) => `1.${at}.0`,
        (at) => 10 ** -at,
      ),
    ).toBe('release');
    expect(many((at) => `1.0.${at}`)).toBe('release');
  });
});

describe('tendencyOf', () => {
  test('sees a share that falls quickly and then slowly', () => {
    const values = Array.from({ length: 16 }, (_, at) => Math.exp(-at / 2));
    expect(tendencyOf(values)).toBe('falling');
    expect(tendencyOf(values.toReversed())).toBe('rising');
  });

  test('says nothing of a few values, and steady of equal ones', () => {
    expect(tendencyOf([1, 2, 3, 4, 5])).toBeUndefined();
    // Of one odd week nobody knows where it leads, but steady it is not.
    const even = [0.5, 0.52, 0.5, 0.51, 0.53, 0.5, 0.52, 0.51];
    expect(tendencyOf([...even, 0.54])).toBe('steady');
    expect(tendencyOf([...even, 0.2])).toBeUndefined();
    expect(tendencyOf([...even, 0.9])).toBeUndefined();
    expect(tendencyOf(steady(16, 0.5))).toBe('steady');
  });

  test('calls an order that chance brings steady, 98 times in a hundred', () => {
    const next = random(7);
    const rows = Array.from({ length: 1000 }, () => Array.from({ length: 16 }, () => next()));
    const judged = rows.filter((row) => tendencyOf(row) !== 'steady').length;
    expect(judged).toBeGreaterThan(0);
    expect(judged).toBeLessThan(20);
  });
});

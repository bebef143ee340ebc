import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { InputError } from '../../db/input-error.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { daysOf, saveDays, seriesOf, valueOn } from '../../db/series.ts';
import { ensureSubject, trackedSubjects } from '../../db/subjects.ts';
import { importCsv } from '../../src/importers/import-csv.ts';
import { pulls } from '../../src/importers/pulls.ts';
import { slackDays } from '../../src/importers/slack-days.ts';
import { stars } from '../../src/importers/stars.ts';
import { shared } from '../shared.ts';

const NOW = Date.parse('2022-03-10T09:30:00Z');

function values(db: Db, metric: string): Record<string, string[]> {
  return Object.fromEntries(
    seriesOf(db, metric).map(({ id, subjectName }) => [
      subjectName,
      daysOf(db, id, '0000-01-01', '9999-12-31').map(({ day, value }) => `${day} ${value}`),
    ]),
  );
}

describe('star histories', () => {
  test('the daily model: unsorted, many rows a day, two spellings, Windows line ends', () => {
    const db = openDatabase(IN_MEMORY);
    const text = [
      '\uFEFFday,project,stars',
      '2021-11-07,Acme/Rocket,552',
      '2021-11-05,"Acme/Rocket",549',
      '2021-11-07,ACME/rocket,553',
      '',
      '2021-11-07, acme/Rocket ,551',
      '2021-11-08,Acme/Rocket,550',
    ].join('\r\n');
    expect(importCsv(db, stars, text, NOW)).toEqual({
      rows: 5,
      subjects: 1,
      newDays: 3,
      changedDays: 0,
      unchangedDays: 0,
      badRows: [],
    });
    expect(values(db, 'github.stars')).toEqual({
      'Acme/Rocket': ['2021-11-05 549', '2021-11-07 553', '2021-11-08 550'],
    });
    expect(trackedSubjects(db)).toEqual([]);
  });

  test('star-history.com: JavaScript dates become UTC days', () => {
    const db = openDatabase(IN_MEMORY);
    const text = [
      'Repository,Date,Stars',
      'acme/rocket,Tue Mar 05 2019 14:03:01 GMT+0100 (Central European Standard Time),10',
      'acme/rocket,Wed Mar 06 2019 00:30:00 GMT+0100 (Central European Standard Time),12',
      'acme/rocket,Wed Mar 06 2019 22:00:00 GMT-0800 (Pacific Standard Time),15',
    ].join('\n');
    expect(importCsv(db, stars, text, NOW).badRows).toEqual([]);
    expect(values(db, 'github.stars')).toEqual({
      'acme/rocket': ['2019-03-05 12', '2019-03-07 15'],
    });
  });

  test('bad rows are named, good ones are kept', () => {
    const db = openDatabase(IN_MEMORY);
    const lines: readonly (readonly [string, string | undefined])[] = [
      ['2021-02-28,acme/rocket,1', undefined],
      ['2021-02-30,acme/rocket,2', 'the day is 2021-02-30, which does not exist'],
      ['yesterday,acme/rocket,2', 'the day is “yesterday”, which is not a date'],
      [',acme/rocket,2', 'the day is empty'],
      ['2022-03-11,acme/rocket,2', 'the day is 2022-03-11, which is still to come'],
      ['Sat Feb 30 2019 14:03:01 GMT+0100,acme/rocket,2', 'the day is Sat Feb 30'],
      ['Sat Foo 20 2019 14:03:01 GMT+0100,acme/rocket,2', 'which is not a date'],
      ['Sat Feb 20 2019 25:03:01 GMT+0100,acme/rocket,2', 'which is not a date'],
      ['2021-03-01,rocket,2', 'the project is “rocket”'],
      ['2021-03-01,acme/rocket,"1,234"', '“1,234”, which is not a whole number'],
      ['2021-03-01,acme/rocket,-3', '“-3”, which is not a whole number'],
      ['2021-03-01,acme/rocket', 'the number of stars is empty'],
      ['"2021-03-01,acme/rocket,4', 'a quote is never closed'],
      ['2021-03-02,acme/rocket,5', undefined],
    ];
    const text = ['day,project,stars', ...lines.map(([line]) => line)].join('\n');
    const { badRows, newDays, rows } = importCsv(db, stars, text, NOW);
    const expected = lines.flatMap(([, reason], index) =>
      reason ? [{ line: index + 2, reason: expect.stringContaining(reason) }] : [],
    );
    expect(badRows).toEqual(expected);
    expect({ rows, newDays }).toEqual({ rows: 14, newDays: 2 });
    expect(values(db, 'github.stars')).toEqual({
      'acme/rocket': ['2021-02-28 1', '2021-03-02 5'],
    });
  });

  test('a file of another shape is refused as a whole', () => {
    const db = openDatabase(IN_MEMORY);
    for (const text of ['', 'a,b\n1,2', '2021-01-01,acme/rocket,4', '"day,project,stars']) {
      expect(() => importCsv(db, stars, text, NOW)).toThrow(InputError);
    }
    expect(() => importCsv(db, stars, 'a,b', NOW)).toThrow(
      'The first line of the file has to name the columns day,project,stars or Date,Repository,Stars.',
    );
  });

  test('own totals are never overwritten, history is', () => {
    const db = openDatabase(IN_MEMORY);
    const { id } = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
    const key = { subjectId: id, metric: 'github.stars', kind: 'total' } as const;
    const seenAt = '2022-03-09T00:00:00Z';
    saveDays(db, key, [{ day: '2022-03-01', value: 7 }], { origin: 'poll', seenAt });
    saveDays(db, key, [{ day: '2022-02-28', value: 6 }], { origin: 'history', seenAt });
    const text = 'day,project,stars\n2022-03-01,acme/rocket,99\n2022-02-28,acme/rocket,5';
    expect(importCsv(db, stars, text, NOW)).toMatchObject({ changedDays: 1, unchangedDays: 1 });
    expect(values(db, 'github.stars')).toEqual({
      'Acme/Rocket': ['2022-02-28 5', '2022-03-01 7'],
    });
  });
});

test('pulls, with official images, and messages of workspaces', () => {
  const db = openDatabase(IN_MEMORY);
  const images = 'day,image,pull_count\n2022-03-01,postgres,8000000000\n2022-03-01,acme/rocket,0';
  importCsv(db, pulls, images, NOW);
  expect(values(db, 'docker.pulls')).toEqual({
    'acme/rocket': ['2022-03-01 0'],
    postgres: ['2022-03-01 8000000000'],
  });
  importCsv(db, slackDays, 'day,domain,messages\n2022-03-01,Acme,12', NOW);
  expect(values(db, 'slack.messages')).toEqual({ Acme: ['2022-03-01 12'] });
  expect(seriesOf(db, 'slack.messages')[0]?.kind).toBe('count');
});

describe('whatever the file holds', () => {
  const row = fc.record({
    day: fc.integer({ min: 0, max: 6 }).map((count) => addDays('2022-01-01', count)),
    project: fc.constantFrom('acme/rocket', 'Acme/Rocket', 'acme/sled'),
    stars: fc.nat(50),
  });
  const file = (rows: readonly { day: string; project: string; stars: number }[]) =>
    ['day,project,stars', ...rows.map((r) => `${r.day},${r.project},${r.stars}`)].join('\n');

  test('every day holds its largest value, and a second import changes nothing', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const db = openDatabase(IN_MEMORY);
        importCsv(db, stars, file(rows), NOW);
        const largest = new Map<string, number>();
        for (const { day, project, stars: value } of rows) {
          const key = `${project.toLowerCase()} ${day}`;
          largest.set(key, Math.max(largest.get(key) ?? 0, value));
        }
        const found = Object.entries(values(db, 'github.stars')).flatMap(([name, days]) =>
          days.map((day) => `${name.toLowerCase()} ${day}`),
        );
        expect(found.toSorted()).toEqual(
          [...largest].map(([key, value]) => `${key} ${value}`).toSorted(),
        );
        expect(importCsv(db, stars, file(rows.toReversed()), NOW)).toMatchObject({
          newDays: 0,
          changedDays: 0,
          unchangedDays: largest.size,
        });
        db.close();
      }),
      { numRuns: 40 },
    );
  });

  test('nothing but an InputError is thrown', () => {
    const db = openDatabase(IN_MEMORY);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (cell, lines) => {
        const text = ['day,project,stars', `2022-01-01,${cell},1`, ...lines].join('\n');
        expect(importCsv(db, stars, text, NOW).rows).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

const history = shared('data/openlineage');
describe.skipIf(!history)('the history of OpenLineage (../shared/data/openlineage)', () => {
  const read = (name: string) => readFileSync(`${history}/${name}`, 'utf8');

  test('stars on 2021-11-07', () => {
    const db = openDatabase(IN_MEMORY);
    const text = read('github_daily_summary_history.csv');
    const first = importCsv(db, stars, text, NOW);
    expect(first).toMatchObject({ rows: 2000, subjects: 2, badRows: [] });
    const totals = seriesOf(db, 'github.stars').map(({ id, subjectName }) => [
      subjectName,
      valueOn(db, id, '2021-11-07')?.value,
    ]);
    expect(Object.fromEntries(totals)).toEqual({
      'OpenLineage/OpenLineage': 553,
      'MarquezProject/marquez': 828,
    });
    const second = importCsv(db, stars, text, NOW);
    expect(second).toMatchObject({ newDays: 0, changedDays: 0, unchangedDays: first.newDays });
  });

  test('messages', () => {
    const db = openDatabase(IN_MEMORY);
    const result = importCsv(db, slackDays, read('slack_daily_summary_history.csv'), NOW);
    expect(result).toMatchObject({ subjects: 2, badRows: [] });
  });

  test('pulls', () => {
    const db = openDatabase(IN_MEMORY);
    const text = read('airflow-orchestration/dockerhub_daily_summary_history.csv');
    expect(importCsv(db, pulls, text, NOW).badRows).toEqual([]);
  });
});

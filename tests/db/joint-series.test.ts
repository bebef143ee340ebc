import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../db/days.ts';
import {
  ENDED_DAYS,
  JUDGED_AFTER_WEEKS,
  jointDays,
  judgedJoints,
  polledJoints,
  summedDays,
} from '../../db/joint-series.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveProvidedDay } from '../../db/provided-days.ts';
import { saveReplacement } from '../../db/replacements.ts';
import { saveDays, seriesOf } from '../../db/series.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';

const FIRST = '2026-01-01';
const at = (age: number): Day => addDays(FIRST, age);
const SEEN = '2026-06-01T00:00:00Z';

type Days = readonly (number | null)[];

/** A package with its days from `FIRST` on, complete through the last of them. */
function package_(db: Db, name: string, days: Days, metric = 'pypi.downloads'): number {
  const source = metric.split('.')[0] ?? '';
  const { id } = ensureSubject(db, source, name, name);
  setTracked(db, id, SEEN);
  const values = days.flatMap((value, age) => (value === null ? [] : [{ day: at(age), value }]));
  const kind = source === 'pypi' ? 'count' : 'total';
  const completeThrough = at(days.length - 1);
  saveDays(db, { subjectId: id, metric, kind }, values, {
    origin: 'poll',
    seenAt: SEEN,
    completeThrough,
  });
  return id;
}

function replaced(db: Db, ...[old, ...successors]: readonly (number | undefined)[]): void {
  let subjectId = old as number;
  for (const successorId of successors) {
    saveReplacement(db, { subjectId, successorId: successorId as number });
    subjectId = successorId as number;
  }
}

/** The sums by age, of the one joint there is. */
function sums(db: Db, metric = 'pypi.downloads'): Record<string, number> {
  const joints = polledJoints(db, metric);
  expect(joints).toHaveLength(1);
  const days = summedDays(db, joints[0]?.parts ?? [], FIRST, at(999));
  return Object.fromEntries(days.map(({ day, value }) => [day.slice(5), value]));
}

describe('the sum of a successor and what it replaces', () => {
  test('has a day where both have one; before its first day the successor has nothing', () => {
    const db = openDatabase(IN_MEMORY);
    const old = package_(db, 'old', [10, 10, 10, null, 8, 7]);
    const fresh = package_(db, 'new', [null, null, 1, 2, null, 4]);
    replaced(db, old, fresh);
    expect(sums(db)).toEqual({ '01-01': 10, '01-02': 10, '01-03': 11, '01-06': 11 });
  });

  test('waits for the one that is complete through an earlier day', () => {
    const db = openDatabase(IN_MEMORY);
    replaced(db, package_(db, 'old', [10, 10, 10]), package_(db, 'new', [1, 1, 1, 1, 1]));
    expect(Object.keys(sums(db))).toEqual(['01-01', '01-02', '01-03']);
    expect(polledJoints(db, 'pypi.downloads')[0]?.series).toMatchObject({
      subjectName: 'new',
      completeThrough: at(4),
    });
  });

  test('is not known before what was replaced is', () => {
    const db = openDatabase(IN_MEMORY);
    replaced(db, package_(db, 'old', [null, null, 9, 9]), package_(db, 'new', [1, 1, 1, 1]));
    expect(sums(db)).toEqual({ '01-03': 10, '01-04': 10 });
  });

  test('goes on alone when one of them is over, and not before', () => {
    const db = openDatabase(IN_MEMORY);
    const rest = (days: number) => new Array<number>(days).fill(5);
    replaced(db, package_(db, 'old', [1, 1, 1]), package_(db, 'new', rest(3 + ENDED_DAYS)));
    expect(Object.values(sums(db))).toEqual([6, 6, 6]);
    package_(db, 'new', rest(4 + ENDED_DAYS));
    expect(Object.values(sums(db))).toEqual([6, 6, 6, ...rest(1 + ENDED_DAYS)]);
  });

  test('knows a day without any from one that is missing', () => {
    const db = openDatabase(IN_MEMORY);
    const old = package_(db, 'old', [3, null, 3]);
    replaced(db, old, package_(db, 'new', [1, 1, 1]));
    expect(Object.values(sums(db))).toEqual([4, 4]);
    const told = { day: at(1), provider: 'bigquery', askedAt: SEEN, isSettled: true };
    saveProvidedDay(db, old, told);
    expect(Object.values(sums(db))).toEqual([4, 1, 4]);
  });

  test('of counters is that of their growths', () => {
    const db = openDatabase(IN_MEMORY);
    const old = package_(db, 'me/old', [100, 110, 120, 125, 130], 'docker.pulls');
    const fresh = package_(db, 'me/new', [null, 7, 10, 2, 5], 'docker.pulls');
    replaced(db, old, fresh);
    // Of the first day of a counter no growth is known, and none where it began anew.
    expect(sums(db, 'docker.pulls')).toEqual({ '01-03': 13, '01-05': 8 });
  });

  test('follows a chain, and has several that were replaced', () => {
    const db = openDatabase(IN_MEMORY);
    const [a, b, c] = [
      package_(db, 'a', [8, 8, 8, 8]),
      package_(db, 'b', [null, 2, 2, 2]),
      package_(db, 'c', [null, null, 1, 1]),
    ];
    replaced(db, a, b, c);
    expect(Object.values(sums(db))).toEqual([8, 10, 11, 11]);
    const other = package_(db, 'other', [5, 5, 5, 5]);
    saveReplacement(db, { subjectId: other, successorId: c });
    expect(Object.values(sums(db))).toEqual([13, 15, 16, 16]);
  });

  test('is made while both are polled, and the successor has numbers', () => {
    const db = openDatabase(IN_MEMORY);
    const old = package_(db, 'old', [10]);
    const fresh = ensureSubject(db, 'pypi', 'new', 'new').id;
    setTracked(db, fresh, SEEN);
    replaced(db, old, fresh);
    expect(sums(db)).toEqual({ '01-01': 10 });
    package_(db, 'new', [1]);
    expect(sums(db)).toEqual({ '01-01': 11 });
    setTracked(db, old, null);
    expect(sums(db)).toEqual({ '01-01': 1 });
  });
});

describe('what is judged as one', () => {
  const judged = (db: Db) =>
    judgedJoints(db, 'pypi.downloads').map(({ parts }) =>
      parts.map(({ series, isLater }) => series.subjectName + (isLater ? '*' : '')).join('+'),
    );
  const late = (first: number, days: number): Days => [
    ...new Array<null>(first).fill(null),
    ...new Array<number>(days).fill(5),
  ];
  const enough = 7 * JUDGED_AFTER_WEEKS + 1;

  test('is the sum when it begins no later than the successor, however short it is', () => {
    const db = openDatabase(IN_MEMORY);
    replaced(db, package_(db, 'old', late(0, 3)), package_(db, 'new', late(0, 3)));
    expect(judged(db)).toEqual(['new*+old']);
  });

  test('is the successor alone, until enough is known of what it replaces', () => {
    const db = openDatabase(IN_MEMORY);
    const fresh = package_(db, 'new', late(0, 100));
    replaced(db, package_(db, 'old', late(99, enough - 1)), fresh);
    expect(judged(db)).toEqual(['new']);
    package_(db, 'old', late(99, enough));
    expect(judged(db)).toEqual(['new*+old']);
  });

  test('leaves out the first of a chain alone', () => {
    const db = openDatabase(IN_MEMORY);
    const [a, b] = [package_(db, 'a', late(90, 9)), package_(db, 'b', late(0, 99))];
    replaced(db, a, b, package_(db, 'c', late(50, 49)));
    expect(judged(db)).toEqual(['c*+b']);
  });
});

test('a joint day has a value of each that has begun and is not over, whatever is missing', () => {
  const days = fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { freq: 2 }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(days, { minLength: 2, maxLength: 4 }), (all) => {
      const db = openDatabase(IN_MEMORY);
      const ids = all.map((one, index) => package_(db, `p${index}`, one));
      replaced(db, ...ids);
      const series = new Map(seriesOf(db, 'pypi.downloads').map((one) => [one.subjectId, one]));
      expect(series.size).toBe(all.length);
      const [joint] = polledJoints(db, 'pypi.downloads');
      const parts = joint?.parts ?? [];
      const indexes = parts.map((part) => ids.indexOf(part.series.subjectId));
      const lastOf = (one: Days) => one.findLastIndex((value) => value !== null);
      const newest = Math.max(...all.map(lastOf));
      const found = new Map(
        jointDays(db, parts, FIRST, at(99)).map(({ day, values }) => [day, values]),
      );
      for (let age = 0; age < 60; age++) {
        const expected = indexes.map((index) => {
          const one = all[index] as Days;
          const [first, last] = [one.findIndex((value) => value !== null), lastOf(one)];
          const isLiving =
            first >= 0 &&
            (age >= first || index === 0) &&
            (age <= last || newest - last <= ENDED_DAYS);
          return isLiving ? (one[age] ?? null) : 0;
        });
        const isKnown = !expected.includes(null) && all.some((one) => (one[age] ?? null) !== null);
        expect(found.get(at(age))).toEqual(isKnown ? expected : undefined);
      }
      db.close();
    }),
    { numRuns: 200 },
  );
});

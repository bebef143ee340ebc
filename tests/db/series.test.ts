import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { progressOf } from '../../db/progress.ts';
import {
  daysOf,
  knownDays,
  type Origin,
  type SeriesKey,
  saveDays,
  seriesOf,
  splitColumns,
  valueOn,
} from '../../db/series.ts';
import { ensureSubject } from '../../db/subjects.ts';

let db: Db;
let key: SeriesKey;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  const { id } = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  key = { subjectId: id, metric: 'github.stars', kind: 'total' };
});

const only = () => seriesOf(db, 'github.stars')[0]?.id ?? 0;
const all = () => daysOf(db, only(), '0000-01-01', '9999-12-31');
const at = (hour: number) => `2022-03-10T${String(hour).padStart(2, '0')}:00:00.000Z`;
const save = (value: number, origin: Origin, hour: number, day: Day = '2022-03-01') =>
  saveDays(db, key, [{ day, value }], { origin, seenAt: at(hour) });

describe('who wins', () => {
  test('a poll over an import over history, whatever comes first', () => {
    expect(save(1, 'history', 9)).toBe(1);
    expect(save(2, 'import', 1)).toBe(1);
    expect(save(1, 'history', 10)).toBe(0);
    expect(save(3, 'poll', 0)).toBe(1);
    expect(save(9, 'import', 11)).toBe(0);
    expect(all()).toEqual([{ day: '2022-03-01', value: 3 }]);
  });

  test('of two polls the later one, even when it tells less', () => {
    save(5, 'poll', 2);
    expect(save(4, 'poll', 3)).toBe(1);
    expect(save(7, 'poll', 1)).toBe(0);
    expect(save(4, 'poll', 4)).toBe(0);
    expect(all()).toEqual([{ day: '2022-03-01', value: 4 }]);
  });

  test('a value that was confirmed later is not overwritten by what was read in between', () => {
    save(4, 'poll', 1);
    expect(save(4, 'poll', 5)).toBe(0);
    expect(save(3, 'poll', 3)).toBe(0);
    expect(all()).toEqual([{ day: '2022-03-01', value: 4 }]);
  });

  test('of two imports the larger one', () => {
    save(5, 'import', 2);
    expect(save(4, 'import', 3)).toBe(0);
    expect(save(6, 'import', 1)).toBe(1);
  });

  const writing = fc.record({
    day: fc.integer({ min: 0, max: 2 }).map((count) => addDays('2022-03-01', count)),
    value: fc.nat(5),
    origin: fc.constantFrom<Origin>('history', 'import', 'poll'),
  });

  test('any order of the same writings ends in the same rows, and so does a repetition', () => {
    const writings = fc
      .array(writing, { maxLength: 12 })
      // Each reading has its own instant: two at the very same one can't be put in order.
      .map((list) => list.map((one, index) => ({ ...one, hour: index })));
    const shuffled = writings.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    const outcome = (
      list: readonly { day: Day; value: number; origin: Origin; hour: number }[],
    ) => {
      db.exec('DELETE FROM series_day');
      for (const { day, value, origin, hour } of list) save(value, origin, hour, day);
      return db.prepare('SELECT day, value, origin FROM series_day ORDER BY day').all();
    };
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const rows = outcome(list);
        expect(outcome(other)).toEqual(rows);
        expect(outcome([...list, ...other])).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });
});

describe('reading', () => {
  test('gaps stay gaps, and a total is carried forward on request', () => {
    save(1, 'poll', 1, '2022-03-01');
    save(4, 'poll', 1, '2022-03-04');
    expect(all().map(({ day }) => day)).toEqual(['2022-03-01', '2022-03-04']);
    expect(valueOn(db, only(), '2022-03-03')).toEqual({ day: '2022-03-01', value: 1 });
    expect(valueOn(db, only(), '2022-02-28')).toBeUndefined();
    expect(knownDays(db, key.subjectId, 'github.stars')).toEqual(
      new Set(['2022-03-01', '2022-03-04']),
    );
    expect(progressOf(db, key.subjectId, 'github.stars')).toEqual({
      firstDay: '2022-03-01',
      lastDay: '2022-03-04',
      lastValue: 4,
    });
    expect(progressOf(db, key.subjectId, 'github.forks')).toBeUndefined();
  });

  test('what is complete stays complete', () => {
    const complete = (completeThrough?: Day) => {
      const seenAt = at(1);
      saveDays(db, key, [], {
        origin: 'poll',
        seenAt,
        ...(completeThrough && { completeThrough }),
      });
      return seriesOf(db, 'github.stars')[0]?.completeThrough;
    };
    expect(complete()).toBeNull();
    expect(complete('2022-03-05')).toBe('2022-03-05');
    expect(complete('2022-03-04')).toBe('2022-03-05');
    expect(complete()).toBe('2022-03-05');
  });

  test('members of a dimension are series of their own', () => {
    const seen = { origin: 'poll', seenAt: at(1) } as const;
    saveDays(db, { ...key, dimension: 'country', member: 'PL' }, [], seen);
    expect(seriesOf(db, 'github.stars')).toEqual([]);
    save(1, 'poll', 1);
    expect(seriesOf(db, 'github.stars')).toHaveLength(1);
  });

  test('numbers beyond 2^32 come back as they are', () => {
    save(10_625_093_481, 'poll', 1);
    expect(all()).toEqual([{ day: '2022-03-01', value: 10_625_093_481 }]);
  });

  test('of a dimension come as columns, whatever their holes', () => {
    const from = '2022-02-27';
    const column = fc.array(fc.option(fc.nat(10 ** 9), { nil: Number.NaN }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(column, { maxLength: 4 }), (columns) => {
        db = openDatabase(IN_MEMORY);
        const { id: subjectId } = ensureSubject(db, 'pypi', 'a', 'a');
        const split = { subjectId, metric: 'pypi.downloads', kind: 'count' } as const;
        const seen = { origin: 'poll', seenAt: at(1) } as const;
        for (const [index, values] of columns.entries()) {
          const days = values.map((value, day) => ({ day: addDays(from, day), value }));
          const known = days.filter(({ value }) => !Number.isNaN(value)).toReversed();
          saveDays(db, { ...split, dimension: 'version', member: `1.${index}` }, known, seen);
        }
        const read = splitColumns(db, subjectId, 'pypi.downloads', 'version', {
          from: addDays(from, 1),
          to: addDays(from, 4),
        });
        const expected = columns.flatMap((values, index) => {
          const first = values.findIndex((value) => !Number.isNaN(value));
          const shown = new Float64Array(values.slice(1, 5));
          return first < 0
            ? []
            : [{ member: `1.${index}`, first: addDays(from, first), values: shown }];
        });
        expect(read).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

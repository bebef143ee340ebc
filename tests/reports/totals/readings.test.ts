import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { judgeReadings } from '../../../reports/totals/readings.ts';
import { growing } from '../community.ts';

const FIRST = '2026-01-01';
const readings = (values: readonly (number | null)[]) =>
  values.flatMap((value, index) => (value === null ? [] : [{ day: addDays(FIRST, index), value }]));

describe('a counter that stands still', () => {
  test('is found, with the days without a change', () => {
    const all = readings([...growing(20, 5), ...new Array(6).fill(95), ...growing(20, 5, 130)]);
    const { stills, telling, points } = judgeReadings(all);
    expect(stills).toEqual([{ from: '2026-01-21', to: '2026-01-26', days: 6, value: 95 }]);
    expect(points).toEqual(all);
    expect(telling).toHaveLength(40);
    expect(telling.at(19)).toEqual({ day: '2026-01-20', value: 95 });
  });

  test('is found where days are missing meanwhile, and where it has not moved again', () => {
    const { stills } = judgeReadings(readings([...growing(30, 5), null, null, 145, 145]));
    expect(stills).toEqual([{ from: '2026-01-31', to: '2026-02-03', days: 4, value: 145 }]);
  });

  test('is nothing unusual for an image that rests every weekend', () => {
    const weeks = Array.from({ length: 12 }, (_, week) =>
      [1, 2, 3, 4, 5, 5, 5].map((n) => 5 * week + n),
    );
    expect(judgeReadings(readings(weeks.flat())).stills).toEqual([]);
  });

  test('is not told from one that is hardly known', () => {
    expect(judgeReadings(readings([...growing(9, 5), 40, 40, 40])).stills).toEqual([]);
    expect(judgeReadings([]).stills).toEqual([]);
  });

  test('is found however long another one was', () => {
    const long = new Array(60).fill(495);
    const all = [...growing(100, 5), ...long, ...growing(20, 5, 800), ...new Array(5).fill(895)];
    expect(judgeReadings(readings(all)).stills.map(({ days }) => days)).toEqual([60, 5]);
  });
});

describe('a counter that falls', () => {
  test('and is soon back has a dip, which is left out', () => {
    const { points, dips } = judgeReadings(readings([100, 110, 3, 4, 120, 130]));
    expect(points.map(({ value }) => value)).toEqual([100, 110, 120, 130]);
    expect(dips).toEqual([{ from: '2026-01-03', until: '2026-01-05', value: 3 }]);
  });

  test.each([
    ['is not back', [100, 110, 3, 4, 5, 6]],
    ['grows back', [100, 110, 90, 95, 100, 105, 110, 115]],
  ])('and %s began anew', (_name, values) => {
    const all = readings(values);
    expect(judgeReadings(all)).toMatchObject({ points: all, dips: [] });
  });
});

test('only readings that were there are kept, in order', () => {
  const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 80 }), (values) => {
      const all = readings(values);
      const { points, telling, stills, dips } = judgeReadings(all);
      expect(all).toEqual(expect.arrayContaining([...points]));
      expect(points).toEqual(expect.arrayContaining([...telling]));
      expect(points.map(({ day }) => day)).toEqual(points.map(({ day }) => day).toSorted());
      if (dips.length === 0) expect(points).toEqual(all);
      if (stills.length === 0) expect(telling).toEqual(points);
    }),
  );
});

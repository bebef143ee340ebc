import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { studentTail, trendOf } from '../../reports/trend.ts';
import { negativeBinomial, poisson, random } from './random.ts';

const steady = (value: number) => new Array<number>(16).fill(value);

describe('trendOf', () => {
  test('is undefined with too little data', () => {
    expect(trendOf([])).toBeUndefined();
    expect(trendOf(steady(5).slice(0, 11))).toBeUndefined();
    expect(trendOf([...steady(5).slice(0, 15), null])).toBeUndefined();
    expect(trendOf([...new Array<null>(5).fill(null), ...steady(5).slice(5)])).toBeUndefined();
  });

  test('does with eight earlier weeks, and says so', () => {
    expect(trendOf([null, null, null, null, ...steady(5).slice(4)])).toEqual({
      direction: 'steady',
      recent: 5,
      earlier: 5,
      earlierWeeks: 8,
    });
  });

  test('nothing at all is steady', () => {
    expect(trendOf(steady(0))?.direction).toBe('steady');
  });

  test('sees a clear rise and a clear fall', () => {
    const rise = [...steady(10).slice(4), 30, 28, 33, 31];
    expect(trendOf(rise)?.direction).toBe('up');
    expect(trendOf(rise.map((value) => 60 - value))?.direction).toBe('down');
  });

  test('one loud week is no trend', () => {
    expect(trendOf([...steady(10).slice(4), 10, 200, 10, 11])?.direction).toBe('steady');
  });

  test('mirrored weeks have the mirrored trend', () => {
    const weeks = fc.array(fc.nat(200), { minLength: 16, maxLength: 16 });
    const mirror = { up: 'down', down: 'up', steady: 'steady' };
    fc.assert(
      fc.property(weeks, (values) => {
        const direction = trendOf(values)?.direction ?? 'steady';
        const top = Math.max(...values) + Math.min(...values);
        // The floor of the variance is the mean, so only data that varies more is symmetric.
        fc.pre(variance(values) > 2 * Math.max(...values));
        expect(trendOf(values.map((value) => top - value))?.direction).toBe(mirror[direction]);
      }),
    );
  });
});

describe('with made-up weeks from a seeded generator', () => {
  const next = random(20261122);
  const share = (draw: () => number[], wanted: (direction?: string) => boolean) => {
    let hits = 0;
    for (let i = 0; i < 3000; i++) if (wanted(trendOf(draw())?.direction)) hits++;
    return hits / 3000;
  };
  const isTrend = (direction?: string) => direction !== 'steady';

  test.each([0.2, 1, 5, 30, 300])('plain noise around %d a week is hardly ever a trend', (mean) => {
    const draw = () => Array.from({ length: 16 }, () => poisson(mean, next));
    expect(share(draw, isTrend)).toBeLessThan(0.02);
  });

  test.each([2, 20, 200])('nor is noise in bursts around %d', (mean) => {
    const draw = () => Array.from({ length: 16 }, () => negativeBinomial(mean, 1.5, next));
    expect(share(draw, isTrend)).toBeLessThan(0.04);
  });

  test.each([10, 50])('a doubling from %d is nearly always seen', (mean) => {
    const draw = () =>
      Array.from({ length: 16 }, (_, week) => poisson(week < 12 ? mean : 2 * mean, next));
    expect(share(draw, (direction) => direction === 'up')).toBeGreaterThan(0.9);
  });

  test('a halving of bursts is still seen more often than not', () => {
    const draw = () =>
      Array.from({ length: 16 }, (_, week) => negativeBinomial(week < 12 ? 80 : 20, 10, next));
    expect(share(draw, (direction) => direction === 'down')).toBeGreaterThan(0.5);
  });
});

describe('studentTail', () => {
  // From the table of critical values in Abramowitz and Stegun, 26.10.
  test.each([
    [1, 12.706, 0.05],
    [2, 4.303, 0.05],
    [9, 3.25, 0.01],
    [10, 3.169, 0.01],
    [14, 2.977, 0.01],
    [14, 2.145, 0.05],
  ])('with %d degrees of freedom, t = %d: %d', (degrees, t, tail) => {
    expect(studentTail(t, degrees)).toBeCloseTo(tail, 3);
  });

  test('falls with t, from one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (degrees, t) => {
          expect(studentTail(0, degrees)).toBeCloseTo(1, 10);
          expect(studentTail(t + 0.5, degrees)).toBeLessThan(studentTail(t, degrees) + 1e-12);
        },
      ),
    );
  });
});

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ageTicks,
  linearTicks,
  logTicks,
  tickLabels,
  timeTicks,
} from '../../../reports/chart/axes.ts';

const DAY = 86_400_000;

describe('linearTicks', () => {
  test('encloses the values and zero in a few even, whole steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(1e10), (low, span) => {
        const ticks = linearTicks(low, low + span);
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(0, low));
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span);
        expect(ticks).toContain(0);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(10);
        expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
      }),
    );
  });

  test('of nothing is zero and one', () => {
    expect(linearTicks(0, 0)).toEqual([0, 1]);
  });
});

test('logTicks encloses the values and starts at one or more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), (low, span) => {
      const ticks = logTicks(low, low + span);
      expect(ticks[0]).toBeLessThanOrEqual(low);
      expect(ticks[0]).toBeGreaterThanOrEqual(1);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span);
    }),
  );
});

test('an axis has one unit', () => {
  expect(tickLabels([0, 200, 400])).toEqual(['0', '200', '400']);
  expect(tickLabels([0, 2500, 5000, 7500])).toEqual(['0', '2,500', '5,000', '7,500']);
  expect(tickLabels([0, 5000, 10_000])).toEqual(['0', '5k', '10k']);
  expect(tickLabels([0, 2_500_000, 5_000_000])).toEqual(['0', '2.5M', '5M']);
  expect(tickLabels([-20, 0])).toEqual(['−20', '0']);
  expect(tickLabels([1, 100, 10_000, 1_000_000])).toEqual(['1', '100', '10k', '1M']);
});

describe('timeTicks', () => {
  test('never crowd, and lie in the range', () => {
    const from = Date.UTC(2016, 0, 3);
    fc.assert(
      fc.property(fc.nat(12_000), fc.constantFrom(1, 7), (days, unit) => {
        const to = from + days * DAY;
        const { values } = timeTicks(from, to, 560, unit);
        expect(values.length).toBeLessThanOrEqual(9);
        expect(values.every((value) => from <= value && value <= to)).toBe(true);
      }),
    );
  });

  test('a few days: each, up to the last', () => {
    const { values } = timeTicks(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 5), 560);
    expect(values).toHaveLength(5);
    expect(values.at(-1)).toBe(Date.UTC(2026, 0, 5));
  });

  test('weeks: on days where a week begins', () => {
    const from = Date.UTC(2026, 7, 31);
    const { values } = timeTicks(from, from + 77 * DAY, 560, 7);
    expect(values.every((value) => (value - from) % (7 * DAY) === 0)).toBe(true);
  });
});

describe('timeTicks of months', () => {
  test('stand on the firsts of months only, however few there are', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(60), (first, months) => {
        const [from, to] = [Date.UTC(2016, first, 1), Date.UTC(2016, first + months, 1)];
        const { values } = timeTicks(from, to, 400, 31);
        expect(values.every((value) => new Date(value).getUTCDate() === 1)).toBe(true);
        if (months <= 3) expect(values).toHaveLength(months + 1);
      }),
    );
  });
});

test('an age is in days, later in years', () => {
  expect(ageTicks(300, 'the first star').title).toBe('Days since the first star');
  expect(ageTicks(1200, 'the first star')).toMatchObject({
    title: 'Years since the first star',
    values: [0, 365.25, 730.5, 1095.75],
  });
});

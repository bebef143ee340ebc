import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ageTicks,
  fittedTicks,
  linearTicks,
  logTicks,
  tickLabels,
} from '../../../reports/chart/axes.ts';

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

test('fittedTicks encloses the values in whole steps, and never less than it must span', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e6), fc.integer({ min: 10, max: 1e6 }), (low, span, least) => {
      const ticks = fittedTicks(low, low + span, least);
      const [first = 0, last = 0] = [ticks[0], ticks.at(-1)];
      expect(first).toBeLessThanOrEqual(low);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeGreaterThanOrEqual(low + span);
      expect(last - first).toBeGreaterThanOrEqual(Math.max(least, span));
      expect(last - first).toBeLessThan(3 * Math.max(least, span));
      expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
      expect(new Set(tickLabels(ticks)).size).toBe(ticks.length);
    }),
  );
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
  expect(tickLabels([0, 250_000, 500_000, 750_000])).toEqual(['0', '250k', '500k', '750k']);
  expect(tickLabels([12_300, 12_350, 12_400])).toEqual(['12,300', '12,350', '12,400']);
  expect(tickLabels([-20, 0, 20], true)).toEqual(['−20', '0', '+20']);
  expect(tickLabels([-20, 0])).toEqual(['−20', '0']);
  expect(tickLabels([1, 100, 10_000, 1_000_000])).toEqual(['1', '100', '10k', '1M']);
});

test('an age is in days, later in years', () => {
  expect(ageTicks(300, 'the first star').title).toBe('Days since the first star');
  expect(ageTicks(1200, 'the first star')).toMatchObject({
    title: 'Years since the first star',
    values: [0, 365.25, 730.5, 1095.75],
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, nextPeriod } from '../../db/days.ts';
import { gainsOf, gapsOf, resetsOf, spreadsOf } from '../../reports/growth.ts';

const MONDAY = '2026-01-05';
const totals = (values: readonly (number | null)[], from: Day = MONDAY) =>
  values.flatMap((value, index) => (value === null ? [] : [{ day: addDays(from, index), value }]));
const days = (count: number, each: number) =>
  Array.from({ length: count }, (_, i) => 100 + i * each);

describe('gainsOf', () => {
  test('a week counts from the Sunday before to its own Sunday', () => {
    const points = totals(days(22, 2), addDays(MONDAY, -1));
    const range = { from: MONDAY, to: addDays(MONDAY, 20), finished: '2026-12-31' };
    expect(gainsOf(points, 'weekly', range)).toEqual([
      { start: '2026-01-05', value: 14, isProvisional: false },
      { start: '2026-01-12', value: 14, isProvisional: false },
      { start: '2026-01-19', value: 14, isProvisional: false },
    ]);
  });

  test('the first week has no total before it', () => {
    const range = { from: MONDAY, to: addDays(MONDAY, 6), finished: '2026-12-31' };
    expect(gainsOf(totals(days(7, 2)), 'weekly', range)[0]?.value).toBeNull();
  });

  test('a hole never looks like one day’s leap', () => {
    const points = totals([100, 101, null, null, 190, 191]);
    const range = { from: MONDAY, to: addDays(MONDAY, 5), finished: '2026-12-31' };
    expect(gainsOf(points, 'daily', range).map(({ value }) => value)).toEqual([
      null,
      1,
      null,
      null,
      null,
      1,
    ]);
    expect(gapsOf(points)).toEqual([
      { after: '2026-01-06', until: '2026-01-09', days: 3, gain: 89 },
    ]);
  });

  test('a hole inside a week does not matter, one at its edge does', () => {
    const inside = totals([1, 2, 3, null, null, 6, 7, 8], addDays(MONDAY, -1));
    const atEdge = totals([1, 2, 3, 4, 5, 6, 7, null, 9], addDays(MONDAY, -1));
    const range = { from: MONDAY, to: addDays(MONDAY, 6), finished: '2026-12-31' };
    expect(gainsOf(inside, 'weekly', range)[0]?.value).toBe(7);
    expect(gainsOf(atEdge, 'weekly', range)[0]?.value).toBeNull();
  });

  test('what is going on has its gain so far, and is marked', () => {
    const points = totals(days(4, 3), addDays(MONDAY, -1));
    const range = { from: MONDAY, to: addDays(MONDAY, 2), finished: addDays(MONDAY, 1) };
    expect(gainsOf(points, 'weekly', range)).toEqual([
      { start: MONDAY, value: 9, isProvisional: true },
    ]);
  });

  test('stars that people take back count as they are', () => {
    const range = { from: addDays(MONDAY, 1), to: addDays(MONDAY, 1), finished: '2026-12-31' };
    expect(gainsOf(totals([100, 97]), 'daily', range)[0]?.value).toBe(-3);
  });

  test('a count that begins anew is no loss', () => {
    const points = totals([100, 4, 6]);
    expect(resetsOf(points)).toEqual([{ day: '2026-01-06', from: 100, to: 4 }]);
    const range = { from: addDays(MONDAY, 1), to: addDays(MONDAY, 2), finished: '2026-12-31' };
    expect(gainsOf(points, 'daily', range).map(({ value }) => value)).toEqual([null, 2]);
  });

  test('known gains of whole periods add up to the difference of the totals', () => {
    const steps = fc.array(fc.integer({ min: -2, max: 9 }), { minLength: 15, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.constantFrom('daily', 'weekly', 'monthly'), (all, granularity) => {
        const points = totals(
          all.map((_, index) => 10_000 + all.slice(0, index + 1).reduce((a, b) => a + b)),
        );
        const range = { from: MONDAY, to: addDays(MONDAY, all.length - 1), finished: '2027-12-31' };
        const gains = gainsOf(points, granularity, range).filter((gain) => gain.value !== null);
        const [first] = gains;
        const last = gains.at(-1);
        if (!first || !last) return;
        const known = new Map(points.map((point) => [point.day, point.value]));
        const before = known.get(addDays(first.start, -1)) ?? Number.NaN;
        const sum = gains.reduce((total, gain) => total + (gain.value ?? 0), before);
        expect(sum).toBe(known.get(addDays(nextPeriod(last.start, granularity), -1)));
      }),
    );
  });
});

describe('spreadsOf', () => {
  const range = { from: MONDAY, to: addDays(MONDAY, 9), finished: '2026-12-31' };
  const spread = (values: readonly (number | null)[], nature?: 'counter') => {
    const points = totals(values, addDays(MONDAY, -1));
    const asked = { ...range, ...(nature && { nature }) };
    return spreadsOf(points, gainsOf(points, 'daily', asked), 'daily', nature);
  };

  test('a hole is told as a whole', () => {
    expect(spread([100, 101, null, null, 190, 191])).toEqual([
      { start: '2026-01-06', end: '2026-01-09', periods: 3, value: 89 },
    ]);
  });

  test('nothing is told without a total at both ends, nor across a new count', () => {
    expect(spread([null, null, 190, 191, null])).toEqual([]);
    expect(spread([100, 101, null, 4, 5])).toEqual([]);
    expect(spread([100, 101, null, 99, 100], 'counter')).toEqual([]);
  });

  test('gains and spreads together add up to the difference of the totals', () => {
    const value = fc.option(fc.integer({ min: 0, max: 9 }), { freq: 3 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 12, maxLength: 60 }), (steps) => {
        let total = 1000;
        const values = [0, ...steps, 0].map((step) => {
          total += step ?? 0;
          return step === null ? null : total;
        });
        const points = totals(values, addDays(MONDAY, -1));
        const to = addDays(MONDAY, steps.length);
        const gains = gainsOf(points, 'daily', { ...range, to });
        const spreads = spreadsOf(points, gains, 'daily');
        const sum = [...gains, ...spreads].reduce((all, { value }) => all + (value ?? 0), 0);
        expect(sum).toBe(total - 1000);
      }),
    );
  });
});

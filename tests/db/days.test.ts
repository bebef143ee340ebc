import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayMs,
  dayOf,
  daysBetween,
  type Granularity,
  isDay,
  monthsBefore,
  nextPeriod,
  periodStart,
} from '../../db/days.ts';

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2399-12-31'), noInvalidDate: true })
  .map((date) => dayOf(date.getTime()));

describe('days', () => {
  test('a day is a real one, written in full', () => {
    for (const right of ['2024-02-29', '2021-12-31']) expect(isDay(right), right).toBe(true);
    for (const wrong of ['2023-02-29', '2021-13-01', '2021-1-1', '2021-01-01T00:00', '', 'today']) {
      expect(isDay(wrong), wrong).toBe(false);
    }
  });

  test('adding and counting days are each other’s reverse', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, count) => {
        const to = addDays(from, count);
        expect(isDay(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(count);
        expect(to < from).toBe(count < 0);
      }),
    );
  });

  test('an instant belongs to the UTC day that it lies in', () => {
    fc.assert(
      fc.property(day, fc.nat(86_399_999), (one, ms) => {
        expect(dayOf(dayMs(one) + ms)).toBe(one);
      }),
    );
  });
});

describe('periods', () => {
  test('a week begins on Monday, a month on its first', () => {
    expect(periodStart('2021-11-07', 'weekly')).toBe('2021-11-01');
    expect(periodStart('2021-11-08', 'weekly')).toBe('2021-11-08');
    expect(periodStart('2021-01-01', 'weekly')).toBe('2020-12-28');
    expect(periodStart('2024-02-29', 'monthly')).toBe('2024-02-01');
    expect(nextPeriod('2024-02-01', 'monthly')).toBe('2024-03-01');
    expect(nextPeriod('2023-12-01', 'monthly')).toBe('2024-01-01');
  });

  test('so many months before, as many months later it is the same one', () => {
    fc.assert(
      fc.property(day, fc.nat(1200), (one, months) => {
        const start = periodStart(one, 'monthly');
        const before = monthsBefore(start, months);
        let month = before;
        for (let at = 0; at < months; at++) month = nextPeriod(month, 'monthly');
        expect(month).toBe(start);
      }),
    );
  });

  test('every day lies in exactly one period', () => {
    const granularity = fc.constantFrom<Granularity>('daily', 'weekly', 'monthly');
    fc.assert(
      fc.property(day, granularity, (one, size) => {
        const start = periodStart(one, size);
        const next = nextPeriod(start, size);
        expect(start <= one && one < next).toBe(true);
        expect(periodStart(next, size)).toBe(next);
        expect(periodStart(addDays(next, -1), size)).toBe(start);
      }),
    );
  });
});

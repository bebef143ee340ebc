import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { type CounterReading, dailyGrowth } from '../../src/alerts/rule/readings.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T01:00:00Z');

/** A counter that grows by 10 an hour, read every six hours from one o'clock. */
const steady = (days: number): CounterReading[] =>
  Array.from({ length: 4 * days }, (_, index) => ({
    at: START + 6 * index * HOUR,
    total: 5000 + 60 * index,
  }));

const from = (day: string, count: number, value = 240) =>
  Array.from({ length: count }, (_, index) => ({ day: addDays(day, index), value }));

describe('daily values of a counter', () => {
  test('are the growth between midnights, of whole days only', () => {
    expect(dailyGrowth(steady(5))).toEqual(from('2026-03-02', 3));
    expect(dailyGrowth([])).toEqual([]);
    expect(dailyGrowth(steady(1))).toEqual([]);
  });

  test('count a reading at midnight for both of its days', () => {
    const daily = [1, 2, 3].map((day) => [
      { at: Date.parse(`2026-03-0${day}T00:00:00Z`), total: day * 100 },
      { at: Date.parse(`2026-03-0${day}T12:00:00Z`), total: day * 100 + 30 },
    ]);
    expect(dailyGrowth(daily.flat())).toEqual([{ day: '2026-03-02', value: 100 }]);
  });

  test('a counter that went back has no value on the days that this touches', () => {
    const reset = steady(7).map((reading, index) =>
      index >= 14 ? { ...reading, total: reading.total - 5800 } : reading,
    );
    expect(dailyGrowth(reset).map(({ day }) => day)).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-05',
      '2026-03-06',
    ]);
    const glitch = steady(7).map((reading, index) =>
      index === 14 ? { ...reading, total: Math.round(reading.total * 0.4) } : reading,
    );
    expect(dailyGrowth(glitch)).toEqual(dailyGrowth(reset));
  });

  test('a counter that stood still has an empty day and a double one', () => {
    const frozen = steady(7).map((reading, index) => {
      const stuck = index >= 11 && index <= 16 ? 5000 + 60 * 11 : reading.total;
      return { ...reading, total: stuck };
    });
    const values = dailyGrowth(frozen).map(({ value }) => value);
    expect(values[2]).toBeLessThan(60);
    expect(values[3]).toBeGreaterThan(400);
    expect(values.reduce((sum, value) => sum + value)).toBe(5 * 240);
  });

  test('days without readings have no value, and neither have those beside them', () => {
    const gap = steady(10).filter(({ at }) => at < START + 74 * HOUR || at > START + 142 * HOUR);
    expect(dailyGrowth(gap).map(({ day }) => day)).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-08',
      '2026-03-09',
    ]);
  });

  test('neither the order nor the number of deliveries matters', () => {
    const readings = steady(6);
    const deliveries = fc.shuffledSubarray([...readings, ...readings], {
      minLength: 2 * readings.length,
    });
    fc.assert(
      fc.property(deliveries, (delivered) => {
        expect(dailyGrowth(delivered)).toEqual(dailyGrowth(readings));
      }),
      { numRuns: 30 },
    );
  });

  test('are never negative, and never more than the counter grew', () => {
    const anyReadings = fc.array(
      fc.record({ at: fc.nat(200).map((hour) => START + hour * HOUR), total: fc.nat(10_000) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const most = Math.max(0, ...readings.map(({ total }) => total));
        for (const { value } of dailyGrowth(readings)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: 100 },
    );
  });
});

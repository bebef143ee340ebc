import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CounterReading, createCounter } from '../../bench/alerts-counter.ts';
import { addDays, dayOf } from '../../db/days.ts';
import type { DayValue } from '../../db/series.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T05:00:00Z');

/** A counter that grows by 10 an hour, read every six hours from five o'clock. */
const steady = (days: number): CounterReading[] =>
  Array.from({ length: 4 * days }, (_, index) => ({
    at: START + 6 * index * HOUR,
    total: 5000 + 60 * index,
  }));

const from = (day: string, count: number, value = 240) =>
  Array.from({ length: count }, (_, index) => ({ day: addDays(day, index), value }));

function daysOf(readings: readonly CounterReading[], metric = 'docker.pulls'): DayValue[] {
  const counter = createCounter(metric);
  for (const reading of readings) counter.read(reading);
  return counter.days();
}

/** The steady counter, with the readings at some places changed. */
const changed = (change: (total: number, index: number) => number) =>
  steady(7).map(({ at, total }, index) => ({ at, total: change(total, index) }));

const without = (...days: string[]) =>
  from('2026-03-02', 5).filter(({ day }) => !days.includes(day));

describe('the days of a counter', () => {
  test('are what its last reading grew by, of days that are over', () => {
    expect(daysOf(steady(5))).toEqual(from('2026-03-02', 3));
    expect(daysOf([])).toEqual([]);
    expect(daysOf(steady(1))).toEqual([]);
  });

  test('are not known where it began anew', () => {
    const reset = changed((total, index) => (index >= 14 ? total - 5800 : total));
    expect(daysOf(reset)).toEqual(without('2026-03-04'));
    expect(daysOf(reset, 'github.stars')).toEqual(without('2026-03-04'));
  });

  test('do not know of a wrong reading within the day', () => {
    const wrong = changed((total, index) => (index === 14 ? total * 0.4 : total));
    expect(daysOf(wrong)).toEqual(daysOf(steady(7)));
  });

  test('are not known on both sides of a wrong reading that a day ends with', () => {
    const wrong = changed((total, index) => (index === 15 ? total * 0.4 : total));
    expect(daysOf(wrong)).toEqual(without('2026-03-04', '2026-03-05'));
    expect(daysOf(wrong, 'github.stars')).toEqual(without('2026-03-04', '2026-03-05'));
  });

  test('are zero where stars were lost, for those may be', () => {
    const lost = changed((total, index) => (index >= 14 ? total - 500 : total));
    const days = daysOf(lost, 'github.stars');
    expect(days.map(({ value }) => value)).toEqual([240, 240, 0, 240, 240]);
    expect(daysOf(lost)).toEqual(without('2026-03-04', '2026-03-06'));
  });

  test('are empty and double where it stood still', () => {
    const stuck = 5000 + 60 * 11;
    const frozen = changed((total, index) => (index >= 11 && index <= 16 ? stuck : total));
    expect(daysOf(frozen).map(({ value }) => value)).toEqual([240, 240, 0, 480, 240]);
  });

  test('are not known without readings, nor right after', () => {
    const gap = steady(10).filter(({ at }) => !/-0[456]$/.test(dayOf(at)));
    expect(daysOf(gap).map(({ day }) => day)).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-08',
      '2026-03-09',
    ]);
  });

  test('do not depend on the order nor on the number of deliveries', () => {
    const readings = steady(4);
    const deliveries = fc.shuffledSubarray([...readings, ...readings], {
      minLength: 2 * readings.length,
    });
    fc.assert(
      fc.property(deliveries, (delivered) => {
        expect(daysOf(delivered)).toEqual(daysOf(readings));
      }),
      { numRuns: 20 },
    );
  });

  test('are never negative, and never more than the counter showed', () => {
    const anyReadings = fc.array(
      fc.record({ at: fc.nat(200).map((hour) => START + hour * HOUR), total: fc.nat(10_000) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const most = Math.max(0, ...readings.map(({ total }) => total));
        for (const { value } of daysOf(readings)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: 30 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Axis } from '../../../reports/chart/axes.ts';
import { timeTicks } from '../../../reports/chart/calendar.ts';
import { textWidth } from '../../../reports/chart/text.ts';

const DAY = 86_400_000;

const labelsOf = (axis: Axis) => {
  const table = JSON.parse(axis.labelExpr.replace('[+datum.value]', ''));
  return axis.values.map((value): string[] => table[value]);
};

describe('timeTicks', () => {
  test('lie in the range, with labels that keep apart', () => {
    const from = Date.UTC(2016, 0, 3);
    fc.assert(
      fc.property(
        fc.nat(12_000),
        fc.constantFrom(1, 7),
        fc.integer({ min: 200, max: 560 }),
        (days, unit, width) => {
          const to = from + days * DAY;
          const axis = timeTicks(from, to, width, unit);
          const names = labelsOf(axis).map(([name = '']) => textWidth(name, 16));
          expect(names.length).toBeGreaterThan(0);
          expect(axis.values.every((value) => from <= value && value <= to)).toBe(true);
          for (const [at, next] of axis.values.slice(1).entries()) {
            const room = ((next - (axis.values[at] ?? 0)) / (to - from)) * width;
            expect(room).toBeGreaterThan(((names[at] ?? 0) + (names[at + 1] ?? 0)) / 2 + 10);
          }
        },
      ),
    );
  });

  test('a few days: each, up to the last', () => {
    const { values } = timeTicks(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 5), 560);
    expect(values).toHaveLength(5);
    expect(values.at(-1)).toBe(Date.UTC(2026, 0, 5));
  });

  test('weeks: on days where a week begins, also where they bear the names of months', () => {
    const from = Date.UTC(2026, 7, 31);
    for (const weeks of [11, 26, 53, 150]) {
      const { values } = timeTicks(from, from + 7 * weeks * DAY, 330, 7);
      expect(values.length).toBeGreaterThan(3);
      expect(values.every((value) => (value - from) % (7 * DAY) === 0)).toBe(true);
    }
  });

  test('half a year of weeks beside long names: every month, and its year once', () => {
    const to = Date.UTC(2026, 10, 23);
    expect(labelsOf(timeTicks(to - 25 * 7 * DAY, to, 330, 7))).toEqual([
      ['Jun', '2026'],
      ['Jul'],
      ['Aug'],
      ['Sep'],
      ['Oct'],
      ['Nov'],
    ]);
  });

  test('months: on the first of each, and fewer of them only where there is no room', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(60), (first, months) => {
        const [from, to] = [Date.UTC(2016, first, 1), Date.UTC(2016, first + months, 1)];
        const { values } = timeTicks(from, to, 400, 31);
        expect(values.every((value) => new Date(value).getUTCDate() === 1)).toBe(true);
        if (months <= 7) expect(values).toHaveLength(months + 1);
      }),
    );
  });

  test('a year of months is thinned out where there is less room, and tells the new year', () => {
    const [from, to] = [Date.UTC(2025, 10, 1), Date.UTC(2026, 10, 1)];
    const labels = (width: number) => labelsOf(timeTicks(from, to, width, 31));
    expect(labels(570)).toHaveLength(13);
    expect(labels(330).map(([name]) => name)).toEqual([
      'Nov',
      'Jan',
      'Mar',
      'May',
      'Jul',
      'Sep',
      'Nov',
    ]);
    expect(labels(330)[1]).toEqual(['Jan', '2026']);
  });

  test('days tell the year only where a new one begins', () => {
    const at = (month: number, day: number) => Date.UTC(2026, month, day);
    expect(labelsOf(timeTicks(at(11, 30), at(12, 1), 400))).toEqual([
      ['30 Dec', '2026'],
      ['31 Dec'],
      ['1 Jan', '2027'],
    ]);
    expect(labelsOf(timeTicks(at(5, 1), at(5, 2), 400))).toEqual([['1 Jun'], ['2 Jun']]);
  });
});

import { describe, expect, test } from 'vitest';
import { addDays, dayMs, daysBetween } from '../../../db/days.ts';
import { type SampleSeries, sampleSeries } from '../../../playground/sample/series.ts';

const LAST_DAY = '2026-11-21';
const series = sampleSeries(LAST_DAY);

function valuesOf(metric: string, name: string): SampleSeries['values'] {
  const found = series.find((s) => s.metric === metric && s.name === name);
  if (!found) throw new Error(`no ${metric} of ${name}`);
  return found.values;
}

function sum(values: SampleSeries['values'], from: string, to: string): number {
  return values
    .filter(({ day }) => day >= from && day <= to)
    .reduce((total, { value }) => total + value, 0);
}

describe('sampleSeries', () => {
  test('is the same for the same day', () => {
    expect(sampleSeries(LAST_DAY)).toEqual(series);
  });

  test('is three repositories, four images, three packages and one they depend on, all called sample', () => {
    const named = series.map(({ source, kind }) => `${source} ${kind}`);
    expect(named.filter((name) => name === 'github total')).toHaveLength(3);
    expect(named.filter((name) => name === 'docker total')).toHaveLength(4);
    expect(named.filter((name) => name === 'pypi count')).toHaveLength(4);
    for (const { name } of series) expect(name).toMatch(/^sample[/-]/);
    expect(new Set(series.map(({ metric, name }) => `${metric} ${name}`)).size).toBe(11);
  });

  test.each(series.map((s) => [s.metric, s.name, s.values] as const))(
    '%s of %s: long enough, of whole numbers, each day once, in order',
    (_metric, name, values) => {
      const days = values.map(({ day }) => day);
      expect(days).toEqual([...new Set(days)].sort());
      expect(days.at(-1)).toBe(LAST_DAY);
      // It has only just taken the place of another.
      const least = name === 'sample/beacon' ? 90 : 730;
      expect(daysBetween(days[0] ?? LAST_DAY, LAST_DAY)).toBeGreaterThan(least);
      expect(values.every(({ value }) => Number.isInteger(value) && value >= 0)).toBe(true);
    },
  );

  test('stars have one launch with a spike, and one gap', () => {
    const tidewater = valuesOf('github.stars', 'sample/tidewater');
    const gains = tidewater.slice(1).map(({ value }, i) => value - (tidewater[i]?.value ?? 0));
    expect(Math.max(...gains)).toBeGreaterThan(100);
    expect(gains.filter((gain) => gain > 60).length).toBeLessThan(6);
    const driftnet = valuesOf('github.stars', 'sample/driftnet').map(({ day }) => day);
    const gaps = driftnet.slice(1).map((day, i) => daysBetween(driftnet[i] ?? day, day));
    expect(gaps.filter((gap) => gap > 1)).toEqual([10]);
  });

  test('a counter of pulls freezes and starts again', () => {
    const pulls = valuesOf('docker.pulls', 'sample/driftnet');
    const steps = pulls.slice(1).map(({ value }, i) => value - (pulls[i]?.value ?? 0));
    expect(steps.filter((step) => step < 0)).toHaveLength(1);
    expect(steps.filter((step) => step === 0).length).toBeGreaterThanOrEqual(6);
    const other = valuesOf('docker.pulls', 'sample/tidewater');
    expect(other.every(({ value }, i) => value >= (other[i - 1]?.value ?? 0))).toBe(true);
  });

  test('packages rest at weekends and grow, and one falls sharply', () => {
    const weeks = (name: string, weeksAgo: number): number =>
      sum(
        valuesOf('pypi.downloads', name),
        addDays(LAST_DAY, -7 * weeksAgo - 6),
        addDays(LAST_DAY, -7 * weeksAgo),
      );
    for (const name of ['sample-tidewater', 'sample-driftnet']) {
      expect(weeks(name, 0) / weeks(name, 2)).toBeGreaterThan(0.85);
      expect(weeks(name, 0) / weeks(name, 52)).toBeGreaterThan(1.2);
    }
    expect(weeks('sample-shoal', 0) / weeks('sample-shoal', 2)).toBeLessThan(0.4);
    const tidewater = valuesOf('pypi.downloads', 'sample-tidewater');
    const on = (weekday: number): number =>
      tidewater
        .filter(({ day }) => new Date(dayMs(day)).getUTCDay() === weekday)
        .reduce((total, { value }) => total + value, 0);
    expect(on(0)).toBeLessThan(on(3) / 2);
  });

  test('what one image loses, its successor has', () => {
    const weekOf = (name: string, back: number) => {
      const values = valuesOf('docker.pulls', name);
      const [before, last] = [values.at(-8 - back), values.at(-1 - back)];
      return (last?.value ?? 0) - (before?.value ?? 0);
    };
    const old = weekOf('sample/lantern', 0);
    expect(old).toBeLessThan(0.5 * weekOf('sample/lantern', 110));
    const both = old + weekOf('sample/beacon', 0);
    expect(both / weekOf('sample/lantern', 110)).toBeCloseTo(1, 0);
  });
});

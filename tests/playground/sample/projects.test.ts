import { compare } from '@renovatebot/pep440';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../../db/days.ts';
import { sampleProjects } from '../../../playground/sample/projects.ts';
import type { SampleSeries } from '../../../playground/sample/series.ts';
import { apportion } from '../../../playground/sample/splits.ts';

const LAST_DAY = '2026-11-21';
const projects = sampleProjects(LAST_DAY);
const downloads = projects.series.filter(({ metric }) => metric === 'pypi.downloads');

function totalsOf(name: string): Map<Day, number> {
  const total = downloads.find((one) => one.name === name && one.dimension === undefined);
  return new Map(total?.values.map(({ day, value }) => [day, value]));
}

function splitsOf(name: string, dimension: string): SampleSeries[] {
  return downloads.filter((one) => one.name === name && one.dimension === dimension);
}

function share(name: string, version: string, daysAgo: number): number {
  const day = addDays(LAST_DAY, -daysAgo);
  const split = splitsOf(name, 'version').find(({ member }) => member === version);
  const value = split?.values.find((one) => one.day === day)?.value ?? 0;
  return value / (totalsOf(name).get(day) ?? Number.NaN);
}

describe('sampleProjects', () => {
  test('are the same for the same day', () => {
    expect(sampleProjects(LAST_DAY)).toEqual(projects);
  });

  test('the members of each dimension add up to the total of every day that a provider told', () => {
    const coarse = ['python', 'system'];
    const fine = [...coarse, 'ci', 'cloud', 'country', 'distro', 'installer', 'version'];
    expect(projects.told.flatMap(({ days }) => days).length).toBeGreaterThan(800);
    for (const { name, provider, days } of projects.told) {
      const totals = totalsOf(name);
      for (const dimension of fine) {
        const splits = splitsOf(name, dimension);
        const sums = new Map<Day, number>();
        for (const { day, value } of splits.flatMap(({ values }) => values)) {
          sums.set(day, (sums.get(day) ?? 0) + value);
        }
        const isTold = provider === 'bigquery' || coarse.includes(dimension);
        const wanted = days.map((day) => (isTold ? totals.get(day) : undefined));
        expect(days.map((day) => sums.get(day))).toEqual(wanted);
      }
    }
  });

  test('a provider told each day of a package once, in order, and none is without a total', () => {
    for (const [name, told] of Map.groupBy(projects.told, (stretch) => stretch.name)) {
      const days = told.flatMap((stretch) => stretch.days);
      expect(days).toEqual([...new Set(days)].sort());
      expect(days.at(-1)).toBe(LAST_DAY);
      expect(days.every((day) => totalsOf(name).has(day))).toBe(true);
    }
  });

  test('what a query would not answer has no row', () => {
    const values = projects.series.filter(({ dimension }) => dimension).flatMap((s) => s.values);
    expect(values.every(({ value }) => Number.isInteger(value) && value > 0)).toBe(true);
  });

  test('a release takes over within weeks, and an old pinned one lingers', () => {
    expect(share('sample-tidewater', '2.0.0', 27)).toBe(0);
    expect(share('sample-tidewater', '2.0.0', 0)).toBeGreaterThan(0.4);
    expect(share('sample-tidewater', '1.10.1', 27)).toBeGreaterThan(0.6);
    expect(share('sample-tidewater', '1.10.1', 0)).toBeLessThan(0.5);
    expect(share('sample-tidewater', '1.4.2', 0)).toBeGreaterThan(0.04);
    expect(share('sample-tidewater', '2.0.0rc1', 30)).toBeLessThan(0.02);
  });

  test('some load what the advisory warns of, fewer than before it was mended', () => {
    const [advisory, ...others] = projects.advisories;
    expect(others).toEqual([]);
    expect(advisory).toMatchObject({ id: 'SAMPLE-2026-1', name: 'sample-tidewater' });
    const vulnerable = splitsOf('sample-tidewater', 'version')
      .map(({ member = '' }) => member)
      .filter((version) => compare(version, advisory?.fixed ?? '') < 0);
    const sum = (daysAgo: number) =>
      vulnerable.reduce((all, version) => all + share('sample-tidewater', version, daysAgo), 0);
    expect(sum(100)).toBeCloseTo(1);
    expect(sum(0)).toBeLessThan(0.35);
    expect(sum(0)).toBeGreaterThan(0.05);
  });

  test('mirrors are counted apart, on every day that a provider told', () => {
    const mirrors = projects.series.filter(({ metric }) => metric === 'pypi.mirror_downloads');
    for (const { name, values } of mirrors) {
      const told = projects.told.filter((one) => one.name === name).flatMap(({ days }) => days);
      expect(values.map(({ day }) => day)).toEqual(told);
    }
    expect(mirrors).toHaveLength(4);
  });
});

test('apportion gives whole parts that add up', () => {
  const weights = fc.array(fc.double({ min: 1e-6, max: 10, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(fc.nat(1e9), weights, (total, each) => {
      const parts = apportion(total, each);
      expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
      expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
    }),
  );
});

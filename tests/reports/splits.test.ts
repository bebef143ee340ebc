import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { countsIn, incompleteOf, isWhole, spansOf } from '../../reports/counts.ts';
import { MOST_MEMBERS, partsOf } from '../../reports/parts.ts';
import { addSplits, groupMembers, readSplit, type SplitDays } from '../../reports/splits.ts';
import { community, TODAY } from './community.ts';
import { packageIn } from './package.ts';

const FROM = addDays(TODAY, -40);
const LENGTH = 40;
const WHOLE = { begin: 0, end: LENGTH - 1 };

/** Up to twenty members over forty days, with days that are not told by member. */
const split = fc
  .record({
    members: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...'abcdefghijklmnopqr'.split(''), 'other', 'unknown'),
        values: fc.array(fc.nat(1000), { minLength: LENGTH, maxLength: LENGTH }),
      }),
      { selector: ({ name }) => name, maxLength: 20 },
    ),
    holes: fc.array(fc.nat(LENGTH - 1), { maxLength: 10 }),
  })
  .map(({ members, holes }): SplitDays => {
    const totals = new Float64Array(LENGTH);
    const named = new Map<string, Float64Array>();
    for (const { name, values } of members) {
      const kept = Float64Array.from(values, (value, at) => (holes.includes(at) ? 0 : value));
      for (let at = 0; at < LENGTH; at++)
        totals[at] = (totals[at] as number) + (kept[at] as number);
      named.set(name, kept);
    }
    for (const at of holes) totals[at] = Number.NaN;
    return { from: FROM, totals, members: named, firstSeen: new Map() };
  });

const added = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

describe('the parts of a split', () => {
  const weekly = {
    spans: spansOf(FROM, FROM, TODAY, 'weekly'),
    weekSpans: [],
    finished: TODAY,
    asked: { begin: 0, end: LENGTH },
  };

  test('add up to the whole in every period, whatever is in "other"', () => {
    fc.assert(
      fc.property(split, (days) => {
        const { parts, periods, others } = partsOf(days, weekly);
        for (const [at, { sum }] of periods.entries()) {
          expect(added(parts.map(({ sums }) => sums[at] ?? 0))).toBe(sum);
          if (sum === 0) continue;
          const shares = parts.map(({ sums }) => (100 * (sums[at] ?? 0)) / sum);
          expect(added(shares)).toBeCloseTo(100, 8);
        }
        const members = parts.filter(({ kind }) => kind === 'member');
        expect(members.length).toBeLessThanOrEqual(MOST_MEMBERS);
        expect(members.length + others).toBe(
          [...days.members].filter(
            ([name, values]) => !['other', 'unknown'].includes(name) && added(values) > 0,
          ).length,
        );
      }),
    );
  });

  test('are the largest over the whole range, the largest first', () => {
    fc.assert(
      fc.property(split, (days) => {
        const { parts } = partsOf(days, weekly);
        const totals = parts.filter(({ kind }) => kind === 'member').map(({ total }) => total);
        expect(totals).toEqual(totals.toSorted((a, b) => b - a));
        const left = [...days.members].filter(
          ([name]) => !parts.some((part) => part.name === name) && name !== 'other',
        );
        for (const [, values] of left)
          expect(added(values)).toBeLessThanOrEqual(totals.at(-1) ?? 0);
      }),
    );
  });

  test('grouping and adding lose nothing', () => {
    fc.assert(
      fc.property(split, split, (one, two) => {
        const groups = groupMembers(one.members, (name) => (name < 'h' ? 'low' : 'high'));
        expect(added([...groups.values()].flatMap((values) => [...values]))).toBe(
          added([...one.members.values()].flatMap((values) => [...values])),
        );
        const sum = addSplits([one, two], [WHOLE, WHOLE]);
        for (const [at, total] of sum.totals.entries()) {
          expect(total).toBe((one.totals[at] as number) + (two.totals[at] as number));
          const parts = added([...sum.members.values()].map((values) => values[at] as number));
          if (!Number.isNaN(total)) expect(parts).toBe(total);
        }
      }),
    );
  });
});

describe('a split that is read', () => {
  const range = { from: FROM, to: addDays(FROM, 3) };

  test('gives to "unknown" what the members lack to the whole', () => {
    const { db } = community();
    const id = packageIn(db, {
      from: FROM,
      downloads: [10, 10, 5],
      splits: { python: { '3.12': [7, 10, 6], unknown: [1, 0, 0] } },
    });
    const whole = Float64Array.of(10, 10, 5, Number.NaN);
    const { totals, members } = readSplit(db, id, 'pypi.downloads', 'python', { ...range, whole });
    expect([...totals]).toEqual([10, 10, 6, Number.NaN]);
    expect([...(members.get('unknown') ?? [])]).toEqual([3, 0, 0, 0]);
  });

  test('is not told on a day without members, but known to be nothing on a day of none', () => {
    const { db } = community();
    const id = packageIn(db, {
      from: FROM,
      downloads: [4, 4, 0],
      splits: { python: { '3.12': [4, null, null] } },
    });
    const whole = Float64Array.of(4, 4, 0, Number.NaN);
    const { totals } = readSplit(db, id, 'pypi.downloads', 'python', { ...range, whole });
    expect([...totals]).toEqual([4, Number.NaN, 0, Number.NaN]);
  });

  test('of one of two packages that has not begun or is over does not hold up the other', () => {
    const days = (totals: number[]): SplitDays => ({
      from: FROM,
      totals: Float64Array.from(totals),
      members: new Map([['a', Float64Array.from(totals, (value) => value || 0)]]),
      firstSeen: new Map(),
    });
    const sum = addSplits(
      [days([1, 2, Number.NaN, 4]), days([Number.NaN, 20, 30, 40])],
      [
        { begin: 0, end: 3 },
        { begin: 1, end: 3 },
      ],
    );
    expect([...sum.totals]).toEqual([1, 22, Number.NaN, 44]);
    const over = addSplits(
      [days([1, 2, 3, Number.NaN]), days([10, 20, 30, 40])],
      [
        { begin: 0, end: 2 },
        { begin: 0, end: 3 },
      ],
    );
    expect([...over.totals]).toEqual([11, 22, 33, 40]);
  });
});

describe('the sums of periods', () => {
  const days = { from: '2026-11-02', values: Float64Array.from({ length: 20 }, () => 1) };
  const spans = spansOf(days.from, '2026-11-04', '2026-11-21', 'weekly');

  test('begin with the whole first period, and what goes on is provisional', () => {
    expect(countsIn(days, spans, '2026-11-20')).toEqual([
      { start: '2026-11-02', sum: 7, days: 7, of: 7, isProvisional: false },
      { start: '2026-11-09', sum: 7, days: 7, of: 7, isProvisional: false },
      { start: '2026-11-16', sum: 6, days: 6, of: 7, isProvisional: true },
    ]);
  });

  test('a period that lacks a day is not whole, and is told as incomplete', () => {
    const values = days.values.slice();
    values[9] = Number.NaN;
    const periods = countsIn({ ...days, values }, spans, '2026-11-20');
    expect(periods.map(isWhole)).toEqual([true, false, false]);
    expect(incompleteOf(periods).map(({ start, days }) => [start, days])).toEqual([
      ['2026-11-09', 6],
    ]);
    expect(
      incompleteOf(countsIn({ ...days, values: values.fill(Number.NaN) }, spans, TODAY)),
    ).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, usualOf } from '../../reports/judge.ts';
import { sumOf } from '../../reports/summary/history.ts';
import { poisson, random } from './random.ts';

const WEEKS = new Array<number>(13).fill(7);
const STEADY = [100, 104, 98, 101, 97, 103, 99, 102, 100, 96, 105, 101];

function of(values: readonly (number | null)[], lengths: readonly number[] = WEEKS) {
  const verdict = judge(values, lengths);
  if (!verdict) throw new Error('not known');
  return verdict;
}

describe('the usual range', () => {
  test('is that of four fifths of the earlier ones', () => {
    expect(usualOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).toEqual({
      low: 2,
      middle: 6,
      high: 10,
      periods: 11,
    });
  });

  test('takes eight that are known', () => {
    expect(usualOf([1, 2, 3, 4, null, 5, 6, 7, null])).toBeUndefined();
    expect(usualOf([1, 2, 3, 4, null, 5, 6, 7, 8])?.periods).toBe(8);
  });
});

describe('what is unusual', () => {
  test('a fall far below, and a rise far above', () => {
    expect(of([...STEADY, 69])).toMatchObject({ isUnusual: true, before: 101 });
    expect(of([...STEADY, 160]).isUnusual).toBe(true);
    expect(of([...STEADY, 95]).isUnusual).toBe(false);
  });

  test('not one more week of growth, but its end is seen at once', () => {
    const growing = STEADY.map((value, at) => value * 1.05 ** at);
    expect(of([...growing, 100 * 1.05 ** 12]).isUnusual).toBe(false);
    expect(of([...growing, 100 * 1.05 ** 12 * 1.3]).isUnusual).toBe(true);
  });

  test('not what is back to normal after a spike', () => {
    expect(of([...STEADY.slice(0, 11), 400, 101])).toMatchObject({ isUnusual: false });
  });

  test('not small numbers, which vary by chance', () => {
    expect(of([3, 1, 2, 4, 2, 3, 2, 1, 3, 2, 2, 3, 6]).isUnusual).toBe(false);
  });

  test('seldom anything of what comes by chance alone', () => {
    const next = random(7);
    let cries = 0;
    for (let round = 0; round < 2000; round++) {
      const values = WEEKS.map(() => poisson(40, next));
      if (of(values).isUnusual) cries++;
    }
    expect(cries / 2000).toBeLessThan(0.06);
  });

  test('nothing is, without a past', () => {
    expect(of([null, null, 1, 1, 1, 1000])).toMatchObject({ usual: undefined, isUnusual: false });
    expect(judge([1, 2, null], [7, 7, 7])).toBeUndefined();
  });

  test('any numbers get a finite score', () => {
    const value = fc.option(fc.integer({ min: -1e6, max: 1e12 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 13, maxLength: 13 }), (values) => {
        const verdict = judge(values, WEEKS);
        if (verdict) expect(Number.isFinite(verdict.score)).toBe(true);
        else expect(values.at(-1)).toBeNull();
      }),
    );
  });
});

describe('what lasts', () => {
  const usual = usualOf(STEADY.slice(0, 9));

  test('is measured against what was usual before it began', () => {
    expect(of([...STEADY, 69])).toMatchObject({ outside: 1, usual: usualOf(STEADY) });
    expect(of([...STEADY.slice(0, 9), 40, 41, 39, 38])).toMatchObject({ outside: 4, usual });
  });

  test('not across a period that is not known, or was on the other side', () => {
    expect(of([...STEADY.slice(0, 9), 40, null, 39, 38]).outside).toBe(2);
    expect(of([...STEADY.slice(0, 10), 40, 170, 38]).outside).toBe(1);
  });

  test('does not begin with steady growth', () => {
    const growing = STEADY.map((value, at) => value * 1.05 ** at);
    const verdict = of([...growing, 400]);
    expect(verdict).toMatchObject({ isUnusual: true, outside: 1 });
    expect(verdict.expected).toBeGreaterThan(verdict.usual?.high ?? 0);
  });
});

describe('in a row', () => {
  test.each([
    [[100, 90, 80, 70], 3],
    [[100, 120, 80, 70], 2],
    [[100, 100, 70], 1],
    [[100, 99, 70], 1],
    [[100, null, 80, 70], 1],
    [[70, 71], 0],
    [[70, null, 71], 0],
  ])('%j is %i', (values, streak) => {
    expect(of(values)).toMatchObject({ streak });
  });
});

test('months are compared at equal lengths', () => {
  const verdict = of([310, 280], [31, 28]);
  expect(verdict).toMatchObject({ value: 280, before: 310, change: 0, streak: 0 });
});

describe('a sum', () => {
  const history = (name: string, values: readonly (number | null)[], isNew = false) => ({
    name,
    isNew,
    values,
    lack: undefined,
    lacks: [],
  });
  const long = Array.from({ length: 13 }, (_, at) => at);

  test('is of the same subjects in every period', () => {
    const young = long.map((value) => (value < 8 ? null : 1000));
    const sum = sumOf([history('a', long), history('b', long), history('young', young, true)]);
    expect(sum.values).toEqual(long.map((value) => 2 * value));
    expect(sum).toMatchObject({ members: 2, young: ['young'], unknown: [] });
  });

  test('is not known where one of them is not', () => {
    const holey = long.map((value) => (value === 5 ? null : value));
    const { values } = sumOf([history('a', long), history('b', holey)]);
    expect(values[5]).toBeNull();
    expect(values[6]).toBe(12);
  });

  test('leaves out those whose period is not known, by name', () => {
    const late = long.map((value) => (value === 12 ? null : 100));
    const sum = sumOf([history('a', long), history('late', late)]);
    expect(sum).toMatchObject({ values: long, members: 1, unknown: ['late'] });
  });

  test('of young ones only is theirs', () => {
    const young = long.map((value) => (value < 11 ? null : 3));
    const sum = sumOf([history('a', young, true), history('b', young, true)]);
    expect(sum.values.slice(-3)).toEqual([null, 6, 6]);
    expect(sum.young).toEqual([]);
  });
});

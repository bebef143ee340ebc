import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  endLabel,
  lineOf,
  partsOf,
  settled,
  shortNames,
  thin,
} from '../../../reports/chart/series.ts';

const at = (...xs: number[]) => xs.map((x) => ({ x, y: x }));

describe('partsOf', () => {
  test('breaks at a hole', () => {
    expect(partsOf(at(1, 2, 3, 6, 7), 1)).toEqual([at(1, 2, 3), at(6, 7)]);
  });

  test('a history sampled once a week is one line, with breaks at long holes', () => {
    expect(partsOf(at(0, 7, 14, 22, 29, 90, 97), 1)).toEqual([at(0, 7, 14, 22, 29), at(90, 97)]);
  });

  test('breaks where the count begins anew', () => {
    expect(partsOf(at(1, 2, 3), 1, [3])).toEqual([at(1, 2), at(3)]);
  });

  test('no point is lost', () => {
    const days = fc.uniqueArray(fc.nat(500), { maxLength: 80 });
    fc.assert(
      fc.property(days, (xs) => {
        const points = at(...xs.toSorted((a, b) => a - b));
        expect(partsOf(points, 1).flat()).toEqual(points);
      }),
    );
  });
});

describe('lineOf', () => {
  const values = [1, 2, 3].map((x) => ({ x, y: 10 * x, isProvisional: x === 3 }));

  test('joins what is not finished to the last finished point', () => {
    const line = lineOf('a', values, { step: 1, label: 'newest' });
    expect(line?.provisional.map(({ x }) => x)).toEqual([2, 3]);
    expect(line?.parts.flat().map(({ x }) => x)).toEqual([1, 2]);
    expect(line?.labelled.y).toBe(30);
  });

  test('labels a count with the last finished period', () => {
    expect(lineOf('a', values, { step: 1, label: 'finished' })?.labelled.y).toBe(20);
  });

  test('does not join across a hole', () => {
    const far = [...values.slice(0, 2), { x: 9, y: 1, isProvisional: true }];
    expect(lineOf('a', far, { step: 1, label: 'newest' })?.provisional).toHaveLength(1);
  });

  test('leaves out a first period that is cut', () => {
    const cut = [{ x: 0, y: 1, isProvisional: true }, ...values];
    expect(lineOf('a', cut, { step: 1, label: 'newest' })?.provisional).toHaveLength(2);
  });

  test('is nothing without values', () => {
    expect(lineOf('a', [], { step: 1, label: 'newest' })).toBeUndefined();
  });

  test('of a count ends with the last period that is over, unless none is', () => {
    const line = lineOf('a', values, { step: 1, label: 'finished' });
    const young = lineOf('b', values.slice(-1), { step: 1, label: 'finished' });
    if (!line || !young) throw new Error('no line');
    expect(settled([line, young])).toEqual([{ ...line, provisional: [] }]);
    expect(settled([young])).toEqual([young]);
  });
});

test('thinning keeps the ends and the extremes, and not more than four points a column', () => {
  const walk = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 300, maxLength: 2000 });
  fc.assert(
    fc.property(walk, (steps) => {
      let y = 0;
      const points = steps.map((step, x) => {
        y += step;
        return { x, y };
      });
      const kept = thin(points, 0, points.length - 1, 50);
      const ys = points.map((point) => point.y);
      expect(kept.length).toBeLessThanOrEqual(4 * 51);
      expect(kept[0]).toBe(points[0]);
      expect(kept.at(-1)).toBe(points.at(-1));
      expect(Math.max(...kept.map((point) => point.y))).toBe(Math.max(...ys));
      expect(Math.min(...kept.map((point) => point.y))).toBe(Math.min(...ys));
      expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).toSorted((a, b) => a - b));
    }),
    { numRuns: 30 },
  );
});

describe('names', () => {
  test('lose their owner where that leaves them different', () => {
    expect(shortNames(['a/x', 'b/y'])).toEqual(['x', 'y']);
    expect(shortNames(['a/x', 'b/X'])).toEqual(['a/x', 'b/X']);
  });

  test('share the room with the value', () => {
    expect(endLabel('', '553')).toBe('553');
    expect(endLabel('marquez', '828')).toBe('marquez: 828');
    expect(endLabel('Red Hat Enterprise Linux', '12%')).toBe('Red Hat Enterprise Linux: 12%');
    expect(endLabel('sample-tidewater', '1,158,405')).toBe('sample-tidewater: 1,158,405');
    expect(endLabel('x'.repeat(90), '828')).toMatch(/^x+…x+: 828$/);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLabels } from '../../../reports/chart/labels.ts';

const GAP = 20;
const HEIGHT = 300;
const wishes = fc.array(fc.double({ min: 0, max: HEIGHT, noNaN: true }), { maxLength: 15 });

test('no two labels overlap, in the order of their wishes, inside where there is room', () => {
  fc.assert(
    fc.property(wishes, (wanted) => {
      const placed = placeLabels(wanted, GAP, 0, HEIGHT);
      expect(placed).toHaveLength(wanted.length);
      const order = wanted
        .map((_, index) => index)
        .sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
      for (const [rank, index] of order.entries()) {
        const next = order[rank + 1];
        if (next !== undefined) {
          expect((placed[next] ?? 0) - (placed[index] ?? 0)).toBeGreaterThan(GAP - 1e-6);
        }
        expect(placed[index]).toBeGreaterThan(-1e-6);
        expect(placed[index]).toBeLessThan(HEIGHT + 1e-6);
      }
    }),
  );
});

test('labels that have room stay where they want to be', () => {
  expect(placeLabels([250, 10, 100], GAP, 0, HEIGHT)).toEqual([250, 10, 100]);
});

test('labels that collide share the way', () => {
  expect(placeLabels([100, 100], GAP, 0, HEIGHT)).toEqual([90, 110]);
  expect(placeLabels([100, 100, 100], GAP, 0, HEIGHT)).toEqual([80, 100, 120]);
});

test('the edges hold', () => {
  expect(placeLabels([0, 0], GAP, 0, HEIGHT)).toEqual([0, 20]);
  expect(placeLabels([300, 300], GAP, 0, HEIGHT)).toEqual([280, 300]);
});

test('with more labels than room they still do not overlap', () => {
  const placed = placeLabels(new Array(30).fill(150), GAP, 0, HEIGHT);
  expect(new Set(placed.map((y, index) => y - index * GAP)).size).toBe(1);
});

test('nothing to place', () => {
  expect(placeLabels([], GAP, 0, HEIGHT)).toEqual([]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StackChart, stackPanel } from '../../../reports/chart/stack-panel.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);

function stack(
  values: readonly (readonly number[])[],
  of: StackChart['of'] = 'counts',
): StackChart {
  const days = values[0]?.length ?? 0;
  return {
    columns: Array.from({ length: days }, (_, at) => ({
      x: START + at * DAY,
      isProvisional: at === days - 1,
    })),
    layers: values.map((layer, at) => ({
      color: `#00000${at}`,
      ink: '#111111',
      label: `layer ${at}`,
      values: layer,
    })),
    of,
    unit: 1,
    height: 300,
  };
}

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly y2: number;
  readonly color: string;
  readonly opacity: number;
}

function layersOf(chart: StackChart) {
  return stackPanel(chart).layer.map(
    (layer) => (layer.data as { values: Record<string, unknown>[] }).values,
  );
}

const bars = (chart: StackChart) => layersOf(chart)[0] as unknown as Bar[];

describe('a stack', () => {
  const values = fc.integer({ min: 1, max: 40 }).chain((days) =>
    fc.array(fc.array(fc.nat(1000), { minLength: days, maxLength: days }), {
      minLength: 1,
      maxLength: 10,
    }),
  );

  test('leaves no room between its parts, and is as high as all of them', () => {
    fc.assert(
      fc.property(values, (layers) => {
        for (const column of Map.groupBy(bars(stack(layers)), ({ x }) => x).values()) {
          let top = 0;
          for (const { y, y2 } of column) {
            expect(y2).toBe(top);
            expect(y).toBeGreaterThan(y2);
            top = y;
          }
          const at = ((column[0]?.x ?? 0) - START) / DAY;
          expect(top).toBe(layers.reduce((sum, layer) => sum + (layer[at] ?? 0), 0));
        }
      }),
    );
  });

  test('of shares is a hundred percent high wherever there is anything', () => {
    fc.assert(
      fc.property(values, (layers) => {
        for (const column of Map.groupBy(bars(stack(layers, 'shares')), ({ x }) => x).values()) {
          expect(column.at(-1)?.y).toBeCloseTo(100, 8);
        }
      }),
    );
  });

  test('names each part once, apart from the others and inside the plot', () => {
    fc.assert(
      fc.property(values, (layers) => {
        const labels = layersOf(stack(layers)).at(-1) ?? [];
        expect(labels.map(({ label }) => label)).toEqual(layers.map((_, at) => `layer ${at}`));
        const places = labels.map(({ labelY }) => Number(labelY)).toReversed();
        for (const [at, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(300);
          if (at > 0) expect(place - (places[at - 1] ?? 0)).toBeGreaterThan(19.9);
        }
      }),
    );
  });

  test('fades what is not complete', () => {
    const opacities = bars(stack([[1, 2, 3]])).map(({ opacity }) => opacity);
    expect(opacities).toEqual([1, 1, 0.45]);
  });

  test('with more columns than can be seen shows the means of whole weeks, and says so', () => {
    const days = 364;
    const chart = stack([Array.from({ length: days }, (_, at) => at % 7)]);
    const drawn = bars(chart);
    expect(drawn).toHaveLength(52);
    expect(drawn.every(({ y }) => y === 3)).toBe(true);
    expect(JSON.stringify(stackPanel(chart))).toContain('the mean of 7 days');
  });
});

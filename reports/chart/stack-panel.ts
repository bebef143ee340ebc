import { DAY_MS } from '../../db/days.ts';
import { sum } from '../../db/statistics.ts';
import { PROVISIONAL, SIZE } from '../theme.ts';
import { labelTable, linearTicks, ticksFor, tickWidth, timeX } from './axes.ts';
import { timeTicks } from './calendar.ts';
import { placeLabels } from './labels.ts';
import { headingOf, type Panel } from './page.ts';
import { MOST_COLUMNS, PERIOD_DAYS } from './periods.ts';
import { pixels } from './pixels.ts';
import { textWidth } from './text.ts';

export interface StackColumn {
  /** Milliseconds since the epoch: the first instant of its period. */
  readonly x: number;
  readonly isProvisional: boolean;
}

export interface StackLayer {
  readonly color: string;
  /** The colour of the label, which must be readable as text. */
  readonly ink: string;
  readonly label: string;
  /** One value a column. */
  readonly values: readonly number[];
}

export interface StackChart {
  /** Oldest first; a period that is not known is absent. */
  readonly columns: readonly StackColumn[];
  /** From the bottom to the top. */
  readonly layers: readonly StackLayer[];
  /** Shares fill each column to 100 %. */
  readonly of: 'counts' | 'shares';
  /** Days that a column stands for, about. */
  readonly unit: number;
  readonly height: number;
  /** A heading of its own, where the page has several panels. */
  readonly heading?: string;
  readonly smallPrint?: readonly string[];
  /** Room for the axis and the labels, where several panels must line up. */
  readonly room?: { readonly left: number; readonly right: number };
}

const FILLED = 0.86;
const WIDEST = 90;
const LABEL_GAP = 20;
const SWATCH = 11;
/** From the plot to the middle of a swatch, and to its label. */
const SWATCH_X = 14;
const LABEL_X = SWATCH_X + SWATCH / 2 + 6;
const SHARE_TICKS = [0, 25, 50, 75, 100];

/** Columns of stacked parts, each named beside the plot at the height of its last part. */
export function stackPanel(chart: StackChart): Panel {
  const { of, unit, height, heading, smallPrint = [] } = chart;
  const { columns, layers, pool } = pooled(chart);
  const sums = columns.map((_, at) => sum(layers.map(({ values }) => values[at] ?? 0)));
  const ticks = of === 'shares' ? SHARE_TICKS : linearTicks(0, Math.max(...sums), ticksFor(height));
  const top = ticks.at(-1) ?? 1;
  const left = chart.room?.left ?? stackLeft(ticks, of);
  const right = chart.room?.right ?? stackRight(layers.map(({ label }) => label));
  const width = Math.round(SIZE.width - left - right);
  const [from, to] = stackDomain(columns, unit * pool);
  const slot = (width * unit * pool * DAY_MS) / (to - from);
  const [first = { x: 0 }, last = first] = [columns[0], columns.at(-1)];
  const axis = timeTicks(
    first.x,
    last.x,
    width - slot,
    unit === PERIOD_DAYS.monthly ? unit : unit * pool,
  );
  const scaled = (value: number, at: number) =>
    of === 'counts' ? value : (100 * value) / (sums[at] || 1);
  const print = [...smallPrint, ...(pool > 1 ? [meanOf(pool, unit)] : [])];
  return {
    width,
    height,
    ...(heading && { title: headingOf(heading) }),
    encoding: {
      x: timeX([from, to], axis, print),
      y: {
        field: 'y',
        type: 'quantitative',
        stack: null,
        scale: { domain: [0, top], nice: false },
        axis: {
          values: [...ticks],
          labelExpr: of === 'shares' ? "datum.value + '%'" : labelTable(ticks),
          minExtent: left,
          maxExtent: left,
        },
      },
    },
    layer: [
      {
        data: { values: bars(columns, layers, scaled) },
        mark: { type: 'bar', width: Math.min(FILLED * slot, WIDEST) },
        encoding: {
          y2: { field: 'y2' },
          color: { field: 'color', type: 'nominal', scale: null },
          opacity: { field: 'opacity', type: 'quantitative', scale: null },
        },
      },
      ...labels(layers, of === 'shares' ? columns.length - 1 : labelColumn(columns), scaled, {
        width,
        height,
        top,
      }),
    ],
  };
}

/** The room that the axis takes. */
function stackLeft(ticks: readonly number[], of: StackChart['of']): number {
  return of === 'shares' ? textWidth('100%', SIZE.label) : tickWidth(ticks);
}

function meanOf(pool: number, unit: number): string {
  const periods = unit === 1 ? 'days' : unit === 7 ? 'weeks' : 'months';
  return `A column is the mean of ${pool} ${periods}.`;
}

/** The room that the labels take. */
export function stackRight(labels: readonly string[]): number {
  return LABEL_X + Math.max(0, ...labels.map((label) => textWidth(label, SIZE.label)));
}

/** What the axis of such columns spans: half a column more than their first instants. */
function stackDomain(columns: readonly StackColumn[], unit: number): [number, number] {
  const half = (unit * DAY_MS) / 2;
  return [(columns[0]?.x ?? 0) - half, (columns.at(-1)?.x ?? 0) + half];
}

/** The last column that is finished: labels stand at its height, as one that is not has yet to grow. */
function labelColumn(columns: readonly StackColumn[]): number {
  const finished = columns.findLastIndex(({ isProvisional }) => !isProvisional);
  return finished < 0 ? columns.length - 1 : finished;
}

type Scaled = (value: number, column: number) => number;

function bars(columns: readonly StackColumn[], layers: readonly StackLayer[], scaled: Scaled) {
  return columns.flatMap(({ x, isProvisional }, at) => {
    let y2 = 0;
    return layers.flatMap(({ color, values }) => {
      const value = values[at] ?? 0;
      if (value === 0) return [];
      const y = y2 + scaled(value, at);
      const bar = { x, y, y2, color, opacity: isProvisional ? PROVISIONAL.opacity : 1 };
      y2 = y;
      return [bar];
    });
  });
}

interface Plot {
  readonly width: number;
  readonly height: number;
  /** The value at the top. */
  readonly top: number;
}

function labels(
  layers: readonly StackLayer[],
  column: number,
  scaled: Scaled,
  { width, height, top }: Plot,
): Panel['layer'] {
  let below = 0;
  const wanted = layers.map(({ values }) => {
    const value = scaled(values[column] ?? 0, column);
    const middle = below + value / 2;
    below += value;
    return height * (1 - middle / top);
  });
  // Placed from the top to the bottom: equal wishes keep the order they came in.
  const places = placeLabels(wanted.toReversed(), LABEL_GAP, 8, height - 8).toReversed();
  const rows = layers.map(({ color, ink, label }, index) => ({
    color,
    ink,
    label,
    labelY: places[index] ?? 0,
  }));
  const y = pixels('labelY');
  return [
    {
      data: { values: rows },
      mark: { type: 'point', shape: 'square', filled: true, opacity: 1, size: SWATCH ** 2 },
      encoding: {
        x: { value: width + SWATCH_X },
        y,
        color: { field: 'color', type: 'nominal', scale: null },
      },
    },
    {
      data: { values: rows },
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: SIZE.label },
      encoding: {
        x: { value: width + LABEL_X },
        y,
        text: { field: 'label' },
        color: { field: 'ink', type: 'nominal', scale: null },
      },
    },
  ];
}

/** With more columns than can be told apart, each shows the mean of as many periods as needed. */
function pooled({ columns, layers, unit }: StackChart) {
  const first = columns[0]?.x ?? 0;
  const slotOf = ({ x }: StackColumn) => Math.round((x - first) / (unit * DAY_MS));
  const slots = slotOf(columns.at(-1) ?? { x: first, isProvisional: false }) + 1;
  // Days are pooled by whole weeks, or weekends would come and go.
  const step = unit === 1 ? 7 : 1;
  const pool = slots <= MOST_COLUMNS ? 1 : step * Math.ceil(slots / step / MOST_COLUMNS);
  if (pool === 1) return { columns, layers, pool };
  const groups = [
    ...Map.groupBy(columns.keys(), (at) =>
      Math.floor(slotOf(columns[at] as StackColumn) / pool),
    ).values(),
  ];
  return {
    pool,
    columns: groups.map((group): StackColumn => {
      const members = group.map((at) => columns[at] as StackColumn);
      return {
        x: members[0]?.x ?? 0,
        isProvisional: members.some(({ isProvisional }) => isProvisional),
      };
    }),
    layers: layers.map((layer) => ({
      ...layer,
      values: groups.map((group) => sum(group.map((at) => layer.values[at] ?? 0)) / group.length),
    })),
  };
}

import { DAY_MS } from '../../db/days.ts';
import { type Look, PROVISIONAL, SIZE } from '../theme.ts';
import { count } from '../words.ts';
import { labelTable, linearTicks, ticksFor, tickWidth, timeX } from './axes.ts';
import { timeTicks } from './calendar.ts';
import { headingOf, type Panel, type PanelLayer } from './page.ts';
import { textWidth } from './text.ts';

export interface Column {
  /** Milliseconds since the epoch: the first instant of its period. */
  readonly x: number;
  readonly y: number;
  readonly isProvisional: boolean;
  /** Of one that stands for several periods, as their average: the instant after the last one. */
  readonly until?: number;
}

interface ColumnChart {
  readonly look: Look;
  readonly columns: readonly Column[];
  /** Days that a column stands for, about. */
  readonly unit: number;
  /** Where the last column would stand, when it is not there; in milliseconds since the epoch. */
  readonly last?: number;
  readonly height: number;
  readonly smallPrint?: readonly string[];
  /** A heading of its own, for a panel below another. */
  readonly heading?: string;
  /** Room for the axis, where several panels must line up. */
  readonly room?: { readonly left: number };
  /** Keeps the axis where the numbers would fit: panels that line up look the same. */
  readonly keepsAxis?: boolean;
  /** Which of the look's series colours; the first one when absent. */
  readonly color?: number;
}

/** How much of its period a column fills. */
const FILLED = 0.82;
/** In pixels: a single day must not fill the picture. */
const WIDEST = 90;
/** With more columns than this, a number over each is too much. */
const MOST_NUMBERS = 14;

/**
 * A column a period; what is still going on is faded. With few columns each has its number, and
 * the axis goes.
 */
export function columnPanel(chart: ColumnChart): Panel {
  const { look, columns, unit, height, heading, smallPrint = [] } = chart;
  const half = (unit * DAY_MS) / 2;
  const first = Math.min(...columns.map(({ x }) => x));
  const ends = columns.map(({ x, until }) => (until ? until - 2 * half : x));
  const last = Math.max(...ends, chart.last ?? 0);
  const ys = columns.map(({ y }) => y);
  const ticks = linearTicks(Math.min(...ys), Math.max(...ys), ticksFor(height));
  const left = chart.room?.left ?? tickWidth(ticks);
  const hasNumbers = !chart.keepsAxis && numbersFit(columns, SIZE.width);
  const width = Math.round(SIZE.width - (hasNumbers ? 0 : left));
  const slot = width / ((last - first) / (2 * half) + 1);
  const axis = timeTicks(first, last, width - slot, unit);
  const wide = columns.filter(({ until }) => until !== undefined);
  return {
    width,
    height,
    ...(heading && { title: headingOf(heading) }),
    encoding: {
      x: timeX([first - half, last + half], axis, smallPrint),
      y: {
        field: 'y',
        type: 'quantitative',
        stack: null,
        scale: { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], nice: false },
        axis: hasNumbers
          ? { values: [0], labels: false }
          : { values: [...ticks], labelExpr: labelTable(ticks), minExtent: left, maxExtent: left },
      },
    },
    layer: [
      {
        data: { values: columns.filter((column) => !wide.includes(column)).map(barOf) },
        mark: {
          type: 'bar',
          width: Math.min(FILLED * slot, WIDEST),
          color: look.series[chart.color ?? 0] ?? look.ink,
        },
        encoding: { opacity: { field: 'opacity', type: 'quantitative', scale: null } },
      },
      ...wideBars(wide, half, look.series[chart.color ?? 0] ?? look.ink),
      ...(hasNumbers ? numbers(columns, half) : []),
    ],
  };
}

/** How pale a column is that stands for several periods. */
const PALE = 0.25;

function wideBars(columns: readonly Column[], half: number, color: string): PanelLayer[] {
  if (columns.length === 0) return [];
  const air = 2 * half * ((1 - FILLED) / 2);
  const values = columns.map(({ x, y, until = x }) => {
    return { x: x - half + air, x2: until - half - air, y };
  });
  return [
    {
      data: { values },
      mark: { type: 'rect', color, fillOpacity: PALE, stroke: color, strokeWidth: 1.5 },
      encoding: { x2: { field: 'x2' }, y2: { datum: 0 } },
    },
  ];
}

function barOf({ x, y, isProvisional }: Column) {
  return { x, y, opacity: isProvisional ? PROVISIONAL.opacity : 1 };
}

function numbersFit(columns: readonly Column[], width: number): boolean {
  const widest = Math.max(...columns.map(({ y }) => textWidth(count(y), SIZE.label)));
  return columns.length <= MOST_NUMBERS && widest + 8 <= width / columns.length;
}

/** The number over (of a loss: under) each column. */
function numbers(columns: readonly Column[], half: number): PanelLayer[] {
  const rows = columns.map(({ x, y, until }) => {
    return { x: until ? (x + until) / 2 - half : x, y, text: count(y) };
  });
  const layer = (values: typeof rows, baseline: 'top' | 'bottom', dy: number): PanelLayer[] =>
    values.length === 0
      ? []
      : [
          {
            data: { values },
            mark: { type: 'text', baseline, dy },
            encoding: { text: { field: 'text' } },
          },
        ];
  return [
    ...layer(
      rows.filter(({ y }) => y >= 0),
      'bottom',
      -5,
    ),
    ...layer(
      rows.filter(({ y }) => y < 0),
      'top',
      5,
    ),
  ];
}

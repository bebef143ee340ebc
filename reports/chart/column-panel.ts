import { type Look, PROVISIONAL, SIZE } from '../theme.ts';
import { count } from '../words.ts';
import { linearTicks, tickLabels, tickWidth, timeTicks } from './axes.ts';
import type { Panel, PanelLayer } from './page.ts';
import { textWidth } from './text.ts';

export interface Column {
  /** Milliseconds since the epoch: the first instant of its period. */
  readonly x: number;
  readonly y: number;
  readonly isProvisional: boolean;
}

export interface ColumnChart {
  readonly look: Look;
  readonly columns: readonly Column[];
  /** Days that a column stands for, about. */
  readonly unit: number;
  readonly height: number;
  readonly smallPrint?: string;
  /** A heading of its own, for a panel below another. */
  readonly heading?: string;
}

const DAY = 86_400_000;
/** With more columns than this, a number over each is too much. */
const MOST_NUMBERS = 14;

/** A column a period. What is still going on is faded. */
export function columnPanel(chart: ColumnChart): Panel {
  const { look, columns, unit, height, heading, smallPrint } = chart;
  const half = (unit * DAY) / 2;
  const xs = columns.map(({ x }) => x);
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const ys = columns.map(({ y }) => y);
  const ticks = linearTicks(Math.min(...ys), Math.max(...ys), height < 150 ? 3 : 5);
  const labelWidth = tickWidth(ticks);
  const width = Math.round(SIZE.width - labelWidth);
  const axis = timeTicks(first, last, width, unit > 7 ? 1 : unit);
  return {
    width,
    height,
    ...(heading && { title: headingOf(heading) }),
    encoding: {
      x: {
        field: 'from',
        type: 'temporal',
        scale: { type: 'utc', domain: [first - half, last + half] },
        axis: {
          values: [...axis.values],
          labelExpr: axis.labelExpr,
          ...(smallPrint && { title: smallPrint, titleAnchor: 'start' }),
        },
      },
      y: {
        field: 'y',
        type: 'quantitative',
        scale: { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], nice: false },
        axis: {
          values: [...ticks],
          labelExpr: tickLabels(ticks),
          minExtent: labelWidth,
          maxExtent: labelWidth,
        },
      },
    },
    layer: [
      {
        data: {
          values: columns.map(({ x, y, isProvisional }) => ({
            from: x - half * 0.82,
            to: x + half * 0.82,
            y,
            zero: 0,
            isProvisional,
          })),
          format: { parse: { to: 'date' } },
        },
        mark: { type: 'rect', color: look.series[0] ?? look.ink },
        encoding: {
          x2: { field: 'to' },
          y2: { field: 'zero' },
          opacity: {
            field: 'isProvisional',
            type: 'nominal',
            legend: null,
            scale: { domain: [false, true], range: [1, PROVISIONAL.opacity] },
          },
        },
      },
      ...numbers(columns, width),
    ],
  };
}

export function headingOf(text: string) {
  return { text, fontSize: SIZE.subtitle, fontWeight: 600, offset: 10 } as const;
}

/** The number over each column, where all of them have room. */
function numbers(columns: readonly Column[], width: number): PanelLayer[] {
  const rows = columns.map(({ x, y }) => ({ from: x, y, text: count(y), below: y < 0 }));
  const widest = Math.max(...rows.map(({ text }) => textWidth(text, SIZE.label)));
  if (rows.length > MOST_NUMBERS || widest + 8 > width / rows.length) return [];
  return [false, true].flatMap((below): PanelLayer[] => {
    const values = rows.filter((row) => row.below === below);
    if (values.length === 0) return [];
    return [
      {
        data: { values },
        mark: { type: 'text', baseline: below ? 'top' : 'bottom', dy: below ? 5 : -5 },
        encoding: { text: { field: 'text' } },
      },
    ];
  });
}

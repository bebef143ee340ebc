import { PROVISIONAL, SIZE } from '../theme.ts';
import { timeX } from './axes.ts';
import { LABEL_OFFSET, type LineChart, type LineLayout, layOut } from './line-layout.ts';
import { headingOf, type Panel, type PanelLayer } from './page.ts';
import { pixels } from './pixels.ts';
import { MOST_COLOURED, type Point } from './series.ts';

interface Row {
  readonly line: number;
  /** Tells the parts of a line apart, so that nothing is drawn across a hole. */
  readonly part: string;
  readonly x: number;
  readonly y: number;
}

const MOVED = 4;

/** Lines with their names at their ends; beyond the first eight they are grey and nameless. */
export function linePanel(chart: LineChart, smallPrint: readonly string[] = []): Panel {
  const layout = layOut(chart);
  const { lines, look } = chart;
  const rows = lines.map((line, index) =>
    line.parts.map((part, at) => rowsOf(layout.slim(part), index, `${index}.${at}`)),
  );
  const front = rows.slice(0, MOST_COLOURED).flat();
  const color = colours(chart);
  return {
    width: layout.width,
    height: layout.height,
    ...(chart.heading && { title: headingOf(chart.heading) }),
    encoding: { x: xOf(chart, layout, smallPrint), y: yOf(chart, layout) },
    layer: [
      ...lineLayers(
        rows.slice(MOST_COLOURED).flat(),
        { type: 'line', strokeWidth: 1.2 },
        {
          value: look.backdrop,
        },
      ),
      ...lineLayers(front, { type: 'line' }, color),
      ...lineLayers(
        lines
          .slice(0, MOST_COLOURED)
          .map(({ provisional }, index) => rowsOf(layout.slim(provisional), index, `${index}`)),
        { type: 'line', strokeDash: [...PROVISIONAL.dash] },
        color,
      ),
      ...markLayer(chart, color),
      ...endLayers(layout, color),
    ],
  };
}

type Mark = Extract<PanelLayer, { mark: unknown }>['mark'];
type Encoding = NonNullable<Panel['encoding']>;
type Position = NonNullable<NonNullable<Panel['encoding']>['y']>;
type Colour = NonNullable<Encoding['color']>;

function colours({ lines, look }: LineChart): Colour {
  const shown = lines.slice(0, MOST_COLOURED);
  return {
    field: 'line',
    type: 'nominal',
    legend: null,
    scale: { domain: shown.map((_, index) => index), range: look.series.slice(0, shown.length) },
  };
}

function rowsOf(points: readonly Point[], line: number, part: string): Row[] {
  return points.map(({ x, y }) => ({ line, part, x, y }));
}

/** Lines, and dots for the parts that are a single point. */
function lineLayers(parts: readonly Row[][], mark: Mark, color: Colour): PanelLayer[] {
  const lines = parts.filter((part) => part.length > 1).flat();
  const dots = parts.filter((part) => part.length === 1).flat();
  const layers: PanelLayer[] = [];
  if (lines.length > 0) {
    layers.push({ data: { values: lines }, mark, encoding: { color, detail: { field: 'part' } } });
  }
  if (dots.length > 0) {
    layers.push({
      data: { values: dots },
      mark: { type: 'point', filled: true, opacity: 1, size: 26 },
      encoding: { color },
    });
  }
  return layers;
}

/** Hollow shapes, so that they are told from the dots at the ends without their colour. */
function markLayer({ marks = [], scale, look }: LineChart, color: Colour): PanelLayer[] {
  const values = marks.filter(({ y }) => scale === 'linear' || y > 0).map((mark) => ({ ...mark }));
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: 'point', filled: false, fill: look.background, opacity: 1, size: 70 },
      encoding: { stroke: color, shape: { field: 'shape', type: 'nominal', scale: null } },
    },
  ];
}

/** The last point of each line, its label, and a thread between them where the label had to move. */
function endLayers({ ends, width }: LineLayout, color: Colour): PanelLayer[] {
  if (ends.length === 0) return [];
  const labelX = width + LABEL_OFFSET;
  const threads = ends
    .filter((end) => Math.abs(end.labelY - end.y) > MOVED || width - end.x > 1)
    .map((end) => ({ ...end, x: end.x + 4, x2: labelX - 3 }));
  const layers: PanelLayer[] = [
    {
      data: { values: [...ends] },
      mark: { type: 'point', filled: true, opacity: 1, size: 46 },
      encoding: { color, x: pixels('x'), y: pixels('y') },
    },
    {
      data: { values: [...ends] },
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: SIZE.label },
      encoding: { color, x: { value: labelX }, y: pixels('labelY'), text: { field: 'label' } },
    },
  ];
  if (threads.length === 0) return layers;
  return [
    {
      data: { values: threads },
      mark: { type: 'rule', strokeWidth: 1, opacity: 0.55 },
      encoding: {
        color,
        x: pixels('x'),
        x2: { field: 'x2' },
        y: pixels('y'),
        y2: { field: 'labelY' },
      },
    },
    ...layers,
  ];
}

function xOf(
  { x }: LineChart,
  { x: { domain, axis } }: LineLayout,
  smallPrint: readonly string[],
): Position {
  const position = timeX(domain, axis, [...(axis.title ? [axis.title] : []), ...smallPrint]);
  if (x.kind !== 'age') return position;
  return { ...position, type: 'quantitative', scale: { domain: [...domain] } };
}

function yOf({ scale }: LineChart, { y: { domain, axis, labelWidth } }: LineLayout): Position {
  return {
    field: 'y',
    type: 'quantitative',
    scale: { type: scale, domain: [...domain], nice: false },
    // The same room in every panel, so that plots above each other line up.
    axis: {
      values: [...axis.values],
      labelExpr: axis.labelExpr,
      minExtent: labelWidth,
      maxExtent: labelWidth,
    },
  };
}

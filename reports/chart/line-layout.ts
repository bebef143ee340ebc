import { DAY_MS } from '../../db/days.ts';
import { type Look, SIZE } from '../theme.ts';
import {
  type Axis,
  ageTicks,
  labelTable,
  linearTicks,
  logTicks,
  ticksFor,
  tickWidth,
} from './axes.ts';
import { timeTicks } from './calendar.ts';
import { placeLabels } from './labels.ts';
import { type Line, MOST_COLOURED, type Point, thin } from './series.ts';
import { textWidth } from './text.ts';

export interface LineChart {
  readonly look: Look;
  /** The most important first: the first ones get a colour and a label. */
  readonly lines: readonly Line[];
  /** `since` names the event that an age is counted from. */
  readonly x: DateAxis | { readonly kind: 'age'; readonly since: string };
  readonly scale: 'linear' | 'log';
  /** Of a linear scale; from zero when absent. */
  readonly ticks?: (low: number, high: number, most: number) => number[];
  /** The values are differences, and have a sign. */
  readonly isChange?: boolean;
  readonly height: number;
  /** What stands at the end of a line, about its last point. */
  readonly label: (line: Line) => string;
  /** Room for the axis and for the labels, where several panels must line up. */
  readonly room?: Room;
  readonly heading?: string;
  /** What happened to a line, on the line. */
  readonly marks?: readonly LineMark[];
}

interface DateAxis {
  readonly kind: 'date';
  /** Where it must line up with another panel: what both span; the points when absent. */
  readonly domain?: readonly [number, number];
  /** Days from one point to the next; one when absent. */
  readonly unit?: number;
  /** Leaves as much room around each point as a column takes. */
  readonly isRoomy?: boolean;
}

export interface LineMark extends Point {
  /** Which of the lines. */
  readonly line: number;
  readonly shape: 'diamond' | 'circle' | 'square';
}

interface Room {
  readonly left: number;
  readonly right: number;
}

/** Where things are, in pixels from the top left of the plot. */
export interface LineLayout {
  readonly width: number;
  readonly height: number;
  readonly x: { readonly domain: readonly [number, number]; readonly axis: Axis };
  readonly y: {
    readonly domain: readonly [number, number];
    readonly axis: Axis;
    readonly labelWidth: number;
  };
  readonly ends: readonly End[];
  /** A part of a line, with no more points than the picture can show. */
  readonly slim: (part: readonly Point[]) => Point[];
}

interface End {
  readonly line: number;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly labelY: number;
}

export const LABEL_OFFSET = 14;
const LABEL_GAP = 20;

export function layOut(chart: LineChart): LineLayout {
  const { lines, x, scale, height, label, room, ticks: ticksOf = linearTicks, isChange } = chart;
  const isShown = ({ y }: Point) => scale === 'linear' || y > 0;
  const { first, last, low, high } = extentOf(lines, isShown);
  const [fromX, toX] = x.kind === 'age' ? [0, Math.max(1, last)] : dates(x, first, last);
  const ticks = scale === 'log' ? logTicks(low, high) : ticksOf(low, high, ticksFor(height));
  const domain = [ticks[0] ?? 0, ticks.at(-1) ?? 1] as const;
  const shown = lines
    .slice(0, MOST_COLOURED)
    .flatMap((line, index) =>
      isShown(line.labelled) ? [{ line: index, last: line.labelled, label: label(line) }] : [],
    );
  const left = room?.left ?? tickWidth(ticks, isChange);
  const right = room?.right ?? labelsWidth(shown.map((end) => end.label));
  const width = Math.round(SIZE.width - left - right);
  const toPixelX = (value: number) => ((value - fromX) / (toX - fromX)) * width;
  const toPixelY = (value: number) => height * (1 - share(value, domain, scale));
  const places = placeLabels(
    shown.map(({ last }) => toPixelY(last.y)),
    LABEL_GAP,
    0,
    height,
  );
  const columns = lines.length > MOST_COLOURED ? 100 : 450;
  return {
    width,
    height,
    x: {
      domain: [fromX, toX],
      axis: x.kind === 'age' ? ageTicks(toX, x.since) : dateTicks(x, [fromX, toX], width),
    },
    y: {
      domain,
      axis: { values: ticks, labelExpr: labelTable(ticks, isChange) },
      labelWidth: left,
    },
    ends: shown.map(({ line, last, label }, index) => ({
      line,
      label,
      x: toPixelX(last.x),
      y: toPixelY(last.y),
      labelY: places[index] ?? 0,
    })),
    slim: (part) => thin(scale === 'log' ? part.filter(isShown) : part, fromX, toX, columns),
  };
}

/** What the labels at the ends take, with the space before them. */
export function labelsWidth(labels: readonly string[]): number {
  return LABEL_OFFSET + Math.max(0, ...labels.map((label) => textWidth(label, SIZE.label)));
}

function share(value: number, [low, high]: readonly [number, number], scale: string): number {
  if (scale === 'log') return Math.log(value / low) / Math.log(high / low);
  return (value - low) / (high - low);
}

/** Without a room of its own, one day alone stands at the end of its week. */
function dates(x: DateAxis, first: number, last: number): [number, number] {
  const [from, to] = x.domain ?? [first, last];
  const half = roomOf(x);
  return from - half < to + half ? [from - half, to + half] : [to - 7 * DAY_MS, to];
}

/** Ticks stand where points can be, not in the room around them. */
function dateTicks(x: DateAxis, [from, to]: readonly [number, number], width: number) {
  const room = roomOf(x);
  const between = width * (1 - (2 * room) / (to - from));
  return timeTicks(from + room, to - room, between, x.unit);
}

function roomOf({ unit = 1, isRoomy = false }: DateAxis): number {
  return isRoomy ? (unit * DAY_MS) / 2 : 0;
}

/** What the shown points span; all zero without any. */
function extentOf(lines: readonly Line[], isShown: (point: Point) => boolean) {
  let [first, last, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const part of lines.flatMap(({ parts, provisional }) => [...parts, provisional])) {
    for (const point of part) {
      if (!isShown(point)) continue;
      first = Math.min(first, point.x);
      last = Math.max(last, point.x);
      low = Math.min(low, point.y);
      high = Math.max(high, point.y);
    }
  }
  return first <= last ? { first, last, low, high } : { first: 0, last: 0, low: 0, high: 0 };
}

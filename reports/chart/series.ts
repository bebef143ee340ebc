import { SIZE } from '../theme.ts';
import { oneLine, shorten, textWidth } from './text.ts';

/** `x` in milliseconds since the epoch, or in days for an axis of age. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line of a chart: its parts are drawn apart, because between them nothing is known. */
export interface Line {
  readonly name: string;
  readonly parts: readonly (readonly Point[])[];
  /** What is not finished yet, beginning with the last finished point. */
  readonly provisional: readonly Point[];
}

/** More lines than this can't be told apart: the others step back into grey. */
export const MOST_COLOURED = 8;
const MOST_LABEL = 200;

export function lastPoint(line: Line): Point | undefined {
  return line.provisional.at(-1) ?? line.parts.at(-1)?.at(-1);
}

export function allPoints(lines: readonly Line[]): Point[] {
  return lines.flatMap((line) => [...line.parts.flat(), ...line.provisional]);
}

/**
 * Cuts a series into parts where it has holes. A hole is a step more than three times as long as
 * the usual (median) one, so that a history sampled once a week is still one line.
 */
export function partsOf(points: readonly Point[], unit: number): Point[][] {
  const steps = points.slice(1).map((point, index) => point.x - (points[index]?.x ?? 0));
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? unit;
  const longest = usual <= unit ? unit : usual * 3;
  const parts: Point[][] = [];
  for (const point of points) {
    const part = parts.at(-1);
    const before = part?.at(-1);
    if (part && before && point.x - before.x <= longest) part.push(point);
    else parts.push([point]);
  }
  return parts;
}

/**
 * At most four points a column of the picture: the first, the last, the lowest and the highest,
 * which draw the same line as all of them (M4: Jugel, Jerzak, Hackenbroich, Markl, VLDB 2014).
 */
export function thin(points: readonly Point[], from: number, to: number, columns: number): Point[] {
  if (points.length <= columns) return [...points];
  const width = (to - from) / columns || 1;
  const kept: Point[] = [];
  let column: Point[] = [];
  for (const point of points) {
    const first = column[0];
    if (first && Math.floor((point.x - from) / width) !== Math.floor((first.x - from) / width)) {
      kept.push(...corners(column));
      column = [];
    }
    column.push(point);
  }
  return [...kept, ...corners(column)];
}

function corners(column: readonly Point[]): Point[] {
  let low = column[0];
  let high = column[0];
  for (const point of column) {
    if (low && point.y < low.y) low = point;
    if (high && point.y > high.y) high = point;
  }
  return column.filter(
    (point, index) => index === 0 || index === column.length - 1 || point === low || point === high,
  );
}

/** The names as they stand at the ends of the lines. */
export function shortNames(names: readonly string[]): string[] {
  const tails = names.map((name) => oneLine(name.slice(name.lastIndexOf('/') + 1)));
  const isUnique = new Set(tails.map((tail) => tail.toLowerCase())).size === names.length;
  return isUnique ? tails : names.map(oneLine);
}

/** `name value`, with the name shortened so that both fit beside the plot. */
export function endLabel(name: string, value: string): string {
  if (name === '') return value;
  const room = MOST_LABEL - textWidth(` ${value}`, SIZE.label);
  return `${shorten(name, SIZE.label, room)} ${value}`;
}

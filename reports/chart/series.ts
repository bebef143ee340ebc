import { SIZE } from '../theme.ts';
import { oneLine, shorten, textWidth } from './text.ts';

/** `x` in milliseconds since the epoch, or in days for an axis of age. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point of a series; one that is not finished yet is drawn as provisional. */
export interface Value extends Point {
  readonly isProvisional: boolean;
}

/** A line of a chart: its parts are drawn apart, because between them nothing is known. */
export interface Line {
  readonly name: string;
  readonly parts: readonly (readonly Point[])[];
  /** What is not finished yet, beginning with the last finished point. */
  readonly provisional: readonly Point[];
  /** The point that the label at the end tells the value of. */
  readonly labelled: Point;
}

export interface LineOptions {
  /** How far apart, in x, two values are that follow each other. */
  readonly step: number;
  /** A total is labelled with its newest value, a count a period with the last finished one. */
  readonly label: 'newest' | 'finished';
  /** Where the series begins anew, in x. */
  readonly breaks?: readonly number[];
}

/** More lines than this can't be told apart: the others step back into grey. */
export const MOST_COLOURED = 8;
/** In pixels; with more, names would take as much of the picture as the plot. */
const MOST_LABEL = 260;

/** The line through `values` (oldest first); undefined without any. */
export function lineOf(
  name: string,
  values: readonly Value[],
  { step, label, breaks = [] }: LineOptions,
): Line | undefined {
  const finished = values.filter(({ isProvisional }) => !isProvisional);
  const last = finished.at(-1);
  // A first period that the record covers in part is no line's beginning.
  const unfinished = values.filter(
    ({ isProvisional, x }) => isProvisional && !(last && x < last.x),
  );
  const first = unfinished[0];
  const newest = unfinished.at(-1) ?? last;
  if (!newest) return undefined;
  const follows = last && first && first.x - last.x <= step && !breaks.includes(first.x);
  return {
    name,
    parts: partsOf(finished, step, breaks),
    provisional: follows ? [last, ...unfinished] : unfinished,
    labelled: label === 'finished' ? (last ?? newest) : newest,
  };
}

/**
 * Lines of counts a period, without the one that is not over: its count so far would look like a
 * fall. Where nothing is over yet, the lines stay as they are.
 */
export function settled(lines: readonly Line[]): Line[] {
  const finished = lines
    .filter(({ parts }) => parts.length > 0)
    .map((line) => ({ ...line, provisional: [] }));
  return finished.length > 0 ? finished : [...lines];
}

export function hasDashes(lines: readonly Line[]): boolean {
  return lines.some(({ provisional }) => provisional.length > 0);
}

/**
 * Cuts a series where it has holes and where it begins anew. A hole is a step longer than `step`,
 * or, in a history sampled less often, more than three times as long as the usual (median) one.
 */
export function partsOf(
  points: readonly Point[],
  step: number,
  breaks: readonly number[] = [],
): Point[][] {
  const longest = longestStep(points, step);
  const cuts = new Set(breaks);
  const parts: Point[][] = [];
  for (const point of points) {
    const part = parts.at(-1);
    const before = part?.at(-1);
    const goesOn = before && point.x - before.x <= longest && !cuts.has(point.x);
    if (part && goesOn) part.push(point);
    else parts.push([point]);
  }
  return parts;
}

function longestStep(points: readonly Point[], step: number): number {
  const isWhole = points.every((point, index) => point.x - (points[index - 1] ?? point).x <= step);
  if (isWhole) return step;
  const steps = points.slice(1).map((point, index) => point.x - (points[index]?.x ?? 0));
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? step;
  return usual <= step ? step : usual * 3;
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

/**
 * `name: value`, with the name shortened so that both fit beside the plot. The colon keeps a
 * version or the number of an advisory apart from the value.
 */
export function endLabel(name: string, value: string): string {
  if (name === '') return value;
  const tail = value === '' ? '' : `: ${value}`;
  return shorten(name, SIZE.label, MOST_LABEL - textWidth(tail, SIZE.label)) + tail;
}

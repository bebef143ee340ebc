import { dayMs } from '../../db/days.ts';
import type { LineMark } from '../chart/line-layout.ts';
import { type Line, MOST_COLOURED } from '../chart/series.ts';
import type { Total } from './read.ts';

/** More marks than this hide the lines: the words name the others. */
const MOST_MARKS = 24;

const MEANING = {
  diamond: 'Diamond: the counter began anew.',
  circle: 'Circle: the data goes on after a hole.',
  square: 'Square: the counter moves again after it stood still.',
} as const;

/** Where a counter began anew, where its data goes on after a hole, and where it moves again. */
export function marksOf(
  found: readonly { readonly line: Line; readonly total: Total }[],
  axis: 'date' | 'age',
): LineMark[] {
  if (axis === 'age') return [];
  return found
    .slice(0, MOST_COLOURED)
    .flatMap(({ line, total: { points, resets, stills } }, index): LineMark[] => {
      const anew = resets.map(({ day, to }) => mark(index, 'diamond', dayMs(day), to));
      const moving = stills.flatMap(({ to }) => {
        const next = points.find(({ day }) => day > to);
        return next ? [mark(index, 'square', dayMs(next.day), next.value)] : [];
      });
      const taken = new Set([...anew, ...moving].map(({ x }) => x));
      const resumed = line.parts
        .slice(1)
        .flatMap(([first]) =>
          first && !taken.has(first.x) ? [mark(index, 'circle', first.x, first.y)] : [],
        );
      return [...anew, ...moving, ...resumed];
    })
    .slice(0, MOST_MARKS);
}

/** Where what came in a period is known again after a hole, or after a new count. */
export function gainMarksOf(
  found: readonly { readonly line: Line; readonly total: Total }[],
  axis: 'date' | 'age',
): LineMark[] {
  if (axis === 'age') return [];
  return found
    .slice(0, MOST_COLOURED)
    .flatMap(({ line: { parts }, total: { resets } }, index) =>
      parts.slice(1).flatMap(([first], at): LineMark[] => {
        const before = parts[at]?.at(-1)?.x ?? 0;
        if (!first) return [];
        const isAnew = resets.some(({ day }) => before < dayMs(day) && dayMs(day) < first.x);
        return [mark(index, isAnew ? 'diamond' : 'circle', first.x, first.y)];
      }),
    )
    .slice(0, MOST_MARKS);
}

function mark(line: number, shape: LineMark['shape'], x: number, y: number): LineMark {
  return { line, shape, x, y };
}

export function marksSmallPrint(marks: readonly LineMark[]): string[] {
  const shapes = ['diamond', 'circle', 'square'] as const;
  return shapes
    .filter((shape) => marks.some((mark) => mark.shape === shape))
    .map((shape) => MEANING[shape]);
}

import type { PanelLayer } from '../chart/page.ts';
import { boxesAt, pixels } from '../chart/pixels.ts';
import { type Look, PROVISIONAL, SIZE } from '../theme.ts';
import type { State } from './judge.ts';
import type { DayMark } from './standings.ts';

/** Where the strips of days begin, in pixels. */
export const STRIPS = 312;
export const STRIP_HEIGHT = 20;
const AIR = 2;
const SHAPE = 130;

const SHAPES: Readonly<Record<State, string>> = {
  good: 'circle',
  late: 'triangle-up',
  bad: 'square',
  loading: 'diamond',
  off: 'cross',
};

export interface Shape {
  readonly state: State;
  readonly x: number;
  readonly y: number;
}

export function shapeLayer(found: readonly Shape[], look: Look): PanelLayer[] {
  if (found.length === 0) return [];
  const values = found.map(({ state, x, y }) => {
    return { x, y, shape: SHAPES[state], color: colourOf(state, look) };
  });
  return [
    {
      data: { values },
      mark: { type: 'point', filled: true, opacity: 1, size: SHAPE },
      encoding: {
        x: pixels('x'),
        y: pixels('y'),
        shape: { field: 'shape', type: 'nominal', scale: null },
        color: { field: 'color', type: 'nominal', scale: null },
      },
    },
  ];
}

function colourOf(state: State, { states, series, muted, ink }: Look): string {
  if (state === 'loading') return series[0] ?? ink;
  return state === 'off' ? muted : states[state];
}

export interface Cell {
  readonly mark: DayMark;
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
}

export function stripOf(days: readonly (DayMark | undefined)[], top: number): Cell[] {
  const wide = (SIZE.width - STRIPS) / Math.max(1, days.length);
  return days.flatMap((mark, index): Cell[] => {
    if (!mark) return [];
    const x = STRIPS + index * wide;
    return [cellAt(mark, x, x + wide - AIR, top)];
  });
}

/** A quiet day is a line on the ground, so that it is told from a missing one. */
export function cellAt(mark: DayMark, x: number, x2: number, top: number): Cell {
  const y2 = top + STRIP_HEIGHT;
  return { mark, x, x2, y: mark === 'quiet' ? y2 - 3 : top, y2 };
}

export function cellLayers(found: readonly Cell[], look: Look): PanelLayer[] {
  const color = look.series[0] ?? look.ink;
  const of = (...marks: DayMark[]) => found.filter(({ mark }) => marks.includes(mark));
  return [
    ...boxesAt(of('full', 'quiet'), { color }),
    ...boxesAt(of('open'), { color, opacity: PROVISIONAL.opacity }),
    ...boxesAt(of('missing'), { filled: false, stroke: look.states.bad, strokeWidth: 1.5 }),
  ];
}

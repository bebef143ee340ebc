import type { PanelLayer } from './page.ts';

/** A channel whose values are pixels from the top left of the panel. */
export function pixels(field: string) {
  return { field, type: 'quantitative', scale: null, axis: null } as const;
}

export interface PlacedText {
  readonly x: number;
  /** The middle of the line. */
  readonly y: number;
  readonly text: string;
}

/** No layer at all where there is nothing to write. */
export function textsAt(
  values: readonly PlacedText[],
  mark: Readonly<Record<string, unknown>>,
): PanelLayer[] {
  const shown = values.filter(({ text }) => text !== '');
  if (shown.length === 0) return [];
  return [
    {
      data: { values: shown },
      mark: { type: 'text', align: 'left', baseline: 'middle', ...mark },
      encoding: { x: pixels('x'), y: pixels('y'), text: { field: 'text' } },
    },
  ];
}

/** Its corners. */
interface PlacedBox {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
}

export function boxesAt(
  values: readonly PlacedBox[],
  mark: Readonly<Record<string, unknown>>,
): PanelLayer[] {
  if (values.length === 0) return [];
  return [
    {
      data: { values: [...values] },
      mark: { type: 'rect', ...mark },
      encoding: { x: pixels('x'), x2: { field: 'x2' }, y: pixels('y'), y2: { field: 'y2' } },
    },
  ];
}

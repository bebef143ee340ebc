import type { Panel, PanelLayer } from '../chart/page.ts';
import { type PlacedText, textsAt } from '../chart/pixels.ts';
import { oneLine, shorten, textWidth } from '../chart/text.ts';
import { type Look, SIZE } from '../theme.ts';
import {
  type Cell,
  cellAt,
  cellLayers,
  type Shape,
  STRIP_HEIGHT,
  STRIPS,
  shapeLayer,
  stripOf,
} from './board-marks.ts';
import type { State } from './judge.ts';
import type { BoardRow } from './rows.ts';
import type { DayMark } from './standings.ts';

interface Board {
  readonly look: Look;
  readonly rows: readonly BoardRow[];
  /** What stands over the first and the last day of the strips; absent without strips. */
  readonly ends?: readonly [string, string];
  /** What the states are called. */
  readonly words: Readonly<Record<State, string>>;
}

/** In pixels: the height of each kind of row. */
const HEIGHT = { group: 42, item: 48, more: 30 } as const;
const LEGEND = 26;
/** Where names begin. */
const NAMES = 22;
const SMALL = 15;

const STATE_ORDER: readonly State[] = ['good', 'late', 'bad', 'loading', 'off'];

/** A row a subject: its state as a shape and a colour, a few words, and its last days as a strip. */
export function boardPanel({ look, rows, ends, words }: Board): Panel {
  const placed = place(rows);
  const last = placed.at(-1);
  const bottom = last ? last.top + HEIGHT[last.row.kind] : 0;
  const strips = placed.flatMap(({ row, top }) =>
    row.kind === 'item' ? stripOf(row.days, top + 8) : [],
  );
  const legend = legendOf({ look, rows, words }, strips, bottom + 14);
  return {
    width: SIZE.width,
    height: bottom + 14 + legend.lines * LEGEND,
    layer: [
      ...texts(look, placed, ends),
      ...shapeLayer(
        placed.flatMap(({ row, top }) =>
          row.kind === 'item' ? [{ state: row.state, x: 7, y: top + 15 }] : [],
        ),
        look,
      ),
      ...cellLayers(strips, look),
      ...legend.layers,
    ],
  };
}

interface Placed {
  readonly row: BoardRow;
  readonly top: number;
}

function place(rows: readonly BoardRow[]): Placed[] {
  let top = 0;
  return rows.map((row) => {
    const placed = { row, top };
    top += HEIGHT[row.kind];
    return placed;
  });
}

function texts(look: Look, placed: readonly Placed[], ends: Board['ends']): PanelLayer[] {
  const strong: PlacedText[] = [];
  const plain: PlacedText[] = [];
  for (const { row, top } of placed) {
    if (row.kind === 'group') {
      const after = textWidth(row.name, SIZE.label) + 10;
      const room = (ends ? STRIPS - 14 : SIZE.width) - after;
      strong.push({ x: 0, y: top + 25, text: row.name });
      plain.push({ x: after, y: top + 25, text: shorten(row.detail, SMALL, room, 'end') });
    } else if (row.kind === 'item') {
      const room = (row.days.some(Boolean) ? STRIPS - 14 : SIZE.width) - NAMES;
      strong.push({ x: NAMES, y: top + 14, text: fitted(oneLine(row.name), room) });
      plain.push({ x: NAMES, y: top + 34, text: shorten(oneLine(row.detail), SMALL, room, 'end') });
    } else {
      plain.push({ x: NAMES, y: top + 13, text: row.detail });
    }
  }
  const small = { fontSize: SMALL, fontWeight: 400, color: look.muted };
  const [first = '', last = ''] = ends ?? [];
  return [
    ...textsAt(strong, { fontWeight: 600 }),
    ...textsAt([...plain, { x: STRIPS, y: 25, text: first }], small),
    ...textsAt([{ x: SIZE.width, y: 25, text: last }], { ...small, align: 'right' }),
  ];
}

/** A name that is too long loses its owner first. */
function fitted(name: string, room: number): string {
  const isLong = textWidth(name, SIZE.label) > room;
  const shown = isLong ? name.slice(name.lastIndexOf('/') + 1) : name;
  return shorten(shown, SIZE.label, room);
}

const DAY_WORDS: Readonly<Record<DayMark, string>> = {
  full: 'a day with data',
  open: 'not final yet',
  missing: 'missing',
  quiet: 'quiet',
};

/** The shapes and the cells that are on the board, with what they mean. */
function legendOf(
  { look, rows, words }: Omit<Board, 'ends'>,
  strips: readonly Cell[],
  top: number,
): { readonly layers: PanelLayer[]; readonly lines: number } {
  const states = STATE_ORDER.filter((state) =>
    rows.some((row) => row.kind === 'item' && row.state === state),
  );
  const marks = (['full', 'open', 'missing', 'quiet'] as const).filter((mark) =>
    strips.some((cell) => cell.mark === mark),
  );
  const y = top + LEGEND / 2;
  const labels: PlacedText[] = [];
  const found: Shape[] = [];
  let x = 0;
  for (const state of states) {
    found.push({ state, x: x + 7, y });
    labels.push({ x: x + NAMES, y, text: words[state] });
    x += NAMES + textWidth(words[state], SMALL) + 18;
  }
  const keys: Cell[] = [];
  x = 0;
  for (const mark of marks) {
    const cell = cellAt(mark, x + 3, x + 11, y + LEGEND - STRIP_HEIGHT / 2);
    keys.push(cell);
    labels.push({ x: x + NAMES, y: y + LEGEND, text: DAY_WORDS[mark] });
    x += NAMES + textWidth(DAY_WORDS[mark], SMALL) + 18;
  }
  return {
    layers: [
      ...shapeLayer(found, look),
      ...cellLayers(keys, look),
      ...textsAt(labels, { fontSize: SMALL, fontWeight: 400, color: look.muted }),
    ],
    lines: marks.length > 0 ? 2 : 1,
  };
}

import { type Look, SIZE } from '../theme.ts';
import type { Panel } from './page.ts';
import { pixels } from './pixels.ts';
import { oneLine, shorten, textWidth } from './text.ts';

interface RankRow {
  /** Shown instead of the name where the machine has no font for it. */
  readonly id: string;
  readonly name: string;
  readonly value: number;
  /** What stands at the end of the bar. */
  readonly label: string;
  /** What stands in the last column; may be empty. */
  readonly change: string;
}

const ROW = 34;
const BAR = 22;
const MOST_NAME = 210;
const GAP = 12;

/** Horizontal bars, the first on top, with names before and values behind them. */
export function rankPanel(look: Look, rows: readonly RankRow[]): Panel {
  const names = rows.map(({ name }) => shorten(oneLine(name), SIZE.label, MOST_NAME, 'end'));
  const widest = (texts: readonly string[]) =>
    Math.max(...texts.map((text) => textWidth(text, SIZE.label)));
  const barsAt = Math.ceil(widest(names)) + GAP;
  const changeWidth = Math.ceil(widest(rows.map(({ change }) => change)));
  const labelWidth = Math.ceil(widest(rows.map(({ label }) => label)));
  const longest = SIZE.width - barsAt - labelWidth - changeWidth - 2 * GAP;
  const most = Math.max(...rows.map(({ value }) => value));
  const values = rows.map(({ id, value, label, change }, index) => {
    const end = barsAt + Math.max(2, (value / most) * longest);
    const y = (index + 0.5) * ROW;
    return {
      id,
      name: names[index] ?? id,
      label,
      change,
      y,
      top: y - BAR / 2,
      bottom: y + BAR / 2,
      end,
    };
  });
  return {
    width: SIZE.width,
    height: rows.length * ROW,
    data: { values },
    encoding: { y: pixels('y') },
    layer: [
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', fontWeight: 600 },
        encoding: { x: { value: 0 }, text: { field: 'name' } },
      },
      {
        mark: { type: 'rect', color: look.series[0] ?? look.ink, cornerRadius: 2 },
        encoding: {
          x: { value: barsAt },
          x2: pixels('end'),
          y: pixels('top'),
          y2: { field: 'bottom' },
        },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: 8, fontWeight: 400 },
        encoding: { x: pixels('end'), text: { field: 'label' } },
      },
      {
        mark: {
          type: 'text',
          align: 'right',
          baseline: 'middle',
          fontWeight: 400,
          color: look.muted,
        },
        encoding: { x: { value: SIZE.width }, text: { field: 'change' } },
      },
    ],
  };
}

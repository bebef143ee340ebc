import type { Panel as Plot } from '../chart/page.ts';
import { textsAt } from '../chart/pixels.ts';
import { type Look, SIZE } from '../theme.ts';
import { type Calendar, periodName } from './calendar.ts';
import { columnsOf, PLOT, unknownPeriods } from './columns.ts';
import { onlyReason } from './holes.ts';
import { legendOf } from './legend.ts';
import { isBehind } from './panels.ts';
import type { Summary } from './read.ts';
import { BESIDE, NUMBER, wordsOf } from './row-words.ts';

/** In pixels: the height of a row, and of the line with its first and last period. */
const ROW = 126;
const ENDS = 26;

/** A row a measure: its number in words, and its periods as columns over the usual range. */
export function multiplesPanel({ panels, calendar }: Summary, look: Look): Plot {
  const rows = panels.map((panel, at) => ({ panel, top: at * ROW }));
  const words = rows.map(({ panel, top }) => wordsOf(panel, calendar, top));
  const columns = rows.map(({ panel, top }) => columnsOf(panel, calendar, top + 6, look));
  const bottom = rows.length * ROW;
  const hasHoles = panels.some((panel) => unknownPeriods(panel, calendar).length > 0);
  const reason = hasHoles ? onlyReason(panels, calendar) : undefined;
  const [usualOf] = panels
    .flatMap(({ verdict }) => verdict?.usual?.periods ?? [])
    .toSorted((a, b) => a - b);
  const hasBehind = panels.some((panel) => isBehind(panel, calendar));
  const legend = legendOf(
    { calendar, look, hasHoles, reason, usualOf, hasBehind },
    bottom + ENDS + 8,
  );
  const plain = { fontWeight: 400, color: look.muted };
  return {
    width: SIZE.width,
    height: legend.bottom,
    layer: [
      ...columns.flat(),
      ...textsAt(
        words.map(({ title }) => title),
        { fontWeight: 600 },
      ),
      ...textsAt(
        words.map(({ number }) => number),
        { fontSize: NUMBER, fontWeight: 700 },
      ),
      ...textsAt(
        words.map(({ change }) => change),
        { fontSize: BESIDE, fontWeight: 600 },
      ),
      ...textsAt(
        words.flatMap(({ plain }) => plain),
        plain,
      ),
      ...endsOf(calendar, bottom + ENDS / 2 - 8, plain),
      ...legend.layers,
    ],
  };
}

function endsOf(calendar: Calendar, y: number, mark: Readonly<Record<string, unknown>>) {
  const first = calendar.spans[0] ?? calendar.span;
  return [
    ...textsAt([{ x: PLOT.left, y, text: periodName(first.start, calendar) }], mark),
    ...textsAt([{ x: PLOT.right, y, text: periodName(calendar.span.start, calendar) }], {
      ...mark,
      align: 'right',
    }),
  ];
}

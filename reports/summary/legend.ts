import type { PanelLayer } from '../chart/page.ts';
import { boxesAt, type PlacedText, textsAt } from '../chart/pixels.ts';
import { textWidth } from '../chart/text.ts';
import { type Look, SIZE } from '../theme.ts';
import { type Calendar, EARLIER, periodTitle, periodWord } from './calendar.ts';
import { BAND } from './columns.ts';

const SMALL = 15;
const LINE = 24;
const SWATCH = 11;
const AFTER = 18;

interface Legend {
  readonly calendar: Calendar;
  readonly look: Look;
  readonly hasHoles: boolean;
  /** Why, where all holes have one reason. */
  readonly reason: string | undefined;
  /** How many periods the usual ranges are made of, the fewest; undefined where there is none. */
  readonly usualOf: number | undefined;
  /** Whether a row is of an earlier period. */
  readonly hasBehind: boolean;
}

/** What the colours mean, in as many lines as it takes from `top` on. */
export function legendOf(
  { calendar, look, hasHoles, reason, usualOf, hasBehind }: Legend,
  top: number,
): { readonly layers: PanelLayer[]; readonly bottom: number } {
  // Of a day the rows can be of several weekdays.
  const areMixed = hasBehind && calendar.cadence === 'daily';
  const word = areMixed ? 'day' : periodWord(calendar);
  const color = look.series[0] ?? look.ink;
  const entries = [
    { text: hasBehind ? `the ${word} shown` : lastName(calendar), fill: { color } },
    { text: areMixed ? 'a week before' : `the ${word} before`, fill: { color: look.muted } },
    ...(usualOf !== undefined
      ? [
          {
            text: `usual: 10–90% of ${usualOf < EARLIER ? 'up to ' : ''}${EARLIER} ${areMixed ? 'week' : word}s before`,
            fill: { color, opacity: BAND },
          },
        ]
      : []),
    ...(hasHoles ? [{ text: `not known${reason ? `: ${reason}` : ''}`, fill: undefined }] : []),
  ];
  const layers: PanelLayer[] = [];
  const texts: PlacedText[] = [];
  let [x, y] = [0, top];
  for (const { text, fill } of entries) {
    const width = SWATCH + 7 + textWidth(text, SMALL);
    if (x > 0 && x + width > SIZE.width) [x, y] = [0, y + LINE];
    const middle = y + LINE / 2;
    if (fill) {
      const [from, to] = [middle - SWATCH / 2, middle + SWATCH / 2];
      layers.push(...boxesAt([{ x, x2: x + SWATCH, y: from, y2: to }], fill));
    } else {
      texts.push({ x: x + 1, y: middle, text: '?' });
    }
    texts.push({ x: x + SWATCH + 7, y: middle, text });
    x += width + AFTER;
  }
  const mark = { fontSize: SMALL, fontWeight: 400, color: look.muted };
  return { layers: [...layers, ...textsAt(texts, mark)], bottom: y + LINE };
}

/** `last week`, `yesterday`; the days themselves when it is longer ago. */
function lastName(calendar: Calendar): string {
  const [first = '', rest] = periodTitle(calendar).split(/, (.*)/);
  if (/^(Last|Yesterday)/.test(first)) return first.toLowerCase();
  return rest ?? first.replace(/^Week/, 'week');
}

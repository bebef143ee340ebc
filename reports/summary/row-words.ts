import { LEAST_PERCENT } from '../change.ts';
import type { PlacedText } from '../chart/pixels.ts';
import { oneLine, shorten, textWidth } from '../chart/text.ts';
import type { Verdict } from '../judge.ts';
import { SIZE } from '../theme.ts';
import { count, plural, signed, signedPercent } from '../words.ts';
import { type Calendar, periodName, periodWord } from './calendar.ts';
import { isHoled, PLOT } from './columns.ts';
import { holesOf, shortReason } from './holes.ts';
import { measures } from './measures.ts';
import { brief, type NumberStyle, rangeText, styleOf } from './numbers.ts';
import { isBehind, type Panel } from './panels.ts';
import { standingText } from './standing.ts';

/** The number that is to be read first, and what stands beside it, in pixels. */
export const NUMBER = 34;
export const BESIDE = 20;
const GAP = 10;
/** What the words of a row may take. */
const ROOM = PLOT.left - 14;

interface RowWords {
  readonly title: PlacedText;
  readonly number: PlacedText;
  readonly change: PlacedText;
  readonly plain: readonly PlacedText[];
}

/** What stands beside the columns of a measure. */
export function wordsOf(panel: Panel, calendar: Calendar, top: number): RowWords {
  const { measure, sum, verdict } = panel;
  const { title } = measures[measure];
  const detail = shorten(
    oneLine(detailOf(panel)),
    SIZE.label,
    ROOM - textWidth(`${title}, `, SIZE.label),
    'middle',
  );
  const before = sum.values.at(-2) ?? null;
  const change = verdict ? changeText(verdict, calendar) : '';
  const style = styleOf(
    verdict?.value,
    [before ?? undefined, verdict?.usual?.low, verdict?.usual?.high],
    { fontSize: NUMBER, room: ROOM - textWidth(change, BESIDE) - GAP },
  );
  const number = verdict ? style(verdict.value) : '';
  const numberY = top + 46;
  const at = (y: number, text: string): PlacedText => ({ x: 0, y: top + y, text });
  const below = verdict ? usualLine(panel, verdict, style) : reasonIn(panel);
  return {
    title: at(12, title),
    number: { x: 0, y: numberY, text: number },
    change: verdict
      ? { x: textWidth(number, NUMBER) + GAP, y: numberY + 5, text: change }
      : { x: 0, y: numberY, text: isLate(panel) ? 'not in yet' : 'not known' },
    plain: [
      { x: textWidth(`${title} `, SIZE.label) + 3, y: top + 12, text: detail },
      ...[rivalText(panel, calendar, style), below]
        .filter((text) => text !== '')
        .map((text, line) => at(78 + 21 * line, shorten(text, SIZE.label, ROOM, 'end'))),
    ],
  };
}

/** `week of 9 Nov`, `Oct 2026`: of what is reported for an earlier period. */
function nameOf(calendar: Calendar): string {
  const name = periodName(calendar.span.start, calendar);
  return calendar.cadence === 'weekly' ? `week of ${name}` : name;
}

/**
 * `marquez`, `3 repositories`, `1 of 2 images`, `42 people`; `2 packages` as well of two that are told
 * as one.
 */
function detailOf({ measure, histories, sum, people, verdict }: Panel): string {
  const { subjects } = measures[measure];
  if (!subjects) return verdict && people !== undefined ? plural(people, 'person', 'people') : '';
  const [only, ...others] = histories;
  const isOne = only && others.length === 0 && (only.subjects ?? 1) === 1;
  if (isOne) return only.name;
  const left = sum.young.length + sum.unknown.length;
  if (left === 0) return plural(sum.subjects, ...subjects);
  return `${count(sum.subjects)} of ${plural(sum.subjects + left, ...subjects)}`;
}

/** Why a number is not there: that of the first subject, where several lack it. */
function reasonIn({ histories }: Panel): string {
  const lack = histories.find((one) => one.lack)?.lack;
  return lack ? shortReason(lack) : '';
}

/** The one before, or why it is not known. */
function rivalText(panel: Panel, calendar: Calendar, style: NumberStyle): string {
  const { sum, verdict } = panel;
  const before = sum.values.at(-2) ?? null;
  if (isBehind(panel, calendar)) {
    const name = nameOf(panel.calendar);
    // The column shows the number as well.
    return fitting([...(before === null ? [] : [`${name}, ${style(before)} before`]), name]);
  }
  if (before !== null) return `${style(before)} the ${periodWord(calendar)} before`;
  const [hole] = verdict ? holesOf(panel) : [];
  return hole && hole.span === calendar.spans.at(-2) ? `? ${shortReason(hole.lack)}` : '';
}

function isLate({ histories }: Panel): boolean {
  return histories.every(({ lack }) => lack?.reason === 'late');
}

/** `+12%`; of months, which differ in length, `+12% a day`; of small numbers `+2`. */
export function changeText({ value, before, change }: Verdict, { cadence }: Calendar): string {
  if (before === null) return '';
  if (change === undefined || Math.min(before, value) < LEAST_PERCENT)
    return value === before ? '' : signed(value - before);
  if (change > 9) return `×${count(1 + change)}`;
  const share = Math.abs(change) < 0.005 ? '±0%' : signedPercent(change);
  return cadence === 'monthly' ? `${share} a day` : share;
}

/** With numbers in short where they do not fit. */
function usualLine(panel: Panel, verdict: Verdict, style: NumberStyle): string {
  if (!verdict.usual) {
    return isHoled(panel)
      ? `too many ${periodWord(panel.calendar)}s are missing`
      : 'too early for a usual range';
  }
  return fitting(
    [style, brief].map((style) => standingText(panel, (low, high) => rangeText(low, high, style))),
  );
}

/** The first that fits beside the columns, or the last. */
function fitting(lines: readonly string[]): string {
  return lines.find((line) => textWidth(line, SIZE.label) <= ROOM) ?? lines.at(-1) ?? '';
}

import type { Day } from '../../db/days.ts';
import type { Panel as Plot } from '../chart/page.ts';
import { type PlacedText, textsAt } from '../chart/pixels.ts';
import { oneLine, shorten, textWidth } from '../chart/text.ts';
import { offInShort } from '../deaf.ts';
import type { Verdict } from '../judge.ts';
import { type Look, SIZE } from '../theme.ts';
import { count, dayName, percent, plural, signed } from '../words.ts';
import { type Calendar, periodName, periodWord } from './calendar.ts';
import { LEAST_PERCENT } from './change-words.ts';
import { isNews } from './changes.ts';
import { columnsOf, holesIn, PLOT } from './columns.ts';
import type { Lack, MeasureName } from './history.ts';
import { legendOf } from './legend.ts';
import { measures } from './measures.ts';
import { inRoom, rangeText } from './numbers.ts';
import { isBehind, type Panel, valuesOn } from './panels.ts';
import type { Summary } from './read.ts';

/** In pixels: the height of a row, and of the line with its first and last period. */
const ROW = 126;
const ENDS = 26;
/** The number that is to be read first, and what stands beside it. */
const NUMBER = 34;
const BESIDE = 20;
const GAP = 10;
/** What the words of a row may take. */
const ROOM = PLOT.left - 14;

/** A row a measure: its number in words, and its periods as columns over the usual range. */
export function multiplesPanel({ panels, calendar }: Summary, look: Look): Plot {
  const rows = panels.map((panel, at) => ({ panel, top: at * ROW }));
  const words = rows.map(({ panel, top }) => wordsOf(panel, calendar, top));
  const columns = rows.map(({ panel, top }) => columnsOf(panel, calendar, top + 6, look));
  const bottom = rows.length * ROW;
  const hasHoles = panels.some((panel) => holesIn(valuesOn(panel, calendar)).length > 0);
  const hasUsual = panels.some(({ verdict }) => verdict?.usual);
  const hasBehind = panels.some((panel) => isBehind(panel, calendar));
  const legend = legendOf({ calendar, look, hasHoles, hasUsual, hasBehind }, bottom + ENDS + 8);
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

interface RowWords {
  readonly title: PlacedText;
  readonly number: PlacedText;
  readonly change: PlacedText;
  readonly plain: readonly PlacedText[];
}

function wordsOf(panel: Panel, calendar: Calendar, top: number): RowWords {
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
  const room = ROOM - textWidth(change, BESIDE) - GAP;
  const number = verdict ? inRoom(verdict.value, NUMBER, room) : '';
  const numberY = top + 46;
  const at = (y: number, text: string): PlacedText => ({ x: 0, y: top + y, text });
  const rival =
    before === null ? '' : `${inRoom(before, SIZE.label, 70)} the ${periodWord(calendar)} before`;
  const behind = `${nameOf(panel.calendar)}${before === null ? '' : `, ${inRoom(before, SIZE.label, 70)} before`}`;
  const below = verdict ? usualLine(measure, verdict) : reasonIn(panel);
  return {
    title: at(12, title),
    number: { x: 0, y: numberY, text: number },
    change: verdict
      ? { x: textWidth(number, NUMBER) + GAP, y: numberY + 5, text: change }
      : { x: 0, y: numberY, text: isLate(panel) ? 'not in yet' : 'not known' },
    plain: [
      { x: textWidth(`${title} `, SIZE.label) + 3, y: top + 12, text: detail },
      ...[isBehind(panel, calendar) ? behind : rival, below]
        .filter((text) => text !== '')
        .map((text, line) => at(78 + 21 * line, shorten(text, SIZE.label, ROOM, 'end'))),
    ],
  };
}

/** `week of 9 Nov`, `Oct 2026`: of what is not told for the last period. */
function nameOf(calendar: Calendar): string {
  const name = periodName(calendar.span.start, calendar);
  return calendar.cadence === 'weekly' ? `week of ${name}` : name;
}

/** `marquez`, `3 repositories`, `42 people`. */
function detailOf({ measure, histories, sum, people, verdict }: Panel): string {
  const { subjects } = measures[measure];
  if (!subjects) return verdict && people !== undefined ? plural(people, 'person', 'people') : '';
  return histories.length === 1 ? (histories[0]?.name ?? '') : plural(sum.subjects, ...subjects);
}

/** Why a number is not there: that of the first subject, where several lack it. */
function reasonIn({ histories }: Panel): string {
  const lack = histories.find((one) => one.lack)?.lack;
  if (!lack) return '';
  const { reason, day, days = [day] } = lack;
  return reason === 'off' ? offInShort(days, shortDay) : REASONS[reason](shortDay(day));
}

const shortDay = (day: Day): string => dayName(day).replace(/ \d+$/, '');

/** The reasons as they fit beside the columns. */
const REASONS: Readonly<Record<Exclude<Lack['reason'], 'off'>, (day: string) => string>> = {
  late: (day) => `the data ends on ${day}`,
  young: (day) => `the data begins on ${day}`,
  anew: (day) => `counter anew on ${day}`,
  still: (day) => `counter still from ${day} on`,
  hole: (day) => `days missing from ${day} on`,
};

function isLate({ histories }: Panel): boolean {
  return histories.every(({ lack }) => lack?.reason === 'late');
}

/** `+12%`; of months, which differ in length, `+12% a day`; of small numbers `+2`. */
function changeText({ value, before, change }: Verdict, { cadence }: Calendar): string {
  if (before === null) return '';
  if (change === undefined || before < LEAST_PERCENT)
    return value === before ? '' : signed(value - before);
  if (change > 9) return `×${count(1 + change)}`;
  const sign = change > 0 ? '+' : '−';
  const share = Math.abs(change) < 0.005 ? '±0%' : `${sign}${percent(Math.abs(change))}`;
  return cadence === 'monthly' ? `${share} a day` : share;
}

function usualLine(measure: MeasureName, verdict: Verdict): string {
  const { value, usual } = verdict;
  if (!usual) return 'too early for a usual range';
  const { low, high } = usual;
  const range = rangeText(low, high);
  // Outside and no news: it is where a trend leads, or others have been outside as well.
  if (!isNews(measure, verdict)) {
    return `${value < low || value > high ? 'mostly' : 'usually'} ${range}`;
  }
  return `${value > high ? 'above' : 'below'} usual, ${range}`;
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

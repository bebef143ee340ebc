import {
  addDays,
  type Day,
  isDay,
  monthStart,
  monthsBefore,
  nextPeriod,
  periodStart,
} from '../db/days.ts';
import { InputError } from '../db/input-error.ts';
import { dayName } from '../reports/words.ts';
import { shortened } from './shortened.ts';

/** A stretch of whole days, both ends included; without `from` it begins with the data. */
export interface Range {
  readonly from?: Day;
  readonly to: Day;
}

const EXAMPLES =
  '30d, 12w, 6m, 2024-01-01..2024-06-30, november 2025, this month, last week or all';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A century: more is a slip of the finger, and would leave the calendar's four-digit years. */
const MAX_DAYS = 36_600;

/** So many words may be one range: `since november 2025`, `last 30 days`. */
export const MOST_WORDS = 3;

/**
 * Reads one word (or more, as in `last week`) as a range of UTC days; undefined when it is something
 * else. Lengths reach back from today, which is provisional: `30d` is the thirty days before today,
 * and today; `6m` begins on the same day of the month six months ago. A chart of weeks or months draws
 * the first one whole.
 */
export function parseRange(words: string, today: Day): Range | undefined {
  const [, since] = /^since (.+)$/i.exec(words) ?? [];
  if (since !== undefined) {
    const from = parseRange(since, today)?.from;
    return from === undefined ? undefined : { from, to: today };
  }
  const text = words
    .toLowerCase()
    .split('..')
    .map((end) => monthIn(end, today) ?? end)
    .join('..');
  if (text === 'all') return { to: today };
  if (text === 'today') return { from: today, to: today };
  if (text === 'yesterday') return { from: addDays(today, -1), to: addDays(today, -1) };
  return length(text, today) ?? named(text, today) ?? calendar(text, today);
}

/** So many whole days, and today. */
export function lastDays(days: number, today: Day): Range {
  return { from: addDays(today, -days), to: today };
}

function length(text: string, today: Day): Range | undefined {
  if (/^(?:last )?\d+(?:h| ?hours?)$/.test(text)) {
    throw new InputError(`“${shortened(text)}” is not of whole days: take ${EXAMPLES}.`);
  }
  const match = /^(?:last )?(\d+)(?:([dwmy])|(?: ?)(day|week|month|year)s?)$/.exec(text);
  if (!match) return undefined;
  const count = Number(match[1]);
  const unit = (match[2] ?? match[3]?.charAt(0)) as 'd' | 'w' | 'm' | 'y';
  const days = count * { d: 1, w: 7, m: 31, y: 366 }[unit];
  if (count === 0)
    throw new InputError(`“${shortened(text)}” is no time at all: take ${EXAMPLES}.`);
  if (days > MAX_DAYS) {
    throw new InputError(
      `“${shortened(text)}” is too long a range: a hundred years (100y) is the most. Take ${EXAMPLES}.`,
    );
  }
  if (unit === 'd' || unit === 'w') return lastDays(days, today);
  return { from: monthsBack(today, unit === 'y' ? 12 * count : count), to: today };
}

/** The same day of an earlier month, or the last one of a month that is shorter. */
function monthsBack(day: Day, months: number): Day {
  const start = monthsBefore(monthStart(day), months);
  const end = addDays(nextPeriod(start, 'monthly'), -1);
  const same = `${start.slice(0, 7)}${day.slice(7)}`;
  return same > end ? end : same;
}

/**
 * `2025-11` of `november 2025`; without a year, of the last November that has begun. Short names
 * have a year behind them: alone, they may as well be the beginning of a project's.
 */
function monthIn(text: string, today: Day): string | undefined {
  const [, name = '', year] = /^([a-z]{3,9})(?: (\d{4}))?$/.exec(text) ?? [];
  const at = MONTHS.findIndex(
    (month) => month === name || (year !== undefined && month.startsWith(name)),
  );
  if (at < 0) return undefined;
  const number = String(at + 1).padStart(2, '0');
  const isAhead = number > today.slice(5, 7);
  return `${year ?? Number(today.slice(0, 4)) - (isAhead ? 1 : 0)}-${number}`;
}

/** Whether two words are a day and its month, as in `1 november` or `nov 25th`. */
export function isDayInWords(one: string, other: string): boolean {
  const isDayNumber = (word: string) => /^\d{1,2}(?:st|nd|rd|th)?$/i.test(word);
  const isMonth = (word: string) =>
    word.length > 2 && MONTHS.some((month) => month.startsWith(word.toLowerCase()));
  return (isDayNumber(one) && isMonth(other)) || (isMonth(one) && isDayNumber(other));
}

function named(text: string, today: Day): Range | undefined {
  const match = /^(this|last) (week|month|quarter|year)$/.exec(text);
  if (!match) return undefined;
  const start = startOf(match[2] as string, today);
  if (match[1] === 'this') return { from: start, to: today };
  const end = addDays(start, -1);
  return { from: startOf(match[2] as string, end), to: end };
}

function startOf(unit: string, day: Day): Day {
  if (unit === 'week') return periodStart(day, 'weekly');
  if (unit === 'month') return monthStart(day);
  if (unit === 'year') return `${day.slice(0, 4)}-01-01`;
  return monthsBefore(monthStart(day), (Number(day.slice(5, 7)) - 1) % 3);
}

function calendar(text: string, today: Day): Range | undefined {
  const ends = text.split('..');
  const isDated = /^[\d-]*(\.\.[\d-]*)?$/.test(text) && /\d{4}-?|\.\./.test(text);
  if (!isDated || ends.length > 2) return undefined;
  const [first = '', second = first] = ends;
  if (first === '' && second === '') return undefined;
  const from = first === '' ? undefined : dated(first).from;
  const to = second === '' ? today : dated(second).to;
  if (from !== undefined && from > today) {
    throw new InputError(
      `The range “${shortened(text)}” lies in the future: today is ${dayName(today)}.`,
    );
  }
  if (from !== undefined && from > to) {
    throw new InputError(
      `The range “${shortened(text)}” ends before it begins: put the earlier day first.`,
    );
  }
  const end = to > today ? today : to;
  return from === undefined ? { to: end } : { from, to: end };
}

/** The days that `2024`, `2024-05` or `2024-05-17` stands for. */
function dated(text: string): { from: Day; to: Day } {
  if (/^\d{4}$/.test(text) && isDay(`${text}-01-01`)) {
    return { from: `${text}-01-01`, to: `${text}-12-31` };
  }
  if (/^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`)) {
    return { from: `${text}-01`, to: addDays(nextPeriod(`${text}-01`, 'monthly'), -1) };
  }
  if (isDay(text)) return { from: text, to: text };
  throw new InputError(`“${shortened(text)}” is not a day I know: write it as 2024-01-31.`);
}

import { DAY_MS } from '../../db/days.ts';
import { SIZE } from '../theme.ts';
import type { Axis } from './axes.ts';
import { PERIOD_DAYS } from './periods.ts';
import { textWidth } from './text.ts';

/** Days from one mark to the next where a mark is a month. */
const MONTH = PERIOD_DAYS.monthly;

/** In less than four months, the days of some marks tell more than two or three names of months. */
const SEASON = 120 * DAY_MS;

/** Between two labels. */
const GAP = 12;

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const dayName = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/**
 * Ticks between two instants (milliseconds since the epoch), as many as fit on the `width` pixels
 * between them. Where marks stand every `unit` days, so do the ticks, counted from the last; where
 * a mark is a month, so is a tick.
 */
export function timeTicks(from: number, to: number, width: number, unit = 1): Axis {
  const toPixel = (value: number) => (to > from ? ((value - from) / (to - from)) * width : 0);
  let ticks: DateTick[] = [];
  for (ticks of candidates(from, to, unit)) if (fits(ticks, toPixel)) break;
  const table = Object.fromEntries(ticks.map(({ at, lines }) => [String(at), lines]));
  return { values: ticks.map(({ at }) => at), labelExpr: `${JSON.stringify(table)}[+datum.value]` };
}

interface DateTick {
  readonly at: number;
  readonly lines: readonly string[];
}

/** From the most ticks to the fewest. */
function* candidates(from: number, to: number, unit: number): Generator<DateTick[]> {
  const steps = to - from <= SEASON ? [1, 2, 7, 14, 21, 28] : [1, 2, 7, 14];
  for (const step of unit === MONTH ? [] : steps.filter((step) => step % unit === 0)) {
    yield labelled(dayTicks(from, to, step), 'day');
  }
  for (const step of [1, 2, 3, 6]) yield labelled(monthTicks(from, to, step, unit), 'month');
  for (const step of [1, 2, 5, 10, 20, 50, 100]) {
    yield labelled(monthTicks(from, to, 12 * step, unit), 'year');
  }
}

/** The year stands under the first month and where a new one begins; under days only if it does. */
function labelled(values: readonly number[], unit: 'day' | 'month' | 'year'): DateTick[] {
  const years = values.map((value) => String(new Date(value).getUTCFullYear()));
  const hasYears = unit === 'month' || years[0] !== years.at(-1);
  return values.map((at, index) => {
    const year = years[index] ?? '';
    if (unit === 'year') return { at, lines: [year] };
    const name = (unit === 'day' ? dayName : monthName).format(at).replace('Sept', 'Sep');
    return { at, lines: hasYears && year !== years[index - 1] ? [name, year] : [name] };
  });
}

function fits(ticks: readonly DateTick[], toPixel: (value: number) => number): boolean {
  const ends: number[] = [];
  for (const { at, lines } of ticks) {
    for (const [row, line] of lines.entries()) {
      const half = textWidth(line, SIZE.label) / 2;
      if (toPixel(at) - half < (ends[row] ?? -Infinity) + GAP) return false;
      ends[row] = toPixel(at) + half;
    }
  }
  return ticks.length > 0;
}

function dayTicks(from: number, to: number, step: number): number[] {
  // Counted back from the end: the last day is the one people look for.
  const values: number[] = [];
  for (let at = to; at >= from; at -= step * DAY_MS) values.unshift(at);
  return values;
}

/** The firsts of months; where marks are rarer than days, the first mark that a month has. */
function monthTicks(from: number, to: number, step: number, unit: number): number[] {
  const start = new Date(from);
  const months = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const values: number[] = [];
  for (let month = Math.floor(months / step) * step; ; month += step) {
    const first = Date.UTC(Math.floor(month / 12), month % 12, 1);
    const away = Math.floor((to - first) / (unit * DAY_MS)) * unit * DAY_MS;
    const at = unit === MONTH ? first : to - away;
    if (first > to) return values;
    if (at >= from) values.push(at);
  }
}

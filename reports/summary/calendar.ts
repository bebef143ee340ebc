import {
  addDays,
  type Day,
  daysBetween,
  type Granularity,
  monthStart,
  monthsBefore,
  periodStart,
} from '../../db/days.ts';
import { periodEnd } from '../counts.ts';
import { earliest } from '../extent.ts';
import { weekdayName } from '../ranges.ts';
import { LEAST_PERIODS } from '../same-set.ts';
import { dayName, monthName, shortDay, shortMonth } from '../words.ts';

/** How many periods before the reported one are read: it is shown and judged among them. */
export const EARLIER = 12;

/** Whole days, both included. */
export interface Span {
  readonly start: Day;
  readonly end: Day;
}

/** The reported period, and those that it is compared with. */
export interface Calendar {
  readonly today: Day;
  /** What day it is by the clocks of whoever reads it: that is what their "last week" hangs on. */
  readonly readOn: Day;
  readonly cadence: Granularity;
  /** Oldest first; the last one is the reported one. Days are a week apart: a Monday is no Sunday. */
  readonly spans: readonly Span[];
  readonly span: Span;
}

export function calendarOf(
  today: Day,
  to: Day,
  cadence: Granularity = 'weekly',
  readOn = today,
): Calendar {
  const yesterday = addDays(today, -1);
  const running = addDays(earliest([to, yesterday]), 1);
  const last = periodStart(addDays(periodStart(running, cadence), -1), cadence);
  const starts = [last];
  while (starts.length <= EARLIER) starts.unshift(before(starts[0] ?? last, cadence));
  const spans = starts.map((start) => ({ start, end: periodEnd(start, cadence) }));
  return { today, readOn, cadence, spans, span: { start: last, end: periodEnd(last, cadence) } };
}

function before(start: Day, cadence: Granularity): Day {
  return cadence === 'monthly' ? monthsBefore(start, 1) : addDays(start, -7);
}

/** The calendar of the period before. */
export function calendarBefore({ today, readOn, cadence, span }: Calendar): Calendar {
  return calendarOf(today, addDays(span.start, -1), cadence, readOn);
}

/** What has begun later is too new to be added to what is older. */
export function oldSince({ spans, span }: Calendar): Day {
  return spans.at(-LEAST_PERIODS)?.start ?? span.start;
}

export function lengthOf({ start, end }: Span): number {
  return daysBetween(start, end) + 1;
}

function isLast({ readOn, cadence, span }: Calendar): boolean {
  return addDays(span.end, 1) === periodStart(readOn, cadence);
}

/** `Last week, 16–22 Nov 2026`, `Week of 16–22 Nov 2026`, as a title. */
export function periodTitle(calendar: Calendar): string {
  const { cadence, span } = calendar;
  if (cadence === 'monthly')
    return `${isLast(calendar) ? 'Last month, ' : ''}${monthName(span.start)}`;
  if (cadence === 'daily') {
    const day = `${weekdayName(span.start)} ${dayName(span.start)}`;
    return isLast(calendar) ? `Yesterday, ${day}` : day;
  }
  return `${isLast(calendar) ? 'Last week,' : 'Week of'} ${weekDays(span)}`;
}

/** `16–22 Nov 2026`, `29 Dec 2025 – 4 Jan 2026`. */
function weekDays({ start, end }: Span): string {
  const last = dayName(end);
  if (monthStart(start) === monthStart(end)) return `${Number(start.slice(-2))}–${last}`;
  const isOneYear = start.slice(0, 4) === end.slice(0, 4);
  return `${isOneYear ? shortDay(start) : dayName(start)} – ${last}`;
}

/** `last week`, `in the week of 16 Nov 2026`, as in a sentence. */
export function periodPhrase(calendar: Calendar): string {
  const { cadence, span } = calendar;
  if (cadence === 'monthly') return isLast(calendar) ? 'last month' : `in ${monthName(span.start)}`;
  if (cadence === 'daily') return isLast(calendar) ? 'yesterday' : `on ${dayName(span.start)}`;
  return isLast(calendar) ? 'last week' : `in the week of ${dayName(span.start)}`;
}

/** What one of the periods is called: `week`, `Monday`, `month`. */
export function periodWord({ cadence, span }: Pick<Calendar, 'cadence' | 'span'>): string {
  if (cadence === 'daily') return weekdayName(span.start);
  return cadence === 'weekly' ? 'week' : 'month';
}

/** `16 Nov`, `Nov 2026`: a period by its first day, where there is little room. */
export function periodName(start: Day, { cadence }: Calendar): string {
  return cadence === 'monthly' ? shortMonth(start) : shortDay(start);
}

const ORDINALS =
  'second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');

/** `second` … `twelfth`, for 2 to 12. */
export function ordinal(number: number): string {
  return ORDINALS[number - 2] as string;
}

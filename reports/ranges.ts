import {
  addDays,
  type Day,
  dayMs,
  daysBetween,
  type Granularity,
  monthStart,
  nextPeriod,
  weekStart,
} from '../db/days.ts';
import { periodEnd } from './counts.ts';
import type { Period } from './params.ts';
import { count, dayName, monthName } from './words.ts';

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** `Monday`. */
export function weekdayName(day: Day): string {
  return weekday.format(dayMs(day));
}

/** A range as it stands in a sentence: `in the last 30 days and today`, `from 1 Jan 2024 to 30 Jun 2024`. */
export function rangeName(from: Day, to: Day, today: Day): string {
  const yesterday = addDays(today, -1);
  if (from === to && to === today) return 'today';
  if (from === to) return to === yesterday ? 'yesterday' : `on ${dayName(to)}`;
  const days = daysBetween(from, to) + 1;
  if (to === today && days === 2) return 'yesterday and today';
  // A larger number of days tells nobody when that was.
  if (to === today && days <= 101) return `in the last ${count(days - 1)} days and today`;
  if (to === today) return `since ${dayName(from)}`;
  if (to === yesterday && days <= 101) return `in the ${count(days)} days to yesterday`;
  if (from === monthStart(from) && addDays(to, 1) === nextPeriod(from, 'monthly')) {
    return `in ${monthName(from)}`;
  }
  return `from ${dayName(from)} to ${dayName(to)}`;
}

/** The last whole week, by its Monday: `last week`, or which one when the data ends earlier. */
export function weekName(week: Day | undefined, today: Day): string {
  if (!week || week === addDays(weekStart(today), -7)) return 'last week';
  return `in the week of ${dayName(week)}`;
}

/**
 * Whether the last whole week answers what was asked: it is the range, or lies in one that goes on. Of
 * any other, as of a month that is over, the whole of it does.
 */
export function asksForWeek(
  { from, to, today }: Pick<Period, 'from' | 'to' | 'today'>,
  week: Day | undefined,
): boolean {
  if (week === undefined || from === undefined) return week !== undefined;
  const end = addDays(week, 6);
  return to >= today ? from <= week && end <= to : from === week && end === to;
}

/** Whether days of that range are too few to be drawn. */
export function isTooShort({ from, to }: Pick<Period, 'from' | 'to'>): boolean {
  return from !== undefined && daysBetween(from, to) < 2;
}

export const TOO_SHORT = 'No picture: that takes three days or more, as in “7d”.';

/** `last week`, `yesterday`, `in October 2026`. */
export function periodPhrase(start: Day, granularity: Granularity, today: Day): string {
  return granularity === 'weekly'
    ? weekName(start, today)
    : rangeName(start, periodEnd(start, granularity), today);
}

/** What the percentages beside columns are of, which is told as in a sentence: `in October 2026`. */
export function sharesPrint(when: string): string {
  return `Shares are of ${when.replace(/^(in|on) /, '').replace(/^(since|from) /, 'the days $&')}.`;
}

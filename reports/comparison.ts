import {
  addDays,
  type Day,
  daysBetween,
  monthStart,
  monthsBefore,
  nextPeriod,
  periodStart,
} from '../db/days.ts';
import { type Days, lastWholeWeek, periodEnd } from './counts.ts';
import type { Period } from './params.ts';
import { asksForWeek, rangeName, weekdayName, weekName } from './ranges.ts';
import { count } from './words.ts';

interface Told extends Days {
  /** As in a sentence: `last week`, `in October 2026`. */
  readonly when: string;
}

/** The days that a headline is of, and those that it compares them with. */
export interface Comparison extends Told {
  readonly before: Told;
  /** `range`: all that was asked for, which is over. */
  readonly of: 'week' | 'month' | 'range';
}

/**
 * Of a range that goes on, the last whole week that it holds against the week before; by the month, the
 * last whole month against the month before. Of one that is over, the whole of it against as many days
 * before. Undefined where nothing whole was asked for.
 *
 * @param finished the last day that is over and known
 */
export function comparisonOf(
  range: Pick<Period, 'from' | 'to' | 'today' | 'granularity'>,
  finished: Day | undefined,
): Comparison | undefined {
  if (finished === undefined) return undefined;
  const { from, to, today, granularity = 'daily' } = range;
  const week = lastWholeWeek(finished);
  if (to < today)
    return weekIn(range, week) ?? (from === undefined ? from : whole(from, to, today));
  // The first week or month is drawn whole, also where the range cuts it.
  const drawn = { to, today, ...(from && { from: periodStart(from, granularity) }) };
  return (granularity === 'monthly' && monthIn(drawn, finished)) || weekIn(drawn, week);
}

function whole(from: Day, to: Day, today: Day): Comparison {
  return { from, to, when: rangeName(from, to, today), before: rivalOf(from, to), of: 'range' };
}

/** A day has the same weekday before it as its rival: a Monday is no Sunday. Months have months. */
function rivalOf(from: Day, to: Day): Told {
  if (from === to) {
    const day = addDays(from, -7);
    return { from: day, to: day, when: `the ${weekdayName(day)} before` };
  }
  const end = addDays(from, -1);
  const months = wholeMonths(from, addDays(to, 1));
  if (months > 0) {
    const begin = monthsBefore(from, months);
    const when = months > 1 ? `in the ${count(months)} months before` : rangeName(begin, end, to);
    return { from: begin, to: end, when };
  }
  const days = daysBetween(from, to) + 1;
  return { from: addDays(from, -days), to: end, when: `in the ${count(days)} days before` };
}

/** How many months lie between two days; 0 where these do not both begin one. */
function wholeMonths(from: Day, next: Day): number {
  if (from !== monthStart(from) || next !== monthStart(next)) return 0;
  let months = 0;
  for (let start = from; start < next; start = nextPeriod(start, 'monthly')) months++;
  return months;
}

function monthIn(
  { from, today }: Pick<Period, 'from' | 'today'>,
  finished: Day,
): Comparison | undefined {
  const start = monthsBefore(monthStart(addDays(finished, 1)), 1);
  if (from !== undefined && start < from) return undefined;
  const month = (first: Day): Told => {
    const to = periodEnd(first, 'monthly');
    return { from: first, to, when: rangeName(first, to, today) };
  };
  return { ...month(start), before: month(monthsBefore(start, 1)), of: 'month' };
}

function weekIn(range: Pick<Period, 'from' | 'to' | 'today'>, week: Day): Comparison | undefined {
  if (!asksForWeek(range, week)) return undefined;
  return {
    from: week,
    to: addDays(week, 6),
    when: weekName(week, range.today),
    before: { from: addDays(week, -7), to: addDays(week, -1), when: 'the week before' },
    of: 'week',
  };
}

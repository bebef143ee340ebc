import { addDays, type Day, monthStart } from '../db/days.ts';
import { type Days, lastWholeWeek, periodEnd } from './counts.ts';
import type { Period } from './params.ts';
import { asksForWeek, rangeName, weekName } from './ranges.ts';

interface Told extends Days {
  /** As in a sentence: `last week`, `in October 2026`. */
  readonly when: string;
}

/** The days that a headline is of, and those that it compares them with. */
export interface Comparison extends Told {
  readonly before: Told;
  readonly isWeek: boolean;
}

/**
 * Of a range that goes on, the last whole week that it holds against the week before; by the month, the
 * last whole month against the month before. Undefined where it holds none.
 *
 * @param finished the last day that is over and known
 */
export function comparisonOf(
  range: Pick<Period, 'from' | 'to' | 'today' | 'granularity'>,
  finished: Day | undefined,
): Comparison | undefined {
  if (finished === undefined) return undefined;
  return (isMonthly(range) && monthIn(range, finished)) || weekIn(range, lastWholeWeek(finished));
}

function isMonthly({ granularity, to, today }: Pick<Period, 'granularity' | 'to' | 'today'>) {
  return granularity === 'monthly' && to >= today;
}

function monthIn({ from, today }: Pick<Period, 'from' | 'today'>, finished: Day) {
  const start = monthStart(addDays(monthStart(addDays(finished, 1)), -1));
  if (from !== undefined && start < from) return undefined;
  const month = (first: Day): Told => {
    const to = periodEnd(first, 'monthly');
    return { from: first, to, when: rangeName(first, to, today) };
  };
  return { ...month(start), before: month(monthStart(addDays(start, -1))), isWeek: false };
}

function weekIn(range: Pick<Period, 'from' | 'to' | 'today'>, week: Day): Comparison | undefined {
  if (!asksForWeek(range, week)) return undefined;
  return {
    from: week,
    to: addDays(week, 6),
    when: weekName(week, range.today),
    before: { from: addDays(week, -7), to: addDays(week, -1), when: 'the week before' },
    isWeek: true,
  };
}

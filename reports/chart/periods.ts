import type { Granularity } from '../../db/days.ts';

/** At most this many days from the start of one period to the start of the next. */
export const PERIOD_DAYS: Readonly<Record<Granularity, number>> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
};

/** `Messages a week`. */
export const A_PERIOD: Readonly<Record<Granularity, string>> = {
  daily: 'a day',
  weekly: 'a week',
  monthly: 'a month',
};

/** `day`, `week`, `month`. */
export const PERIOD: Readonly<Record<Granularity, string>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
};

/** What is said where the period that is going on is not drawn. */
export function leftOut(granularity: Granularity): string {
  return `The current ${PERIOD[granularity]} is left out: it is not over.`;
}

/** More columns than this are thinner than a line. */
export const MOST_COLUMNS = 160;

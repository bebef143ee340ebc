import type { Day } from '../../db/days.ts';
import { BACK_DAYS, type IncidentOutcome } from '../../db/incident.ts';
import type { Beginning } from './beginning.ts';
import { knownPlaces, type Row, totalsOf, trustedPlaces } from './row.ts';

/** Days after the last one of an incident that were not as far off any more. */
export interface Back {
  readonly from: Day;
  readonly to: Day;
  /** The share of what is usual that was still lost on them, less than 0 for more. */
  readonly lost: number;
  /** True when that is no more than chance. */
  readonly isUsual: boolean;
}

export interface Ending {
  /** The last place that belongs to the incident. */
  readonly end: number;
  /** Null while it is as far off, and when it stayed so. */
  readonly back: Back | null;
}

/** As usual is this share off; of what moves much by itself, this share. */
const CLOSE = 0.15;
const WITHIN = 0.25;

/**
 * @param outcome how it ended; null while it is open
 * @param until the day that it was over on; of an open one the last day
 */
export function endingOf(
  row: Row,
  began: Beginning,
  outcome: IncidentOutcome | null,
  until: number,
): Ending {
  const { onset } = began;
  if (outcome === 'new level') return { end: Math.max(onset, until), back: null };
  const places = trustedPlaces(row, onset, until);
  // It was closed for these, however far off they are as the numbers are now.
  const during = outcome === 'recovered' ? places.slice(0, -BACK_DAYS) : places;
  const end = during.findLast((at) => began.isFar(at)) ?? onset;
  const after = places.filter((at) => at > end);
  const [from, to] = [after[0], after.at(-1)];
  // Days that nothing can be said of leave it as it was.
  if (from === undefined || to === undefined || to <= end || !began.usual) {
    return { end: outcome === null ? until : end, back: null };
  }
  const back = { from: row.dayAt(from), to: row.dayAt(to), ...howFar(row, began, after) };
  // While it is open, a day that is only better has ended nothing.
  return outcome === null && !back.isUsual ? { end: until, back: null } : { end, back };
}

function howFar(row: Row, { usual }: Beginning, places: readonly number[]) {
  const { lost } = totalsOf(row, usual, places);
  const isWithin = places.every((at) => {
    const value = row.values[at] ?? Number.NaN;
    const { low, high } = usual?.on(at) ?? { low: Number.NaN, high: Number.NaN };
    return row.side === 1 ? value >= low : value <= high;
  });
  return { lost, isUsual: row.side * lost <= (isWithin ? WITHIN : CLOSE) };
}

/** How a drop went on after it was over. */
export interface Again {
  /** The share of what is usual that was lost again. */
  readonly lost: number;
  /** So many days after the end are looked at: a week, or those that have been since. */
  readonly days: number;
}

/** The week after it was over, the days of it that must be known, and what must be lost on them. */
const WEEK = 7;
const LEAST_DAYS = 5;
const LEAST_LOST = 0.25;
/** Days that were low as well at its end lost this much less. */
const LOWER = 0.1;

/** Whether more than half of a drop was lost again in the week after it was over; null when not. */
export function lostAgain(
  row: Row,
  { usual }: Beginning,
  closed: number,
  { lost, back }: { readonly lost: number | null; readonly back: Back | null },
): Again | null {
  if (row.side === -1 || lost === null) return null;
  const least = Math.max(LEAST_LOST, lost / 2, back && !back.isUsual ? back.lost + LOWER : 0);
  const last = Math.min(WEEK, row.values.length - 1 - closed);
  // Once it was low again, a good day at the end of the week takes nothing back.
  for (let days = last; days >= LEAST_DAYS; days--) {
    const places = knownPlaces(row, closed + 1, closed + days).filter((at) => !row.isSuspect(at));
    const again = totalsOf(row, usual, places).lost;
    if (places.length >= LEAST_DAYS && again > least) return { lost: again, days };
  }
  return null;
}

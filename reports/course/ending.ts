import type { Day } from '../../db/days.ts';
import { BACK_DAYS, type IncidentOutcome } from '../../db/incident.ts';
import type { Beginning } from './beginning.ts';
import { knownPlaces, type Row, sumsOf, trustedPlaces } from './row.ts';

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

/** Days that are back have lost less than this share of what the others did. */
const NEARER = 0.9;
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
  const far = sumsOf(
    row,
    began.usual,
    places.slice(0, -BACK_DAYS).filter((at) => began.isFar(at)),
  );
  const last = sumsOf(row, began.usual, places.slice(-BACK_DAYS));
  // As the numbers are now, the days that were back may be as far off as the others.
  const isBack = outcome === 'recovered' && row.side * last.lost <= NEARER * row.side * far.lost;
  const during = isBack ? places.slice(0, -BACK_DAYS) : places;
  const end = during.findLast((at) => began.isFar(at)) ?? onset;
  const after = places.filter((at) => at > end);
  const [from, to] = [after[0], after.at(-1)];
  // Days that nothing can be said of leave it as it was.
  if (from === undefined || to === undefined || to <= end) {
    return { end: outcome === null ? until : end, back: null };
  }
  const back = { from: row.dayAt(from), to: row.dayAt(to), ...howFar(row, began, after) };
  // While it is open, a day that is only better has ended nothing.
  return outcome === null && !back.isUsual ? { end: until, back: null } : { end, back };
}

function howFar(row: Row, { usual }: Beginning, places: readonly number[]) {
  const { lost } = sumsOf(row, usual, places);
  const isWithin = places.every((at) => {
    const value = row.values[at] ?? Number.NaN;
    const { low, high } = usual?.on(at) ?? { low: Number.NaN, high: Number.NaN };
    return row.side === 1 ? value >= low : value <= high;
  });
  return { lost, isUsual: row.side * lost <= (isWithin ? WITHIN : CLOSE) };
}

/** The week after it was over, the days of it that must be known, and what must be lost in it. */
const WEEK = 7;
const LEAST_DAYS = 3;
const LEAST_LOST = 0.25;

/** The share lost in the week after a drop was over, when more than half of it was lost again. */
export function lostAgain(
  row: Row,
  { usual }: Beginning,
  closed: number,
  lost: number | null,
): number | null {
  const places = knownPlaces(row, closed + 1, closed + WEEK).filter((at) => !row.isSuspect(at));
  if (row.side === -1 || lost === null || places.length < LEAST_DAYS) return null;
  const again = sumsOf(row, usual, places).lost;
  return again > LEAST_LOST && again > lost / 2 ? again : null;
}

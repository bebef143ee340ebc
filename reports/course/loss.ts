import type { Beginning } from './beginning.ts';
import type { Ending } from './ending.ts';
import { type Row, sumsOf, trustedPlaces } from './row.ts';

/** How far an incident is from what is usual. */
export interface Loss {
  /**
   * The share that was lost on those of its days that were beyond half of it, less than 0 for a
   * rise; null when it is not known.
   */
  readonly lost: number | null;
  /** What is usual for them, and what came in, a day; null when it is not known. */
  readonly usual: number | null;
  readonly now: number | null;
  /** True when these three are of its last week alone, which went otherwise than the whole. */
  readonly isLately: boolean;
  /** How many less came in on its days than usual, less than 0 for more; null when not known. */
  readonly missing: number | null;
  /** Its days, those of them that were beyond half of it, and the share that was lost in all. */
  readonly knownDays: number;
  readonly farDays: number;
  readonly lostInAll: number | null;
}

/** The last week, which is told alone where it is this far from the whole; of a rise, this part of it. */
const WEEK = 7;
const OTHERWISE = 0.1;

/** @param isSettled whether it is over, and the last week is the new level */
export function lossOf(
  row: Row,
  { onset, usual, isSlide, isFar }: Beginning,
  { end, back }: Ending,
  { isOpen, isSettled }: { readonly isOpen: boolean; readonly isSettled: boolean },
): Loss {
  const all = trustedPlaces(row, onset, end);
  const far = all.filter(isFar);
  const told = far.length > 0 ? far : all;
  const week = trustedPlaces(row, Math.max(onset, end + 1 - WEEK), end);
  const [whole, last] = [sumsOf(row, usual, told), sumsOf(row, usual, week)];
  const isOld = isOpen && back === null && end - onset >= WEEK;
  const isOther = Math.abs(whole.lost - last.lost) > OTHERWISE * Math.max(1, 1 - whole.lost);
  const isLately = isSettled || isSlide || (isOld && isOther);
  const [places, sums] = isLately ? [week, last] : [told, whole];
  const inAll = sumsOf(row, usual, all);
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    lost: known(sums.lost),
    usual: known(sums.expected / places.length),
    now: known(sums.actual / places.length),
    isLately,
    missing: known(whole.expected - whole.actual),
    knownDays: all.length,
    farDays: far.length,
    lostInAll: known(inAll.lost),
  };
}

import type { Beginning } from './beginning.ts';
import type { Ending } from './ending.ts';
import { type Row, totalsOf, trustedPlaces } from './row.ts';

/** How far an incident is from what is usual. */
export interface Loss {
  /**
   * The share that was lost on the last seven of its days that were beyond half of it, less than 0
   * for a rise; null when it is not known.
   */
  readonly lost: number | null;
  /** What a day usually has, and what it has with that share lost; null when not known. */
  readonly usual: number | null;
  readonly now: number | null;
  /** True when the whole of it lost clearly more or less than that. */
  readonly isLately: boolean;
  /** How many less came in on its days than usual, less than 0 for more; null when not known. */
  readonly missing: number | null;
  /** Its days, those of them that were beyond half of it, and the share that was lost in all. */
  readonly knownDays: number;
  readonly farDays: number;
  readonly lostInAll: number | null;
}

/** So many days tell how far it is off; the whole is so far from them, or of a rise, this part of it. */
const WEEK = 7;
const OTHERWISE = 0.1;

/** @param isSettled whether it is over, and the last week is the new level */
export function lossOf(
  row: Row,
  { onset, usual, isFar }: Beginning,
  { end }: Ending,
  isSettled: boolean,
): Loss {
  const all = trustedPlaces(row, onset, end);
  const far = all.filter(isFar);
  const those = far.length > 0 ? far : all;
  const places = isSettled
    ? trustedPlaces(row, Math.max(onset, end + 1 - WEEK), end)
    : those.slice(-WEEK);
  const [whole, { lost }] = [totalsOf(row, usual, those).lost, totalsOf(row, usual, places)];
  const { lost: inAll } = totalsOf(row, usual, all);
  const days = Array.from({ length: end - onset + 1 }, (_, at) => onset + at);
  const daily = usual?.daily ?? Number.NaN;
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    lost: known(lost),
    usual: known(daily),
    now: known(daily * (1 - lost)),
    isLately: Math.abs(whole - lost) > OTHERWISE * Math.max(1, 1 - whole),
    // Days that are not known, or not to be trusted, will have lost as much as the others.
    missing: known(inAll * totalsOf(row, usual, days).expected),
    knownDays: all.length,
    farDays: far.length,
    lostInAll: known(inAll),
  };
}

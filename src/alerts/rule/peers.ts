import { median } from '../../../db/statistics.ts';
import type { DayNumber } from './history.ts';
import type { Series, Watched } from './series.ts';
import { known } from './statistics.ts';

/** With fewer of them there is no telling what moved them all. */
const LEAST_PEERS = 3;

/** The source is suspected when its series are down to this share of their usual level. */
const SUSPECT = Math.log(0.45);

/** Companions are the peers that moved most alike in these days before the day. */
const ALIKE_FROM = 91;
const ALIKE_TO = 8;
const LEAST_ALIKE_DAYS = 35;
const LEAST_CORRELATION = 0.4;
const MOST_COMPANIONS = 4;

/** True when most series of the source are so low that it is the source that must be wrong. */
export function isSourceSuspect({ peers }: Watched, day: DayNumber): boolean {
  return commonChange(peers, day) < SUSPECT;
}

/**
 * The falls that the other series of the source explain, in logs (0 or less), for each of the
 * `days` days up to `day`, newest first: the median of all peers, or that of the companions where
 * it is lower. Packages that are installed together fall together, with nothing wrong with any.
 */
export function explainedFalls({ series, peers }: Watched, day: DayNumber, days: number): number[] {
  const companions = companionsOf(series, peers, day);
  return Array.from({ length: days }, (_, back) =>
    Math.min(0, commonChange(peers, day - back), commonChange(companions, day - back)),
  );
}

/** The rise that the other series of the source explain on a day, in logs (0 or more). */
export function commonRise(peers: readonly Series[], day: DayNumber): number {
  return Math.max(0, commonChange(peers, day));
}

/** The median change on a day, in logs; 0 when too few are known. */
function commonChange(series: readonly Series[], day: DayNumber): number {
  const changes = known(series.map((one) => one.change(day)));
  return changes.length < LEAST_PEERS ? 0 : median(changes);
}

function companionsOf(own: Series, peers: readonly Series[], day: DayNumber): Series[] {
  return peers
    .map((peer) => ({ peer, alike: correlation(own, peer, day) }))
    .filter(({ alike }) => alike > LEAST_CORRELATION)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, MOST_COMPANIONS)
    .map(({ peer }) => peer);
}

/** One extreme day must not make two series alike. */
const clipped = (change: number): number => Math.max(-1, Math.min(1, change));

/** Pearson's correlation of the changes of two series; NaN for too few common days. */
function correlation(one: Series, other: Series, day: DayNumber): number {
  let [count, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let back = ALIKE_FROM; back >= ALIKE_TO; back--) {
    const a = clipped(one.change(day - back));
    const b = clipped(other.change(day - back));
    if (Number.isNaN(a + b)) continue;
    count++;
    sumA += a;
    sumB += b;
    sumAA += a * a;
    sumBB += b * b;
    sumAB += a * b;
  }
  if (count < LEAST_ALIKE_DAYS) return Number.NaN;
  const varianceA = sumAA - (sumA * sumA) / count;
  const varianceB = sumBB - (sumB * sumB) / count;
  return (sumAB - (sumA * sumB) / count) / Math.sqrt(varianceA * varianceB);
}

import { type Burst, burstBefore } from './burst.ts';
import { type Row, totalsOf, trustedPlaces } from './row.ts';
import { slideBefore } from './slide.ts';
import type { UsualLevel } from './usual.ts';

/**
 * Where an incident began, what was usual before it, and which days are as far off as its own. After
 * a burst, usual is what there was before that; `isFar` still goes by the burst.
 */
export interface Beginning {
  readonly onset: number;
  readonly usual: UsualLevel | undefined;
  /** True when it went down bit by bit. */
  readonly isSlide: boolean;
  /** The burst that ended, when it fell from no more than that. */
  readonly burst: Burst | undefined;
  /** True of a day that has lost, or gained, more than half of what the incident did. */
  isFar(at: number): boolean;
}

/** Of a loss that is deeper than this, half of this one is enough to be back. */
const DEEPEST = 0.8;
/** However little was lost, a day that has lost less is back. */
const LEAST = 0.05;

/** So many days before are looked at, and so many in a row may be missing or suspect among them. */
const MOST_EARLIER = 28;
const MOST_GAP = 3;
/** So many days in a row that are not far off part those before them from it. */
const PARTING = 2;

/** What a slide came to is read from this many days before its last one on, and is this much at least. */
const LAST = 6;
const LEAST_LOSS = 0.15;
/** What has become this many times as much as in the month before tells what was usual. */
const MULTIPLE = 1.5;

/**
 * Where an incident began that was noticed from the days `start` to `opened`: with the first of the
 * days in a row that are beyond half of it. That may be before `start`.
 */
export function beginningOf(row: Row, start: number, opened: number): Beginning {
  let onset = start;
  let found = measured(row, row.usualBefore(onset), start, opened);
  // What was usual is read anew without the days that turn out to be part of it.
  for (let pass = 0; pass < 3; pass++) {
    const earlier = earlierOnset(row, onset, found.isFar);
    if (earlier === onset) break;
    onset = earlier;
    found = measured(row, row.usualBefore(onset), start, opened);
  }
  onset = firstInRow(trustedPlaces(row, onset, opened), found.isFar) ?? start;
  const began = { onset, isSlide: false, burst: undefined, ...found };
  if (row.side === -1 || !found.usual) return began;
  const far = trustedPlaces(row, onset, opened).filter((at) => found.isFar(at));
  // The first of them may have been half a day of the burst.
  const losses = [far, far.slice(-1)].map((places) => totalsOf(row, found.usual, places).lost);
  const burst = burstBefore(row, found.usual, onset, losses);
  if (burst) return { ...began, usual: burst.usual, burst };
  const slide = slideBefore(row, start, opened);
  if (slide === undefined) return began;
  // Of what has just become a multiple of what it was, the month before tells nothing.
  const [lately, month] = [row.usualBefore(slide), row.usualInWeeksBefore(slide)];
  const before = lately && month && lately.level > MULTIPLE * month.level ? lately : month;
  const { lost } = totalsOf(row, before, trustedPlaces(row, opened - LAST, opened));
  if (!(lost >= LEAST_LOSS)) return began;
  const slid = measured(row, before, opened - LAST, opened);
  return { onset: slide, isSlide: true, burst, ...slid };
}

/** What was usual, and which days are as far off from it as those from one place to another. */
function measured(row: Row, usual: UsualLevel | undefined, from: number, to: number) {
  const places = trustedPlaces(row, from, to);
  const rough = farAs(row, usual, places);
  // A good day among them must not hide how far the others fell.
  const far = places.filter(rough);
  return { usual, isFar: far.length > 0 ? farAs(row, usual, far) : rough };
}

function farAs(row: Row, usual: UsualLevel | undefined, places: readonly number[]) {
  const { lost } = totalsOf(row, usual, places);
  const half =
    row.side === 1
      ? 1 - Math.max(LEAST, Math.min(lost, DEEPEST) / 2)
      : Math.sqrt(Math.max(1, 1 - lost));
  return (at: number) => {
    const { expected = Number.NaN } = usual?.on(at) ?? {};
    const value = row.values[at] ?? Number.NaN;
    return row.side === 1 ? value < half * expected : value > half * expected;
  };
}

function earlierOnset(row: Row, start: number, isFar: Beginning['isFar']): number {
  let first = start;
  for (let at = start - 1; at >= start - MOST_EARLIER && first - at <= MOST_GAP; at--) {
    if (row.isSuspect(at) || Number.isNaN(row.values[at] ?? Number.NaN)) continue;
    if (!isFar(at)) break;
    first = at;
  }
  return first;
}

/** The first of the last days in a row that are far off, among which there may be single others. */
function firstInRow(places: readonly number[], isFar: Beginning['isFar']): number | undefined {
  let first: number | undefined;
  let others = 0;
  for (const at of places.toReversed()) {
    others = isFar(at) ? 0 : others + 1;
    if (others === 0) first = at;
    else if (others === PARTING && first !== undefined) break;
  }
  return first;
}

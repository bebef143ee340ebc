import { median } from '../../db/statistics.ts';
import { type Burst, burstBefore } from './burst.ts';
import { knownPlaces, type Row, sumsOf, trustedPlaces } from './row.ts';
import { knownIn, type Usual } from './usual.ts';

/**
 * Where an incident began, what was usual before it, and which days are as far off as its own. After
 * a burst, usual is what there was before that; `isFar` still goes by the burst.
 */
export interface Beginning {
  readonly onset: number;
  readonly usual: Usual | undefined;
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

/**
 * Where an incident began that was noticed from the days `start` to `opened`: with the first of the
 * days in a row that are beyond half of it. That may be before `start`.
 */
export function beginningOf(row: Row, start: number, opened: number): Beginning {
  let onset = start;
  let found = measured(row, row.usualBefore(onset), start, opened);
  // What was usual is read anew without the days that turn out to be part of it.
  for (let pass = 0; pass < 3; pass++) {
    const earlier = earliest(row, onset, found.isFar);
    if (earlier === onset) break;
    onset = earlier;
    found = measured(row, row.usualBefore(onset), start, opened);
  }
  onset = knownPlaces(row, onset, opened).find((at) => found.isFar(at)) ?? start;
  const began = { onset, isSlide: false, burst: undefined, ...found };
  if (row.side === -1 || !found.usual) return began;
  const far = trustedPlaces(row, onset, opened).filter((at) => found.isFar(at));
  // The first of them may have been half a day of the burst.
  const losses = [far, far.slice(-1)].map((places) => sumsOf(row, found.usual, places).lost);
  const burst = burstBefore(row, found.usual, onset, losses);
  if (burst) return { ...began, usual: burst.usual, burst };
  const slide = slideBefore(row, start, opened);
  if (slide === undefined) return began;
  // Of what has just become a multiple of what it was, the month before tells nothing.
  const [lately, month] = [row.usualBefore(slide), row.usualInWeeksBefore(slide)];
  const before = lately && month && lately.level > MULTIPLE * month.level ? lately : month;
  const { lost } = sumsOf(row, before, trustedPlaces(row, opened - LAST, opened));
  if (!(lost >= LEAST_LOSS)) return began;
  const slid = measured(row, before, opened - LAST, opened);
  return { onset: slide, isSlide: true, burst, ...slid };
}

/** What was usual, and which days are as far off from it as those from one place to another. */
function measured(row: Row, usual: Usual | undefined, from: number, to: number) {
  const places = trustedPlaces(row, from, to);
  const rough = farAs(row, usual, places);
  // A good day among them must not hide how far the others fell.
  const far = places.filter(rough);
  return { usual, isFar: far.length > 0 ? farAs(row, usual, far) : rough };
}

function farAs(row: Row, usual: Usual | undefined, places: readonly number[]) {
  const { lost } = sumsOf(row, usual, places);
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

function earliest(row: Row, start: number, isFar: Beginning['isFar']): number {
  let first = start;
  for (let at = start - 1; at >= start - MOST_EARLIER && first - at <= MOST_GAP; at--) {
    if (isFar(at)) first = at;
    else if (!row.isSuspect(at) && !Number.isNaN(row.values[at] ?? Number.NaN)) break;
  }
  return first;
}

/** A slide begins at most this many days before the one that it was noticed on. */
const SLIDE_DAYS = 28;
/** What it came to is the middle of the last week; what it came from was usual a fortnight before. */
const LAST = 6;
const AGO = 14;
const LEAST_LOSS = 0.15;
const MULTIPLE = 1.5;
/** The first and the last fifth of it are left out; when the rest took less, it was a step. */
const FIFTH = 0.2;
const LEAST_DAYS = 5;

/** Where a fall began that took long, by the middle of each week; undefined of a step. */
function slideBefore(row: Row, start: number, opened: number): number | undefined {
  const usual = row.usualBefore(start - AGO);
  if (!usual) return undefined;
  const ratios = row.values.map((value, at) => value / usual.on(at).expected);
  const middle = (at: number) => median(knownIn(ratios, at - 3, Math.min(at + 3, opened)));
  const lost = 1 - median(knownIn(ratios, opened - LAST, opened));
  // A few days that fell from what was usual a week before are a step.
  const lostBefore = 1 - median(knownIn(ratios, start - 7, start - 1));
  const lostNow = 1 - median(knownIn(ratios, start, opened));
  if (!(lost >= LEAST_LOSS) || (opened - start < LAST && lostBefore < lostNow / 2))
    return undefined;
  let top = opened;
  while (top > opened - SLIDE_DAYS && !(middle(top) >= 1 - FIFTH * lost)) top--;
  let bottom = top;
  while (bottom < opened && !(middle(bottom) <= 1 - (1 - FIFTH) * lost)) bottom++;
  const took = bottom - top;
  // Three fifths took that long: one fifth was before them.
  return took < LEAST_DAYS ? undefined : top + 1 - Math.round(took / 3);
}

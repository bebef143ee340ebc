import { MAD_TO_DEVIATION, median, medianSlope, quantile, sorted } from '../db/statistics.ts';

type Values = readonly (number | null)[];

/** The range that four fifths of the earlier periods are in, and their median. */
export interface Usual {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** How many periods it is made of. */
  readonly periods: number;
}

/** How the last of some values stands among the others. */
export interface Verdict {
  readonly value: number;
  /** The one right before it; null when it is not known. */
  readonly before: number | null;
  /** Relative to the one before, at equal lengths; undefined without one, or where it is 0. */
  readonly change: number | undefined;
  /** How many periods in a row, this one included, went the same way; 0 without a move. */
  readonly streak: number;
  /** Of the earlier periods; of what is unusual, of those before it began. */
  readonly usual: Usual | undefined;
  /** For how many periods in a row, this one included, it has been outside of it; 0 where it is not. */
  readonly outside: number;
  /** Where the earlier ones lead; undefined where nothing is usual. */
  readonly expected: number | undefined;
  /** How far it lies from where the earlier ones lead, in usual distances; 0 where nothing is usual. */
  readonly score: number;
  /** True when it is clearly outside of the usual range, and far from where the earlier ones lead. */
  readonly isUnusual: boolean;
  /** Of how many it is the most or the least, itself included; undefined where another is as far. */
  readonly extremeOf: number | undefined;
}

/** With fewer earlier periods than this there is nothing usual, and nothing unusual. */
export const LEAST_EARLIER = 8;

/** Smaller moves do not count: they are neither a fall nor a rise, and no part of a streak. */
const LEAST_MOVE = 0.02;
/** This many usual distances off is unusual, and half a distance more with ten times the series. */
const UNUSUAL = 2.5;
const MORE = 0.5;
/** No nearer to an edge of the usual range than this, as a share of the edge. */
const LEAST_BEYOND = 0.05;
/** A series is never taken for steadier than this, as a share of its level. */
const STEADIEST = 0.03;

/** The least score that is unusual where so many series are judged: chance has as many tries. */
export function leastScore(series: number): number {
  return UNUSUAL + MORE * Math.log10(Math.max(1, series));
}

/**
 * Judges the last one of `values` against those before it.
 *
 * @param lengths days of each period: months are compared as if all were as long as the last one
 * @param least the least score that is unusual
 */
export function judge(
  values: Values,
  lengths: readonly number[],
  least = leastScore(1),
): Verdict | undefined {
  const value = values.at(-1) ?? null;
  if (value === null) return undefined;
  const last = lengths.at(-1) ?? 1;
  const scaled = values.map((one, at) =>
    one === null ? null : (one * last) / (lengths[at] ?? last),
  );
  const standing = standingOf(scaled);
  const side = standing && standing.score >= least ? standing.side : 0;
  const since = side === 0 ? scaled.length - 1 : sinceOf(scaled, side, least);
  const usual = usualOf(scaled.slice(0, since));
  const rival = scaled.at(-2) ?? null;
  return {
    value,
    before: values.at(-2) ?? null,
    change: rival === null || rival <= 0 ? undefined : value / rival - 1,
    streak: streakOf(scaled),
    usual,
    outside: standing && standing.side !== 0 ? scaled.length - since : 0,
    expected: standing?.expected,
    score: standing?.score ?? 0,
    isUnusual: side !== 0 && usual !== undefined && isClear(value, usual),
    extremeOf: extremeOf(scaled),
  };
}

function extremeOf(values: Values): number | undefined {
  const earlier = values.slice(0, -1).filter((value) => value !== null);
  const last = values.at(-1) ?? 0;
  const isExtreme = earlier.every((one) => one < last) || earlier.every((one) => one > last);
  return isExtreme ? earlier.length + 1 : undefined;
}

/** How the last of some values stands among those before it. */
interface Standing {
  /** 1 above the usual range, -1 below it, 0 in it. */
  readonly side: -1 | 0 | 1;
  readonly score: number;
  readonly expected: number;
}

/** Undefined where nothing is usual, or the last value is not known. */
function standingOf(values: Values): Standing | undefined {
  const earlier = values.slice(0, -1);
  const value = values.at(-1) ?? null;
  const usual = usualOf(earlier);
  if (value === null || !usual) return undefined;
  return { side: sideOf(value, usual), ...scoreOf(value, earlier, usual) };
}

/** Whether it lies outside of the range by more than a trifle. */
function isClear(value: number, { low, high }: Usual): boolean {
  const edge = value > high ? high : low;
  return Math.abs(value - edge) > LEAST_BEYOND * Math.abs(edge);
}

function sideOf(value: number, { low, high }: Usual): -1 | 0 | 1 {
  if (value >= low && value <= high) return 0;
  return value > high ? 1 : -1;
}

/**
 * Where the stretch began that is unusual to its end: all of it lies on the same side of what was
 * usual before. A range that took its first periods for usual would soon be as wide as the fall.
 */
function sinceOf(values: Values, side: Standing['side'], least: number): number {
  const last = values.length - 1;
  for (let since = LEAST_EARLIER; since < last; since++) {
    const first = standingOf(values.slice(0, since + 1));
    const usual = usualOf(values.slice(0, since));
    if (!first || !usual || first.side !== side || first.score < least) continue;
    const isWhole = values
      .slice(since)
      .every((value) => value !== null && sideOf(value, usual) === side);
    if (isWhole) return since;
  }
  return last;
}

/** Undefined when fewer than eight are known. */
export function usualOf(earlier: Values): Usual | undefined {
  const known = sorted(earlier.filter((value) => value !== null));
  if (known.length < LEAST_EARLIER) return undefined;
  return {
    low: quantile(known, 0.1),
    middle: quantile(known, 0.5),
    high: quantile(known, 0.9),
    periods: known.length,
  };
}

/**
 * How far the last value lies from where the earlier ones lead, over how far these lie from their
 * own line as a rule (1.4826 median absolute deviations). The line is that of Theil and Sen, so
 * that steady growth is no news and one odd period bends nothing; the scale is logarithmic for
 * large numbers and linear around zero. The usual distance is at least what independent arrivals
 * (Poisson) have by chance, so that small numbers weigh little.
 */
function scoreOf(
  value: number,
  earlier: Values,
  { middle }: Usual,
): Pick<Standing, 'score' | 'expected'> {
  const points = earlier.flatMap((one, x) => (one === null ? [] : [{ x, y: squeezed(one) }]));
  const slope = medianSlope(points);
  const level = median(points.map(({ x, y }) => y - slope * x));
  const distances = points.map(({ x, y }) => Math.abs(y - level - slope * x));
  const size = Math.max(1, Math.abs(middle));
  const chance = Math.sqrt(size) / Math.sqrt(size ** 2 + 4);
  const spread = Math.max(MAD_TO_DEVIATION * median(distances), chance, STEADIEST);
  const led = level + slope * earlier.length;
  return { score: Math.abs(squeezed(value) - led) / spread, expected: 2 * Math.sinh(led) };
}

/** On a scale that is logarithmic for large numbers and linear around zero. */
export function squeezed(value: number): number {
  return Math.asinh(value / 2);
}

function streakOf(values: Values): number {
  let streak = 0;
  let direction = 0;
  for (let at = values.length - 1; at > 0; at--) {
    const move = moveOf(values[at] ?? null, values[at - 1] ?? null);
    if (move === 0 || (streak > 0 && move !== direction)) return streak;
    direction = move;
    streak++;
  }
  return streak;
}

/** 1 for a rise, -1 for a fall, 0 for neither. */
export function moveOf(value: number | null, before: number | null): -1 | 0 | 1 {
  if (value === null || before === null) return 0;
  if (Math.abs(value - before) <= LEAST_MOVE * Math.abs(before)) return 0;
  return value > before ? 1 : -1;
}

import type { Day } from '../db/days.ts';
import { UNKNOWN } from '../db/pypi.ts';
import { sum } from '../db/statistics.ts';
import { countsIn, isWhole, type PeriodCount, type Span } from './counts.ts';
import type { SplitDays } from './splits.ts';

export const OTHER = 'other';

/** More members than this can't be told apart: the smaller ones are "other". */
export const MOST_MEMBERS = 8;

/** A member of a split, or the members that are too small to be shown one by one. */
export interface Part {
  readonly name: string;
  readonly kind: 'member' | 'other' | 'unknown';
  /** Its sum in each period. */
  readonly sums: readonly number[];
  /** Its sum over the days that were asked for. */
  readonly total: number;
  /** Its sum in each of the last whole weeks, oldest first. */
  readonly weeks: readonly number[];
}

export interface Parts {
  readonly periods: readonly PeriodCount[];
  /** The whole of the last whole weeks, oldest first. */
  readonly weeks: readonly PeriodCount[];
  /** The largest first, then "other" and "unknown", as far as there are any. */
  readonly parts: readonly Part[];
  /** How many members are in "other". */
  readonly others: number;
}

export interface PartSpans {
  /** The periods that are shown. */
  readonly spans: readonly Span[];
  /** The last whole weeks. */
  readonly weekSpans: readonly Span[];
  readonly finished: Day;
  /** The days that were asked for; the first and the last period may hold others. */
  readonly asked: Omit<Span, 'start'>;
}

/**
 * Sums the members of a split in each span. The largest eight are chosen over all days that were
 * asked for, so that a member keeps its name all along.
 */
export function partsOf(
  { from, totals, members }: Pick<SplitDays, 'from' | 'totals' | 'members'>,
  { spans, weekSpans, finished, asked }: PartSpans,
): Parts {
  const all = [...members].map(([name, values]): Part => {
    const sums = spans.map((span) => sumOver(values, totals, span));
    const weeks = weekSpans.map((span) => sumOver(values, totals, span));
    return { name, kind: kindOf(name), sums, total: sumOver(values, totals, asked), weeks };
  });
  const seen = all.filter(({ sums }) => sums.some((sum) => sum > 0));
  const ranked = seen
    .filter(({ kind }) => kind === 'member')
    .toSorted((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  const small = ranked.slice(MOST_MEMBERS);
  const rest = [...small, ...seen.filter(({ kind }) => kind === 'other')];
  return {
    periods: countsIn({ from, values: totals }, spans, finished),
    weeks: countsIn({ from, values: totals }, weekSpans, finished),
    parts: [
      ...ranked.slice(0, MOST_MEMBERS),
      ...(rest.length > 0 ? [together(rest)] : []),
      ...seen.filter(({ kind }) => kind === 'unknown'),
    ],
    others: small.length,
  };
}

function kindOf(name: string): Part['kind'] {
  return name === UNKNOWN ? 'unknown' : name === OTHER ? 'other' : 'member';
}

function sumOver(
  values: Float64Array,
  totals: Float64Array,
  { begin, end }: PartSpans['asked'],
): number {
  let sum = 0;
  for (let at = Math.max(0, begin); at < end && at < values.length; at++) {
    if (!Number.isNaN(totals[at])) sum += values[at] as number;
  }
  return sum;
}

function together(parts: readonly Part[]): Part {
  const columns = (of: (part: Part) => readonly number[]) =>
    (parts[0] ? of(parts[0]) : []).map((_, at) => sum(parts.map((part) => of(part)[at] ?? 0)));
  return {
    name: OTHER,
    kind: 'other',
    sums: columns(({ sums }) => sums),
    total: sum(parts.map(({ total }) => total)),
    weeks: columns(({ weeks }) => weeks),
  };
}

/** Where the last period is that is known all through, and has downloads; -1 without one. */
export function lastWhole({ periods }: Pick<Parts, 'periods'>): number {
  return periods.findLastIndex((period) => isWhole(period) && period.sum > 0);
}

import { judge, type Usual } from './judge.ts';
import { type Direction, EARLIER_WEEKS, RECENT_WEEKS, type Trend, trendOf } from './trend.ts';
import { average, count } from './words.ts';

/** How a weekly count goes. */
export interface Pace {
  /** Undefined where it is too early to tell. */
  readonly trend: Trend | undefined;
  /**
   * What the last week is far outside of; undefined where it is not, or where that is the pace
   * itself: of a single odd week nobody may say that all is steady.
   */
  readonly odd:
    | { readonly value: number; readonly isAbove: boolean; readonly usual: Usual }
    | undefined;
  /** Whether the last week lies outside of the usual range, by however little. */
  readonly isOutside: boolean;
}

/** @param weeks whole weeks, oldest first, null where one is not known */
export function paceOf(weeks: readonly (number | null)[]): Pace {
  const trend = trendOf(weeks);
  const judged = weeks.slice(-1 - EARLIER_WEEKS);
  const verdict = judge(
    judged,
    judged.map(() => 7),
  );
  if (!verdict?.usual) return { trend, odd: undefined, isOutside: false };
  const { value, usual } = verdict;
  const isOutside = value < usual.low || value > usual.high;
  if (!verdict.isUnusual) return { trend, odd: undefined, isOutside };
  const isAbove = value > usual.middle;
  const isPace = trend?.direction === (isAbove ? 'up' : 'down');
  return { trend, odd: isPace ? undefined : { value, isAbove, usual }, isOutside };
}

/** `Downloads are steady.`, or how far off the last week was; empty where neither can be told. */
export function paceSentence(
  { trend, odd, isOutside }: Pace,
  words: Readonly<Record<Direction, string>>,
): string {
  if (odd) return `${count(odd.value)} is ${sideText(odd)}.`;
  if (!trend) return '';
  // Where nothing comes in, nothing is steady, nor beside a week that was off, be it by chance.
  const isSteady = trend.recent !== 0 && !isOutside;
  return trend.direction === 'steady' && !isSteady ? '' : words[trend.direction];
}

type Range = Pick<Usual, 'low' | 'high'>;

/** A range as it stands beside a whole number outside of it: no edge is rounded onto that. */
export function rangeBeside(value: number, { low, high }: Range): Range {
  const clear = (edge: number) => {
    if (value > high) return Math.min(edge, value - 1);
    return value < low ? Math.max(edge, value + 1) : edge;
  };
  return { low: clear(low), high: clear(high) };
}

/** `5,800 to 6,900`, or `60` where both are the same; beside that value. */
export function usualText(usual: Range, value: number): string {
  const { low, high } = rangeBeside(value, usual);
  const [from, to] = [count(low), count(high)];
  return from === to ? from : `${from} to ${to}`;
}

function sideText({ isAbove, usual, value }: NonNullable<Pace['odd']>): string {
  return `${isAbove ? 'above' : 'below'} the usual ${usualText(usual, value)}`;
}

/**
 * What `trendOf` finds of a weekly count, with its numbers, in a sentence.
 *
 * @param what `New stars`
 * @param isNew whether nothing is old enough to have the weeks that it takes
 * @param hole why weeks are missing, where it is known
 */
export function paceLine(
  what: string,
  { trend, odd }: Pace,
  isNew: boolean,
  hole?: string,
): string {
  if (!trend) {
    const because = hole ? `, because ${hole}` : '';
    const none = isNew && !hole ? 'It is too early to tell a trend' : `No trend is told${because}`;
    return `${none}: that takes twelve whole weeks without a hole.`;
  }
  const { recent, earlier, earlierWeeks, direction } = trend;
  const chance =
    recent === earlier
      ? 'no difference'
      : direction === 'steady'
        ? 'a difference that may well be chance'
        : 'a difference that chance alone brings less than once in a hundred times';
  const verdict = odd ? `and the last one alone was ${sideText(odd)}` : chance;
  return `${what} a week: ${average(recent)} over the last ${RECENT_WEEKS} whole weeks, ${average(earlier)} over the ${earlierWeeks} before, ${verdict}.`;
}

import { RECENT_WEEKS, type Trend } from './trend.ts';
import { average } from './words.ts';

/**
 * The verdict on a weekly count with its numbers, in a sentence.
 *
 * @param what `New stars`
 */
export function trendLine(what: string, trend: Trend | undefined): string {
  if (!trend) {
    return 'It is too early to tell a trend: that takes twelve whole weeks without a hole.';
  }
  const { recent, earlier, earlierWeeks, direction } = trend;
  const verdict =
    direction === 'steady'
      ? 'a difference that may well be chance'
      : 'a difference that chance alone brings less than once in a hundred times';
  return `${what} a week: ${average(recent)} over the last ${RECENT_WEEKS} whole weeks, ${average(earlier)} over the ${earlierWeeks} before, ${verdict}.`;
}

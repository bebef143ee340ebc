import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { DayValue } from '../../db/series.ts';
import { earliest, latest } from '../extent.ts';
import { gapsOf, type Nature } from '../growth.ts';
import type { Dip } from './readings.ts';

/** Days in a row without a reading, as far as they lie in the range. */
export interface Hole {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  /** What came in meanwhile; null where that is not known, or the hole reaches beyond the range. */
  readonly gain: number | null;
}

interface Range {
  readonly from: Day;
  readonly to: Day;
}

/**
 * The holes of a range, and the day before it where that alone is missing: then it is not known what
 * came in in the range. A dip is a reading, too: its days are not missing, but tell no gain.
 *
 * @param readings of the range and before, and the first and the last that there are at all
 */
export function holesIn(
  readings: readonly DayValue[],
  range: Range,
  nature: Nature,
  dips: readonly Dip[],
): Hole[] {
  return gapsOf(readings, nature).flatMap(({ after, until, gain }) => {
    const whole = { from: addDays(after, 1), to: addDays(until, -1) };
    const first = whole.to < range.from ? addDays(range.from, -1) : range.from;
    const from = latest([whole.from, first]) ?? first;
    const to = earliest([whole.to, range.to]) ?? range.to;
    if (from > to) return [];
    const isWhole = from === whole.from && to === whole.to;
    const isKnown = isWhole && !dips.some((dip) => dip.from <= until && after < dip.until);
    return [{ from, to, days: daysBetween(from, to) + 1, gain: isKnown ? gain : null }];
  });
}

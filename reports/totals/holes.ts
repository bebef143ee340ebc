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

interface Asked {
  readonly from: Day;
  readonly to: Day;
  /** The first and the last total that are known at all. */
  readonly first: DayValue;
  readonly last: DayValue;
  readonly nature: Nature;
}

/**
 * The holes of a range, and the day before it where that alone is missing: then it is not known what
 * came in in the range. A dip is a reading, too: its days are not missing, but tell no gain.
 *
 * @param days the readings of the range, and some before
 */
export function readingGaps(days: readonly DayValue[], dips: readonly Dip[], asked: Asked): Hole[] {
  const { first, last, nature } = asked;
  const [begin = first, end = last] = [days[0], days.at(-1)];
  const readings = [
    ...(first.day < begin.day ? [first] : []),
    ...days,
    ...(last.day > end.day ? [last] : []),
  ];
  return gapsOf(readings, nature).flatMap(({ after, until, gain }) => {
    const whole = { from: addDays(after, 1), to: addDays(until, -1) };
    const least = whole.to < asked.from ? addDays(asked.from, -1) : asked.from;
    const from = latest([whole.from, least]);
    const to = earliest([whole.to, asked.to]);
    if (from > to) return [];
    const isWhole = from === whole.from && to === whole.to;
    const isKnown = isWhole && !dips.some((dip) => dip.from <= until && after < dip.until);
    return [{ from, to, days: daysBetween(from, to) + 1, gain: isKnown ? gain : null }];
  });
}

import { median } from '../../../db/statistics.ts';
import type { DayNumber, History } from './history.ts';
import { known } from './statistics.ts';

/** Same weekdays before a day that it is compared with, and how many of them must be known. */
const WEEKS = 6;
const LEAST_WEEKS = 4;

/** Fewer than this a day move by chance too much to tell anything of their source. */
const LEAST_LEVEL = Math.log1p(15);

/**
 * The change of a day against the median of the same weekdays of the six weeks before, in logs.
 * NaN when unknown, or when those are too small to tell.
 */
export function changesOf(history: History): (day: DayNumber) => number {
  return history.keep(7 * WEEKS, (day) => {
    const before = [];
    for (let week = 1; week <= WEEKS; week++) before.push(history.at(day - 7 * week));
    const weeks = known(before);
    const usual = weeks.length < LEAST_WEEKS ? Number.NaN : median(weeks);
    return usual >= LEAST_LEVEL ? history.at(day) - usual : Number.NaN;
  });
}

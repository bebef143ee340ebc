import { quantile, sorted, sum } from '../../db/statistics.ts';
import { type Row, trustedPlaces } from './row.ts';

/** A slide is looked for in this many days before `opened`; it begins after the first week of them. */
const REACH = 27;
const WEEK = 7;
/** What was usual this long before tells the habits of the weekdays. */
const AGO = 14;
/** What comes down in so many days at most is a step; a slide takes as many as this. */
const STEP = 2;
const LEAST_DAYS = 8;
/** A slide leaves at most this share of what a step leaves of the squares of the errors. */
const CLEARLY = 0.8;
/** What is higher than this share of the days counts as no more than that. */
const HIGHEST = 0.9;

/**
 * The first day of a fall that went bit by bit until `opened`, or until it stayed down before that;
 * undefined of a step, and where a step fits the days about as well.
 */
export function slideBefore(row: Row, start: number, opened: number): number | undefined {
  const usual = row.usualBefore(start - AGO);
  if (!usual) return undefined;
  const places = trustedPlaces(row, opened - REACH, opened);
  const plain = places.map((at) => (row.values[at] ?? Number.NaN) / usual.habitOf(at));
  const highest = quantile(sorted(plain), HIGHEST);
  const values = plain.map((value) => Math.min(value, highest));
  let [step, slide] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let begin = opened;
  for (let top = opened - REACH + WEEK - 1; top < opened; top++) {
    for (let bottom = top + 1; bottom <= opened; bottom++) {
      const took = bottom - top;
      if (took > STEP && took < LEAST_DAYS) continue;
      const error = errorOf(places, values, top, bottom);
      if (took <= STEP) step = Math.min(step, error);
      else if (error < slide) [slide, begin] = [error, top + 1];
    }
  }
  return slide < CLEARLY * step && begin > opened - REACH + WEEK ? begin : undefined;
}

/** What is left of the squares when the days fall in a straight line from one place to another. */
function errorOf(
  places: readonly number[],
  values: readonly number[],
  top: number,
  bottom: number,
): number {
  const fallen = (at: number) => Math.min(1, Math.max(0, (at - top) / (bottom - top)));
  const middle = sum(values) / values.length;
  let [x, xx, xy, yy] = [0, 0, 0, 0];
  for (const [index, at] of places.entries()) {
    const part = fallen(at);
    const value = (values[index] ?? middle) - middle;
    x += part;
    xx += part * part;
    xy += part * value;
    yy += value * value;
  }
  const spread = xx - (x * x) / places.length;
  // What rose is fitted by a level.
  return xy < 0 && spread > 0 ? yy - (xy * xy) / spread : yy;
}

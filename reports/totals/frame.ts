import { addDays, type Day } from '../../db/days.ts';
import { fittedTicks, linearTicks } from '../chart/axes.ts';
import type { LineChart } from '../chart/line-layout.ts';
import { extentOf } from '../extent.ts';
import { dayName } from '../words.ts';
import type { Total, Totals } from './read.ts';

/** A line that takes less than this of an axis from zero is a flat one, whatever it does. */
const FLAT = 0.1;
/** No axis spans less than this share of the largest total, nor less than these: noise stays small. */
const LEAST = { share: 0.01, value: 10 };

/** How lines of totals stand on their axis. */
interface Frame {
  /** As they are to be drawn. */
  readonly totals: readonly Total[];
  readonly isChange: boolean;
  /** Absent where the axis begins at zero. */
  readonly ticks?: LineChart['ticks'];
  readonly smallPrint: readonly string[];
}

/**
 * Totals stand on zero where that shows their course. Where all would be flat, the axis fits them;
 * where they are too far apart for that as well, each is drawn as its change.
 */
export function frameOf(data: Totals, axis: LineChart['x']['kind']): Frame {
  const { totals, measure, scale } = data;
  const asTheyAre = { totals, isChange: false, smallPrint: [] };
  if (measure === 'new' || scale === 'log' || axis === 'age') return asTheyAre;
  const extents = totals.map(({ points }) => extentOf(points.map(({ value }) => value)));
  const [bottom, top] = extentOf(extents.flat());
  const isFlat = ([low, high]: readonly [number, number]) => high - low < FLAT * top;
  const least = Math.max(LEAST.value, LEAST.share * top);
  if (isFlat([bottom, top])) {
    return { ...asTheyAre, ticks: (low, high, most) => fittedTicks(low, high, least, most) };
  }
  if (!extents.every(isFlat) || totals.some(({ resets }) => resets.length > 0)) return asTheyAre;
  return {
    totals: totals.map(changed),
    isChange: true,
    ticks: (low, high, most) => linearTicks(low, Math.max(high, low + least), most),
    smallPrint: [countedFrom(new Set(totals.map(baseDay)))],
  };
}

/** With the change since the day before the range, as the words have it, or since its first day. */
function changed(total: Total): Total {
  const { points, gain } = total;
  const base = gain === null ? points[0]?.value : (points.at(-1)?.value ?? 0) - gain;
  return {
    ...total,
    points: points.map(({ day, value }) => ({ day, value: value - (base ?? 0) })),
  };
}

function baseDay({ points: [first], gain }: Total): Day | undefined {
  return first && (gain === null ? first.day : addDays(first.day, -1));
}

function countedFrom(days: ReadonlySet<Day | undefined>): string {
  const [day] = days;
  return days.size === 1 && day
    ? `Counted from the totals of ${dayName(day)}.`
    : 'Counted from the first total that each has here.';
}

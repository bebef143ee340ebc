import type { Day } from '../db/days.ts';

export function earliest(days: readonly [Day, ...Day[]]): Day;
export function earliest(days: readonly Day[]): Day | undefined;
export function earliest(days: readonly Day[]): Day | undefined {
  return days.toSorted()[0];
}

export function latest(days: readonly [Day, ...Day[]]): Day;
export function latest(days: readonly Day[]): Day | undefined;
export function latest(days: readonly Day[]): Day | undefined {
  return days.toSorted().at(-1);
}

/**
 * The least and the most, ±Infinity of none; fifty packages over ten years are too many for the
 * arguments of a call.
 */
export function extentOf(values: readonly number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

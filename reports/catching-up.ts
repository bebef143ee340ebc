import { addDays, type Day } from '../db/days.ts';
import type { JointPart } from '../db/joint-series.ts';
import { sum } from '../db/statistics.ts';

/** Days before a stand-still that tell what is usual. */
const BEFORE = 28;
/** Fewer days without any growth are chance. */
const LEAST_STILL = 2;
/** At least this share of what is usual has come in by its end. */
const LEAST_SHARE = 0.8;

/**
 * True when a drop of a counter was no drop of what it counts: it stood still, and by the day
 * `closedDay` had grown by about what is usual over all those days.
 *
 * @param values what came in on each day
 * @param onset the first day of the drop
 */
export function hasCaughtUp(
  values: ReadonlyMap<Day, number>,
  parts: readonly JointPart[],
  onset: Day,
  closedDay: Day,
): boolean {
  if (!parts.every(({ series }) => series.kind === 'total')) return false;
  const during = known(values, onset, closedDay);
  const before = known(values, addDays(onset, -BEFORE), addDays(onset, -1));
  if (during.filter((value) => value === 0).length < LEAST_STILL || before.length === 0)
    return false;
  const usual = sum(before) / before.length;
  return sum(during) >= LEAST_SHARE * usual * during.length;
}

function known(values: ReadonlyMap<Day, number>, from: Day, to: Day): number[] {
  const found: number[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const value = values.get(day);
    if (value !== undefined) found.push(value);
  }
  return found;
}

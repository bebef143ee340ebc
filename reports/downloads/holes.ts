import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { PackageDays } from '../package-days.ts';

/** Days in a row without a number. */
export interface Hole {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
}

/** A day of which only the mirrors are not known is no hole: that is said for itself. */
export function holesIn(
  { from, values, withoutMirrors }: PackageDays,
  first: Day,
  last: Day,
): Hole[] {
  const holes: Hole[] = [];
  const half = new Set(withoutMirrors);
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (!Number.isNaN(values[daysBetween(from, day)]) || half.has(day)) continue;
    const hole = holes.at(-1);
    if (hole && addDays(hole.to, 1) === day) {
      holes[holes.length - 1] = { from: hole.from, to: day, days: hole.days + 1 };
    } else {
      holes.push({ from: day, to: day, days: 1 });
    }
  }
  return holes;
}

import { median } from '../../../db/statistics.ts';
import { yearEndFall } from '../../../db/year-end.ts';
import { type DayNumber, levelOn } from './history.ts';
import { explainedFalls } from './peers.ts';
import type { Watched } from './series.ts';
import type { Settings } from './settings.ts';
import { leastSpread } from './spreads.ts';
import { known, spread } from './statistics.ts';
import type { Usual } from './usual.ts';

/** Days that have to be low together, and days before them that tell the level. */
const LOW_DAYS = 2;
const DAYS = 14;
const LEAST_DAYS = 12;

/** A fall from the level that a series has had for the last fortnight. */
interface FortnightFall {
  /** How far the higher of the two days lies under that level, in logs. */
  readonly depth: number;
  readonly usual: Usual;
}

/**
 * The fall of two days in a row from the level of the fortnight before, measured by how much that
 * fortnight moved. A series that has risen moves a lot by its own measure for ten weeks, though it
 * may have been as steady as ever since.
 */
export function fortnightFall(
  watched: Watched,
  day: DayNumber,
  settings: Settings,
): FortnightFall | undefined {
  const { weekdays } = watched.series.measure(day);
  const at = (back: number) => levelOn(watched.series, weekdays, day - back);
  const usual = usualBefore(at, weekdays);
  if (!usual) return undefined;
  const least = Math.log(1 - settings.fortnight.lost);
  const fallen = Math.max(at(0), at(1)) - usual.level;
  // Peers only ever explain a fall: where there is none, they need not be asked.
  if (!(fallen < least)) return undefined;
  const explained = Math.max(...explainedFalls(watched, day, LOW_DAYS));
  const depth = fallen - Math.min(yearEndFall(day, LOW_DAYS), explained);
  const isFall = depth < least && depth < -settings.fortnight.spreads * usual.spread;
  return isFall ? { depth, usual } : undefined;
}

function usualBefore(at: (back: number) => number, weekdays: readonly number[]): Usual | undefined {
  const days = known(Array.from({ length: DAYS }, (_, index) => at(LOW_DAYS + index)));
  if (days.length < LEAST_DAYS) return undefined;
  const level = median(days);
  const moved = spread(
    days.map((one) => one - level),
    LEAST_DAYS,
  );
  return { level, weekdays, spread: Math.max(moved, leastSpread(level)) };
}

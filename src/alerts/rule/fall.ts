import { yearEndFall } from '../../../db/year-end.ts';
import { fortnightFall } from './fortnight.ts';
import type { DayNumber } from './history.ts';
import { isSourceSuspect } from './peers.ts';
import type { Watched } from './series.ts';
import type { Settings, Window } from './settings.ts';
import { slowSpreadOf, spreadOf } from './spreads.ts';
import { known } from './statistics.ts';
import type { Usual } from './usual.ts';
import { type Windows, windowsOf } from './windows.ts';

/** A fall that is worth reporting. */
interface Fall {
  /** The shortest window that shows it, in days; `slow` where only the fortnight does. */
  readonly window: Window | 'slow';
  /** How far the deepest window lies under the usual level, in logs. */
  readonly depth: number;
  /** The level that it fell from. */
  readonly usual: Usual;
}

/** No fall counts as less, or being back would be a matter of chance. */
const SHALLOWEST = Math.log(0.82);

/** A day that is made up for brings the two days together back above this share. */
const MADE_UP = Math.log(0.62);
const MADE_UP_SPREADS = 0.25;

/** A slow decline is reported while it lasts: also the last week and days are under this share. */
const STILL_LOW = Math.log(0.87);

/** The fall of a day from what is `usual`, or from the last fortnight, if it is worth reporting. */
export function fallOn(
  watched: Watched,
  day: DayNumber,
  usual: Usual,
  settings: Settings,
): Fall | undefined {
  const windows = windowsOf(watched, day, settings);
  if (touchesSuspectDay(watched, day, settings, windows)) return undefined;
  const missed = watched.isCounter ? notMadeUp(watched, day, settings, windows) : undefined;
  if (missed !== undefined) return { window: 1, depth: missed, usual };
  const [window] = watched.isCounter ? confirmed(watched, day, settings, windows) : windows.fallen;
  const depth = Math.min(SHALLOWEST, ...known(Object.values(windows.depths)));
  if (window) return { window, depth, usual };
  if (isSlowFall(watched, day, settings, windows)) return { window: 'slow', depth, usual };
  const fortnight = fortnightFall(watched, day, settings);
  return fortnight && { window: 2, ...fortnight };
}

/**
 * What still rests on a day of a suspect source decides nothing, unless the day alone or a week does.
 * A series that is still gone when the others are back is no part of that.
 */
function touchesSuspectDay(
  watched: Watched,
  day: DayNumber,
  settings: Settings,
  { fallen, depths }: Windows,
): boolean {
  const isGone = depths[1] < Math.log(1 - settings.lost[1]);
  if (isGone || fallen.includes(1) || fallen.includes(7)) return false;
  return isSourceSuspect(watched, day - 1) || isSourceSuspect(watched, day - 2);
}

/**
 * Of a counter, one low day tells nothing yet, and two of them only when their mean is low too: a
 * counter that stood still and then catches up shows a zero and a double day.
 */
function confirmed(
  { series }: Watched,
  day: DayNumber,
  settings: Settings,
  { fallen }: Windows,
): Window[] {
  const pair = series.measure(day).pair - yearEndFall(day, 2);
  const isPairLow = pair < Math.log(1 - settings.lost[2]);
  return fallen.filter((window) => window > 2 || (window === 2 && isPairLow));
}

/** The depth of the low day before this one, of a counter that went on without making up for it. */
function notMadeUp(
  watched: Watched,
  day: DayNumber,
  settings: Settings,
  { fallen, depths }: Windows,
): number | undefined {
  const pair = watched.series.measure(day).pair - yearEndFall(day, 2);
  if (!(pair < MADE_UP) || fallen.includes(1)) return undefined;
  const spreads = MADE_UP_SPREADS * settings.spreads[1];
  if (!(pair < -spreads * spreadOf(watched.series, day, 1))) return undefined;
  const before = windowsOf(watched, day - 1, settings);
  if (!before.fallen.includes(1)) return undefined;
  return Math.min(before.depths[1], ...known(Object.values(depths)));
}

function isSlowFall(
  { series }: Watched,
  day: DayNumber,
  settings: Settings,
  { depths }: Windows,
): boolean {
  // Seven low days are enough to bring the median of fourteen down: whatever the turn of the year
  // explains on any of the last seven, it explains of the fortnight.
  const slow = series.measure(day).slow - yearEndFall(day, 7);
  return (
    slow < Math.log(1 - settings.slow.lost) &&
    depths[7] < STILL_LOW &&
    depths[3] < STILL_LOW &&
    slow < -settings.slow.spreads * slowSpreadOf(series, day)
  );
}

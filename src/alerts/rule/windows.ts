import { median } from '../../../db/statistics.ts';
import { yearEndFall } from '../../../db/year-end.ts';
import type { DayNumber } from './history.ts';
import { explainedFalls } from './peers.ts';
import type { Watched } from './series.ts';
import { type PerWindow, type Settings, WINDOWS, type Window } from './settings.ts';
import { spreadOf } from './spreads.ts';
import { known } from './statistics.ts';

/** Of the days before that a window has to lie lower than, half must be known. */
const LEAST_SHARE_KNOWN = 0.5;

export interface Windows {
  /** How far each window fell, in logs, without what the others or the time of year explain. */
  readonly depths: PerWindow;
  /** The windows that fell further than the series moves by itself, shortest first. */
  readonly fallen: readonly Window[];
}

export function windowsOf(watched: Watched, day: DayNumber, settings: Settings): Windows {
  const { deviations } = watched.series.measure(day);
  const least = (window: Window) => Math.log(1 - settings.lost[window]);
  // Peers only ever explain a fall: where there is none, they need not be asked.
  const low = WINDOWS.filter((window) => deviations[window] < least(window));
  if (low.length === 0) return { depths: deviations, fallen: [] };

  const explained = explainedFalls(watched, day, settings.newLowDays + Math.max(...WINDOWS));
  const depth = (window: Window) =>
    deviations[window] - Math.min(yearEndFall(day, window), explainedOver(explained, window));
  const depths: PerWindow = { 1: depth(1), 2: depth(2), 3: depth(3), 7: depth(7) };
  const fallen = low.filter(
    (window) =>
      depths[window] < least(window) &&
      depths[window] < -settings.spreads[window] * spreadOf(watched.series, day, window) &&
      isNewLow(watched, day, window, explained, settings.newLowDays),
  );
  return { depths, fallen };
}

/** What the peers explain of a window: of two days the lesser fall, as the window is their higher day. */
function explainedOver(explained: readonly number[], window: Window): number {
  const falls = explained.slice(0, window);
  return window === 2 ? Math.max(...falls) : median(falls);
}

/**
 * True when a window lies lower than any of its kind in the weeks before, each without what peers
 * explain of it; also when too few of those are known.
 */
function isNewLow(
  { series }: Watched,
  day: DayNumber,
  window: Window,
  explained: readonly number[],
  days: number,
): boolean {
  const before = [];
  for (let back = window; back < window + days; back++) {
    const isThere = !Number.isNaN(series.at(day - back));
    if (isThere)
      before.push(series.measure(day - back).levels[window] - (explained[back] as number));
  }
  const lows = known(before);
  if (lows.length < LEAST_SHARE_KNOWN * days) return true;
  const level = series.measure(day).levels[window] - explainedOver(explained, window);
  return level < Math.min(...lows);
}

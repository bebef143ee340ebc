import { yearEndFall } from './calendar.ts';
import type { DayNumber } from './history.ts';
import { explainedFalls } from './peers.ts';
import type { Watched } from './series.ts';
import { LEAST_LOST, type PerWindow, type Settings, WINDOWS, type Window } from './settings.ts';
import { spreadOf } from './spreads.ts';
import { known, median } from './statistics.ts';

/** Four weeks: what was as low in one of them is nothing new. */
const NEW_LOW_DAYS = 28;
const LEAST_NEW_LOW_DAYS = 14;

export interface Windows {
  /** How far each window fell, in logs, without what the others or the time of year explain. */
  readonly depths: PerWindow;
  /** The windows that fell further than the series moves by itself, shortest first. */
  readonly fallen: readonly Window[];
}

/** The least share that has to be lost, in logs. */
const least = (window: Window): number => Math.log(1 - LEAST_LOST[window]);

export function windowsOf(watched: Watched, day: DayNumber, settings: Settings): Windows {
  const { deviations } = watched.series.measure(day);
  // Peers only ever explain a fall: where there is none, they need not be asked.
  const low = WINDOWS.filter((window) => deviations[window] < least(window));
  if (low.length === 0) return { depths: deviations, fallen: [] };

  const explained = explainedFalls(watched, day, NEW_LOW_DAYS + 7);
  const yearEnd = yearEndFall(day);
  const depth = (window: Window) =>
    deviations[window] - Math.min(yearEnd, explainedOver(explained, window));
  const depths: PerWindow = { 1: depth(1), 2: depth(2), 3: depth(3), 7: depth(7) };
  const fallen = low.filter(
    (window) =>
      depths[window] < least(window) &&
      depths[window] < -settings.spreads[window] * spreadOf(watched.series, day, window) &&
      isNewLow(watched, day, window, explained),
  );
  return { depths, fallen };
}

/** What the peers explain of a window: of two days the lesser fall, as the window is their higher day. */
function explainedOver(explained: readonly number[], window: Window): number {
  const falls = explained.slice(0, window);
  return window === 2 ? Math.max(...falls) : median(falls);
}

/**
 * True when a window lies lower than any of its kind in the four weeks before, each without what
 * peers explain of it; also when too few of those are known.
 */
function isNewLow(
  { series }: Watched,
  day: DayNumber,
  window: Window,
  explained: readonly number[],
): boolean {
  const before = [];
  for (let back = window; back < window + NEW_LOW_DAYS; back++) {
    const isThere = !Number.isNaN(series.at(day - back));
    if (isThere)
      before.push(series.measure(day - back).levels[window] - (explained[back] as number));
  }
  const lows = known(before);
  if (lows.length < LEAST_NEW_LOW_DAYS) return true;
  const level = series.measure(day).levels[window] - explainedOver(explained, window);
  return level < Math.min(...lows);
}

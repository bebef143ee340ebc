import { DAY_MS, type Day, dayOf, daysBetween } from '../../../db/days.ts';
import { BACK_DAYS, REST_DAYS, SETTLE_DAYS } from '../../../db/incident.ts';
import { type DayNumber, levelOn, numberOf } from './history.ts';
import { commonRise } from './peers.ts';
import type { Watched } from './series.ts';
import { LEAST_LEVEL, type Window } from './settings.ts';
import { spreadOf } from './spreads.ts';
import { type Usual, usualOn } from './usual.ts';

/**
 * What is remembered of a series that rose. Plain data, which is kept as JSON in `alert_series.state`:
 * what older versions wrote there has to be understood.
 */
export interface RiseState {
  /** The day on which it was reported; null while none is. */
  readonly since: Day | null;
  /** What was usual before, frozen while it lasts, and kept when it was over. */
  readonly usual: Usual | null;
  /** How far it rose, in logs. */
  readonly gained: number;
  readonly daysBack: number;
  /** The first day that may begin a rise again. */
  readonly restsUntil: Day | null;
}

export const NO_RISE: RiseState = {
  since: null,
  usual: null,
  gained: 0,
  daysBack: 0,
  restsUntil: null,
};

type RiseVerdict = 'rose' | 'recovered' | 'new level' | undefined;

/**
 * What has to come together for a rise: two days in a row, so that one busy day is none, at least
 * twice as much as is usual, five times what the series moves by itself, and higher than any two
 * days in a row of the four weeks before.
 */
const LEAST = Math.log(2);
const SPREADS = 5;
const NEW_HIGH_DAYS = 28;

/**
 * For this many days after the rest that follows a rise, a fall to the level before the rise is not
 * reported as a drop.
 */
const FORGET_DAYS = 21;
/** Spreads below what was usual that a quiet day is within: nineteen of twenty are. */
const WIDTH = 2;

/** Judges one day, which no later one may have come before. */
export function judgeRise(
  watched: Watched,
  state: RiseState,
  day: DayNumber,
): { readonly verdict: RiseVerdict; readonly state: RiseState } {
  const name = dayOf(day * DAY_MS);
  if (state.since !== null && state.usual) return follow(watched, state, state.usual, day);
  const rests = state.restsUntil !== null && name < state.restsUntil;
  const gained = rests ? Number.NaN : riseOn(watched, day);
  if (!(gained > LEAST)) return { verdict: undefined, state };
  const usual = usualOn(watched.series, day) ?? null;
  if (!usual) return { verdict: undefined, state };
  return { verdict: 'rose', state: { ...NO_RISE, since: name, usual, gained } };
}

/** How far the lower of two days rose, in logs, without what the others did; NaN where it is no news. */
function riseOn({ series, peers }: Watched, day: DayNumber): number {
  const { usual, weekdays } = series.measure(day);
  const level = (at: DayNumber) => levelOn(series, weekdays, at);
  const common = (at: DayNumber) => commonRise(peers, at);
  const lower = Math.min(level(day) - common(day), level(day - 1) - common(day - 1));
  const gained = lower - usual;
  if (!(Math.expm1(lower) >= LEAST_LEVEL) || !(gained > LEAST)) return Number.NaN;
  if (!(gained > SPREADS * spreadOf(series, day, 1))) return Number.NaN;
  for (let back = 2; back < 2 + NEW_HIGH_DAYS; back++) {
    // Two days against two days: one busy day before is none, and hides none.
    if (Math.min(level(day - back), level(day - back - 1)) >= lower) return Number.NaN;
  }
  return gained;
}

function follow(
  { series }: Watched,
  state: RiseState,
  usual: Usual,
  day: DayNumber,
): { readonly verdict: RiseVerdict; readonly state: RiseState } {
  const name = dayOf(day * DAY_MS);
  const above = levelOn(series, usual.weekdays, day) - usual.level;
  const daysBack = above < state.gained / 2 ? state.daysBack + 1 : 0;
  const restsUntil = dayOf((day + REST_DAYS) * DAY_MS);
  if (daysBack >= BACK_DAYS) {
    return { verdict: 'recovered', state: { ...NO_RISE, usual, restsUntil } };
  }
  // A day that is back may be the first of two: it is no new level.
  if (daysBack === 0 && daysBetween(state.since ?? name, name) >= SETTLE_DAYS) {
    return { verdict: 'new level', state: { ...NO_RISE, restsUntil } };
  }
  return { verdict: undefined, state: { ...state, daysBack } };
}

/**
 * True when a series is back where it was before it rose: that is the end of the rise, and no drop.
 * Long after it, no day of the rise counts in the usual level any more: from then on a fall is judged
 * like any other.
 */
export function isBackFromRise(
  { series }: Watched,
  { since, usual, restsUntil }: RiseState,
  day: DayNumber,
  window: Window | 'slow',
): boolean {
  if (!usual) return false;
  const isLongAgo =
    since === null && restsUntil !== null && day >= numberOf(restsUntil) + FORGET_DAYS;
  const level = (at: DayNumber) => levelOn(series, usual.weekdays, at);
  const [lower = 0, higher = 0] = [level(day), level(day - 1)].toSorted((a, b) => a - b);
  // A fall that a single day tells may be of the day before, and the other as usual.
  const fallen = window === 1 ? lower : higher;
  return !isLongAgo && fallen > usual.level - WIDTH * usual.spread;
}

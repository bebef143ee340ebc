import { addDays, DAY_MS, type Day, dayOf, daysBetween } from '../../../db/days.ts';
import { BACK_DAYS, REST_DAYS, SETTLE_DAYS } from '../../../db/incident.ts';
import { median } from '../../../db/statistics.ts';
import { yearEndFall } from '../../../db/year-end.ts';
import { fallOn } from './fall.ts';
import { type DayNumber, levelOn, numberOf } from './history.ts';
import { isSourceSuspect } from './peers.ts';
import type { Watched } from './series.ts';
import { LEAST_LEVEL, LEAST_LONG_LEVEL, type Settings, type Window } from './settings.ts';
import { known } from './statistics.ts';
import { type Usual, usualOn } from './usual.ts';

/**
 * - `learning`: too few days are known to tell what is usual
 * - `too small`: the usual level is under 50 a day, or was too low for long
 * - `on hold`: the source is suspect; nothing advances and nothing is reset
 * - `fell`: an alert begins with this day
 * - `firing`: the alert goes on
 * - `recovered`, `new level`: the alert ends with this day
 * - `resting`: an alert ended less than seven days ago
 */
export type Verdict =
  | 'learning'
  | 'too small'
  | 'on hold'
  | 'normal'
  | 'fell'
  | 'firing'
  | 'recovered'
  | 'new level'
  | 'resting';

export interface Judgement {
  readonly day: Day;
  readonly verdict: Verdict;
}

interface Firing {
  /** The day that the alert began with. */
  readonly since: Day;
  /** The shortest window that showed the fall, in days; `slow` where only the fortnight did. */
  readonly window: Window | 'slow';
  /** The share of the usual level that was lost at the deepest, 0 to 1. */
  readonly lost: number;
  /** What was usual when the alert began: frozen while it lasts. */
  readonly usual: Usual;
  /** Days in a row that were back. */
  readonly daysBack: number;
}

/**
 * All that the rule remembers of a series. Plain data, which is kept as JSON in `alert_series.state`:
 * what older versions wrote there has to be understood.
 */
export interface State {
  /** The last day that was judged; no day up to it is judged again. */
  readonly judged: Day | null;
  readonly firing: Firing | null;
  /** The first day that may begin an alert again. */
  readonly restsUntil: Day | null;
}

/** Of a series that is judged from the day after `judged` on; null: from its first day. */
export function firstState(judged: Day | null): State {
  return { judged, firing: null, restsUntil: null };
}

/**
 * A day is back when half of the loss is regained, in logs: after a loss of 64 %, at 60 % of what was
 * usual. More than 65 % counts as 65 %: after an outage, a fifth of the usual level is not back.
 */
const DEEPEST = Math.log(0.35);

/** The level that a series has had for longer must be worth watching too: a burst is none. */
const LONG_DAYS = 84;
const LEAST_LONG_DAYS = 40;

/** Judges each day that waits to be judged, in order. */
export function judgeDays(
  watched: Watched,
  before: State,
  settings: Settings,
): { readonly judgements: readonly Judgement[]; readonly state: State } {
  const judgements: Judgement[] = [];
  let state = before;
  for (const day of daysToJudge(watched, before)) {
    const { verdict, next } = judgeDay(watched, state, day, settings);
    judgements.push({ day, verdict });
    state = next;
  }
  return { judgements, state };
}

/**
 * The days of the series that came after the last judged one, in order. A day that arrives later than
 * a younger one is history only, as is a correction.
 */
export function daysToJudge({ series }: Watched, { judged }: State): Day[] {
  const from = judged === null ? Number.NEGATIVE_INFINITY : numberOf(judged);
  return series.daysAfter(from).map((number) => dayOf(number * DAY_MS));
}

interface Step {
  readonly verdict: Verdict;
  /** The state after the day. */
  readonly next: State;
}

/** Judges a day, the first of those that wait. */
export function judgeDay(watched: Watched, state: State, day: Day, settings: Settings): Step {
  const { verdict, next } = judge(watched, state, day, settings);
  return { verdict, next: { ...next, judged: day } };
}

function judge(watched: Watched, state: State, day: Day, settings: Settings): Step {
  const number = numberOf(day);
  if (isSourceSuspect(watched, number)) return { verdict: 'on hold', next: state };
  if (state.firing) return follow(watched, state, state.firing, day);

  if (isTooSmall(watched, number)) return { verdict: 'too small', next: state };
  const usualNow = usualOn(watched.series, number);
  if (!usualNow) return { verdict: 'learning', next: state };
  if (state.restsUntil && day < state.restsUntil) return { verdict: 'resting', next: state };

  const fall = fallOn(watched, number, usualNow, settings);
  if (!fall) return { verdict: 'normal', next: state };
  const { window, depth, usual } = fall;
  const lost = 1 - Math.exp(depth);
  const firing: Firing = { since: day, window, lost, usual, daysBack: 0 };
  return { verdict: 'fell', next: { ...state, firing, restsUntil: null } };
}

function isTooSmall({ series }: Watched, day: DayNumber): boolean {
  if (Math.expm1(series.measure(day).usual) < LEAST_LEVEL) return true;
  const days = known(Array.from({ length: LONG_DAYS }, (_, back) => series.at(day - 1 - back)));
  return days.length >= LEAST_LONG_DAYS && Math.expm1(median(days)) < LEAST_LONG_LEVEL;
}

function follow({ series }: Watched, state: State, firing: Firing, day: Day): Step {
  const number = numberOf(day);
  const { level, weekdays } = firing.usual;
  const today = levelOn(series, weekdays, number);
  const back = level + Math.max(Math.log(1 - firing.lost), DEEPEST) / 2;
  // The turn of the year must not keep an alert open for what is usual then.
  const isBack = today - yearEndFall(number) / 2 > back;
  const daysBack = isBack ? firing.daysBack + 1 : 0;

  const isOver = daysBack >= BACK_DAYS;
  // A day that is back may be the first of two: it is no new level.
  const isSettled = !isBack && daysBetween(firing.since, day) >= SETTLE_DAYS;
  if (isOver || isSettled) {
    const next = { ...state, firing: null, restsUntil: addDays(day, REST_DAYS) };
    return { verdict: isOver ? 'recovered' : 'new level', next };
  }
  return { verdict: 'firing', next: { ...state, firing: { ...firing, daysBack } } };
}

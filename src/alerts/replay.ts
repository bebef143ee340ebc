import type { Day } from '../../db/days.ts';
import type { IncidentOutcome, Movement } from '../../db/incident.ts';
import type { Member } from './field.ts';
import { numberOf } from './rule/history.ts';
import { daysToJudge, type Judgement, judgeDay, type State, type Verdict } from './rule/judge.ts';
import { isBackFromRise, judgeRise, NO_RISE, type RiseState } from './rule/rise.ts';
import type { Settings } from './rule/settings.ts';

/** What a day changed. */
type Event =
  /** `days`: how many days, up to this one, show it together. */
  | {
      readonly kind: 'opened';
      readonly of: Movement['kind'];
      readonly day: Day;
      readonly days: number;
    }
  | {
      readonly kind: 'closed';
      readonly of: Movement['kind'];
      readonly day: Day;
      readonly outcome: Exclude<IncidentOutcome, 'not watched'>;
    }
  /** The source looked wrong on that day. */
  | { readonly kind: 'held'; readonly day: Day };

/** All that is remembered of a series: of its drops, and of its rises where these are watched. */
export interface Remembered extends State {
  readonly rise?: RiseState | undefined;
}

interface Replayed {
  readonly state: Remembered;
  readonly events: readonly Event[];
  /** Of the last day; undefined when there was none to judge. */
  readonly verdict: Verdict | undefined;
}

interface Wanted extends Settings {
  readonly rises?: boolean;
}

/** Days that show a slow drop, and days that show a rise. */
const SLOW_DAYS = 14;
const RISE_DAYS = 2;

/**
 * Judges the days of a series that have arrived since the last judged one, and returns what
 * changed.
 */
export function replay(
  { watched }: Pick<Member, 'watched'>,
  before: Remembered,
  wanted: Wanted,
): Replayed {
  const events: Event[] = [];
  let { rise = NO_RISE, ...state } = before;
  let verdict: Verdict | undefined;
  for (const day of daysToJudge(watched, before)) {
    const judged = judgeDay(watched, state, day, wanted);
    const window = judged.next.firing?.window ?? 'slow';
    // Where the rise is reported, so is its end, and not once more as a drop.
    const isEnd =
      wanted.rises &&
      judged.verdict === 'fell' &&
      isBackFromRise(watched, rise, numberOf(day), window);
    verdict = isEnd ? 'normal' : judged.verdict;
    state = isEnd ? { ...state, judged: day } : judged.next;
    const event = eventOf({ day, verdict }, state, watched.isCounter);
    if (event) events.push(event);
    if (!wanted.rises || verdict === 'on hold') continue;
    const risen = judgeRise(watched, rise, numberOf(day));
    rise = risen.state;
    if (risen.verdict === 'rose') events.push({ kind: 'opened', of: 'rise', day, days: RISE_DAYS });
    else if (risen.verdict) {
      events.push({ kind: 'closed', of: 'rise', day, outcome: risen.verdict });
    }
  }
  return { state: wanted.rises ? { ...state, rise } : state, events, verdict };
}

function eventOf(
  { day, verdict }: Judgement,
  { firing }: State,
  isCounter: boolean,
): Event | undefined {
  if (verdict === 'on hold') return { kind: 'held', day };
  if (verdict === 'recovered' || verdict === 'new level') {
    return { kind: 'closed', of: 'drop', day, outcome: verdict };
  }
  if (verdict !== 'fell' || !firing) return undefined;
  const { window } = firing;
  // A single low day of a counter is reported with the next, which has not made up for it.
  const least = isCounter ? 2 : 1;
  const days = window === 'slow' ? SLOW_DAYS : Math.max(least, window);
  return { kind: 'opened', of: 'drop', day, days };
}

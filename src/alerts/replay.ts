import type { Day } from '../../db/days.ts';
import type { IncidentOutcome } from '../../db/incidents.ts';
import type { Member } from './field.ts';
import { type Judgement, judgeDays, type State, type Verdict } from './rule/judge.ts';
import type { Settings } from './rule/settings.ts';

/** What a day changed. */
export type Event =
  /** `days`: how many days, up to this one, tell the drop together. */
  | { readonly kind: 'opened'; readonly day: Day; readonly days: number }
  | {
      readonly kind: 'closed';
      readonly day: Day;
      readonly outcome: Exclude<IncidentOutcome, 'not watched'>;
    };

export interface Replayed {
  readonly state: State;
  readonly events: readonly Event[];
  /** Of the last day; undefined when there was none to judge. */
  readonly verdict: Verdict | undefined;
}

/** Days that a slow drop is told by. */
const SLOW_DAYS = 14;

/** Judges the days of a series that have arrived since the last judged one, and tells what changed. */
export function replay({ watched }: Member, before: State, settings: Settings): Replayed {
  const { series } = watched;
  const events: Event[] = [];
  let state = before;
  let verdict: Verdict | undefined;
  for (;;) {
    // One day at a time, because the state of the day tells how it dropped.
    const daysAfter: typeof series.daysAfter = (day) => series.daysAfter(day).slice(0, 1);
    const judged = judgeDays({ ...watched, series: { ...series, daysAfter } }, state, settings);
    const [only] = judged.judgements;
    if (!only) return { state, events, verdict };
    ({ state } = judged);
    ({ verdict } = only);
    const event = eventOf(only, state);
    if (event) events.push(event);
  }
}

function eventOf({ day, verdict }: Judgement, { firing }: State): Event | undefined {
  if (verdict === 'recovered' || verdict === 'new level') {
    return { kind: 'closed', day, outcome: verdict };
  }
  if (verdict !== 'fell' || !firing) return undefined;
  return { kind: 'opened', day, days: firing.window === 'slow' ? SLOW_DAYS : firing.window };
}

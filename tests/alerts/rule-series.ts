import { addDays, type Day, daysBetween } from '../../db/days.ts';
import { firstState, type Judgement, judgeDays, type State } from '../../src/alerts/rule/judge.ts';
import { createSeries, type Series } from '../../src/alerts/rule/series.ts';
import { settings } from '../../src/alerts/rule/settings.ts';

/** A Monday in spring: series of half a year from here on end before the turn of the year. */
export const FIRST: Day = '2025-03-03';

export const dayAt = (index: number): Day => addDays(FIRST, index);

/** Numbers in [0, 1) that are the same each time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Monday to Sunday: people work on five days. */
const WEEK = [1, 1.05, 1.1, 1.05, 0.95, 0.6, 0.5];

/** `days` days around a level, with a weekly habit and noise of at most a tenth. */
export function usualDays(days: number, level = 1000, seed = 1): (number | null)[] {
  const random = randomFrom(seed);
  return Array.from({ length: days }, (_, index) =>
    Math.round(level * (WEEK[index % 7] as number) * (0.9 + 0.2 * random())),
  );
}

/** The days from index `from` on, up to `to`, multiplied. */
export function times(
  values: readonly (number | null)[],
  factor: number,
  from: number,
  to = values.length,
): (number | null)[] {
  return values.map((value, index) =>
    value !== null && index >= from && index < to ? Math.round(value * factor) : value,
  );
}

/** Null: a day without a value. */
export function seriesOf(values: readonly (number | null)[], first = FIRST): Series {
  const series = createSeries();
  for (const [index, value] of values.entries()) {
    if (value !== null) series.learn(addDays(first, index), value);
  }
  return series;
}

interface Judged {
  readonly judgements: readonly Judgement[];
  readonly state: State;
}

interface Beside {
  readonly isCounter?: boolean;
  readonly peers?: readonly Series[];
}

/** All days in one go, at the normal sensitivity. */
export function judgeAll(series: Series, { isCounter = false, peers = [] }: Beside = {}): Judged {
  return judgeDays({ series, isCounter, peers }, firstState(null), settings.normal);
}

/** What happened, as `index verdict` with the index of the day: only what begins or ends an alert. */
export function eventsOf({ judgements }: Pick<Judged, 'judgements'>): string[] {
  return judgements
    .filter(({ verdict }) => ['fell', 'recovered', 'new level'].includes(verdict))
    .map(({ day, verdict }) => `${daysBetween(FIRST, day)} ${verdict}`);
}

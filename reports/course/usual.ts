import { mean, median, quantile, sorted } from '../../db/statistics.ts';

/** What was usual for a day. */
interface UsualDay {
  readonly expected: number;
  /** Most days lay between these. */
  readonly low: number;
  readonly high: number;
}

/** What was usual before a day; days are places in a row of them, a missing one is NaN. */
export interface UsualLevel {
  /** What an ordinary day has. */
  readonly level: number;
  /** What a day has on the average of a week. */
  readonly daily: number;
  /** How many times that the weekday of a day usually has. */
  habitOf(at: number): number;
  on(at: number): UsualDay;
}

/** Weeks that a weekday's habit is read from, and how many it needs. */
const HABIT_WEEKS = 8;
const LEAST_WEEKS = 3;
const LEAST_OF_WEEK = 5;

/** Days that a level needs. */
const LEAST_DAYS = 7;

/** The lowest and the highest days, this share of all each, are no part of the range. */
const OUTSIDE = 0.15;

/**
 * Tells what was usual in the `reach` days before the day `before`: their median without the habits
 * of the weekdays, so that neither a burst nor a wrong day counts. Undefined while too little is known.
 */
export function usualLevels(
  values: Float64Array,
): (before: number, reach: number) => UsualLevel | undefined {
  const ratios = new Map<number, number>();
  /** How many times the middle of the week that ends with it a day had. */
  const ratioOf = (at: number) => {
    const kept = ratios.get(at);
    if (kept !== undefined) return kept;
    const week = knownIn(values, at - 6, at);
    const ratio = week.length < LEAST_OF_WEEK ? Number.NaN : (values[at] ?? 0) / median(week);
    ratios.set(at, ratio);
    return ratio;
  };

  return (before, reach) => {
    const habits = Array.from({ length: 7 }, (_, weekday) => {
      const last = before - 1 - ((((before - 1 - weekday) % 7) + 7) % 7);
      const found = Array.from({ length: HABIT_WEEKS }, (_, week) => ratioOf(last - 7 * week));
      const known = found.filter(Number.isFinite);
      return known.length < LEAST_WEEKS ? 1 : median(known);
    });
    const habitOf = (at: number) => habits[((at % 7) + 7) % 7] ?? 1;
    const levels: number[] = [];
    for (let at = Math.max(0, before - reach); at < before; at++) {
      const level = (values[at] ?? Number.NaN) / habitOf(at);
      if (Number.isFinite(level)) levels.push(level);
    }
    if (levels.length < LEAST_DAYS) return undefined;
    const ordered = sorted(levels);
    const level = quantile(ordered, 0.5);
    // A day each, and nothing between an ordinary and a wild one.
    const outside = Math.ceil(OUTSIDE * (ordered.length - 1));
    const [low = level, high = level] = [ordered[outside], ordered.at(-1 - outside)];
    return {
      level,
      daily: level * mean(habits),
      habitOf,
      on: (at) => {
        const habit = habitOf(at);
        return { expected: level * habit, low: low * habit, high: high * habit };
      },
    };
  };
}

/** The known values from one place to another, both of them included. */
export function knownIn(values: Float64Array, from: number, to: number): number[] {
  return [...values.subarray(Math.max(0, from), Math.max(0, to + 1))].filter(
    (value) => !Number.isNaN(value),
  );
}

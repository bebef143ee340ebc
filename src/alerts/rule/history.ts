import { DAY_MS, type Day, dayMs } from '../../../db/days.ts';

/** Days since 1970-01-01: what the rule reckons with. */
export type DayNumber = number;

export const numberOf = (day: Day): DayNumber => dayMs(day) / DAY_MS;

/** 0 is Monday. */
export const weekdayOf = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7;

/**
 * A daily series as it is visible now: complete days only, the latest value of each. What is worked
 * out of it is kept until a value it rests on is corrected.
 */
export interface History {
  /** A new day, or the correction of an old one. Less than zero counts as zero. */
  learn(day: Day, value: number): void;
  /** ln(1 + value); NaN for a day without a value. */
  at(day: DayNumber): number;
  /** The days with a value after `day`, in order. */
  daysAfter(day: DayNumber): DayNumber[];
  /** `work`, remembering its answers. It may read the `reach` days before a day, and the day. */
  keep<T>(reach: number, work: (day: DayNumber) => T): (day: DayNumber) => T;
}

/** What a day tells, in logs, the habit of its weekday (Monday first in `weekdays`) taken out. */
export const levelOn = (
  history: Pick<History, 'at'>,
  weekdays: readonly number[],
  day: DayNumber,
): number => history.at(day) - (weekdays[weekdayOf(day)] as number);

interface Kept {
  readonly reach: number;
  readonly answers: Map<DayNumber, unknown>;
  newest: DayNumber;
}

export function createHistory(): History {
  const logs = new Map<DayNumber, number>();
  const kept: Kept[] = [];
  let oldest = Number.POSITIVE_INFINITY;
  let newest = Number.NEGATIVE_INFINITY;

  function forget({ reach, answers, newest: last }: Kept, changed: DayNumber): void {
    for (let day = changed; day <= Math.min(changed + reach, last); day++) answers.delete(day);
  }

  return {
    learn(name, value) {
      const day = numberOf(name);
      const log = Math.log1p(Math.max(0, value));
      if (logs.get(day) === log) return;
      logs.set(day, log);
      oldest = Math.min(oldest, day);
      newest = Math.max(newest, day);
      for (const one of kept) forget(one, day);
    },
    at: (day) => logs.get(day) ?? Number.NaN,
    daysAfter(day) {
      const days = [];
      for (let next = Math.max(day + 1, oldest); next <= newest; next++) {
        if (logs.has(next)) days.push(next);
      }
      return days;
    },
    keep<T>(reach: number, work: (day: DayNumber) => T) {
      const answers = new Map<DayNumber, T>();
      const one: Kept = { reach, answers, newest: Number.NEGATIVE_INFINITY };
      kept.push(one);
      return (day) => {
        const found = answers.get(day);
        if (found !== undefined) return found;
        const answer = work(day);
        answers.set(day, answer);
        one.newest = Math.max(one.newest, day);
        return answer;
      };
    },
  };
}

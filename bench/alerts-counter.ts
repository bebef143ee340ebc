import { arrivedDays } from '../db/arrived-days.ts';
import { addDays, type Day, dayOf } from '../db/days.ts';
import { IN_MEMORY, openDatabase } from '../db/open.ts';
import { type DayValue, saveDays, seriesOf } from '../db/series.ts';
import { ensureSubject } from '../db/subjects.ts';

/** What a growing counter showed at an instant, in milliseconds since the epoch. */
export interface CounterReading {
  readonly at: number;
  readonly total: number;
}

/** A counter whose readings are kept as the poller keeps them. */
export interface Counter {
  /** Keeps a reading; they may come in any order and more than once. */
  read(reading: CounterReading): void;
  /** What it is known to have grown by on each day that is over. */
  days(): DayValue[];
}

const FIRST: Day = '0001-01-01';
const LAST: Day = '9999-12-31';

/** `metric` is what the product calls the counter: of some of them a total can fall. */
export function createCounter(metric: string): Counter {
  const db = openDatabase(IN_MEMORY);
  const { id: subjectId } = ensureSubject(db, 'bench', 'counter', 'counter');
  const key = { subjectId, metric, kind: 'total' } as const;
  return {
    read({ at, total }) {
      const day = dayOf(at);
      saveDays(db, key, [{ day, value: total }], {
        origin: 'poll',
        seenAt: new Date(at).toISOString(),
        completeThrough: addDays(day, -1),
      });
    },
    days: () => seriesOf(db, metric).flatMap((series) => arrivedDays(db, series, FIRST, LAST)),
  };
}

import type { Day } from '../db/days.ts';

export function earliest(days: readonly Day[]): Day | undefined {
  return days.toSorted()[0];
}

export function latest(days: readonly Day[]): Day | undefined {
  return days.toSorted().at(-1);
}

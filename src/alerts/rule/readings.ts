import { type Day, dayOf } from '../../../db/days.ts';
import { DAY_MS } from './history.ts';

/** What a growing counter showed at an instant, in milliseconds since the epoch. */
export interface CounterReading {
  readonly at: number;
  readonly total: number;
}

/** Over a longer gap than this around midnight, what belongs to which day is not known. */
const LONGEST_GAP_MS = 14 * 3_600_000;

/**
 * What a counter grew by on each UTC day, in order of the days. The total at midnight is
 * interpolated between the readings around it. A day has no value when its counter was not read
 * around both midnights, or when it went back meanwhile (a reset, a wrong reading). Readings may
 * come in any order and more than once.
 */
export function dailyGrowth(readings: readonly CounterReading[]): { day: Day; value: number }[] {
  const ordered = inOrder(readings);
  const midnights = midnightsOf(ordered);
  return midnights.slice(1).flatMap((end, index) => {
    const start = midnights[index] as Midnight;
    if (end.at - start.at !== DAY_MS) return [];
    if (!isGrowing(ordered.slice(start.after - 1, end.after + 1))) return [];
    return [{ day: dayOf(start.at), value: Math.round(end.total - start.total) }];
  });
}

interface Midnight extends CounterReading {
  /** The index of the first reading after it, or at it. */
  readonly after: number;
}

function midnightsOf(ordered: readonly CounterReading[]): Midnight[] {
  const midnights: Midnight[] = [];
  for (let after = 1; after < ordered.length; after++) {
    const before = ordered[after - 1] as CounterReading;
    const next = ordered[after] as CounterReading;
    const at = (Math.floor(before.at / DAY_MS) + 1) * DAY_MS;
    if (at > next.at || next.at - before.at > LONGEST_GAP_MS) continue;
    const share = (at - before.at) / (next.at - before.at);
    midnights.push({ at, after, total: before.total + share * (next.total - before.total) });
  }

  return midnights;
}

function inOrder(readings: readonly CounterReading[]): CounterReading[] {
  const byInstant = new Map<number, CounterReading>();
  for (const reading of readings)
    if (!byInstant.has(reading.at)) byInstant.set(reading.at, reading);
  return [...byInstant.values()].sort((a, b) => a.at - b.at);
}

function isGrowing(readings: readonly CounterReading[]): boolean {
  return readings.every(({ total }, index) => total >= (readings[index - 1]?.total ?? total));
}

import { addDays, type Day, dayMs } from '../db/days.ts';
import { createRandom, type Random } from '../playground/sample/random.ts';

export const LAST_DAY: Day = '2026-06-30';
export const FIRST_DAY: Day = '2021-07-01';

export const PEOPLE = 100_000;
export const CHANNELS = 300;
export const REPOSITORIES = 50;
const VERSIONS = 200;
const WEEKDAYS = [0.2, 1, 1.1, 1.1, 1, 0.8, 0.2];

/** A day of the made-up community: per (channel, user) number how many messages, in order. */
interface CommunityDay {
  readonly day: Day;
  readonly counts: readonly (readonly [channel: number, user: number, messages: number])[];
}

/**
 * Five years of a community in which both people (exponent 1.1) and channels (exponent 1) are
 * talkative as Zipf would have it, and weekends are quiet. Every tenth channel is private.
 */
export function* communityDays(messages: number): Generator<CommunityDay> {
  const random = createRandom(1949);
  const drawChannel = zipf(random, CHANNELS, 1);
  const drawPerson = zipf(random, PEOPLE, 1.1);
  // A person's number says when they were first seen, which is not their rank.
  const numbers = shuffled(random, PEOPLE);
  const days = allDays();
  const weight = (day: Day): number => WEEKDAYS[new Date(dayMs(day)).getUTCDay()] as number;
  const whole = days.reduce((sum, day) => sum + weight(day), 0);
  let passed = 0;
  let drawn = 0;
  for (const day of days) {
    passed += weight(day);
    const size = Math.round((messages * passed) / whole) - drawn;
    drawn += size;
    const keys = new Uint32Array(size);
    for (let i = 0; i < size; i++) {
      keys[i] = drawChannel() * PEOPLE + (numbers[drawPerson()] as number);
    }
    yield { day, counts: countKeys(keys.sort()) };
  }
}

/** The stars of repository `number` (from 1) on each day: some grow fast, most slowly. */
export function communityStars(number: number): { readonly day: Day; readonly value: number }[] {
  const random = createRandom(number);
  let stars = 0;
  return allDays().map((day) => {
    stars += Math.floor(random.wait(40 / number));
    return { day, value: stars };
  });
}

/** The downloads of a version, from the day of its release on. */
interface CommunityVersion {
  /** From 1, in order of their releases. */
  readonly number: number;
  readonly version: string;
  readonly values: readonly { readonly day: Day; readonly value: number }[];
}

/** A package of which each version is left for the next, and never quite forgotten. */
export function communityVersions(): CommunityVersion[] {
  const random = createRandom(440);
  const days = allDays();
  return Array.from({ length: VERSIONS }, (_, at) => ({
    number: at + 1,
    version: `${Math.floor(at / 50)}.${Math.floor(at / 5) % 10}.${at % 5}`,
    values: days
      .slice(Math.floor((at * days.length) / VERSIONS))
      .map((day, age) => ({ day, value: 1 + Math.floor(random.wait(3 + 900 * 0.97 ** age)) })),
  }));
}

/** The first version without the vulnerability that all before it have. */
export const FIXED_NUMBER = 150;

function allDays(): Day[] {
  const days: Day[] = [];
  for (let day = FIRST_DAY; day <= LAST_DAY; day = addDays(day, 1)) days.push(day);
  return days;
}

function countKeys(keys: Uint32Array): [number, number, number][] {
  const counts: [number, number, number][] = [];
  let last = -1;
  for (const key of keys) {
    const top = counts.at(-1);
    if (top && key === last) top[2] += 1;
    else counts.push([Math.floor(key / PEOPLE) + 1, (key % PEOPLE) + 1, 1]);
    last = key;
  }
  return counts;
}

/** Draws ranks from 0 to size - 1, rank r with a probability proportional to 1 / (r + 1)^s. */
function zipf(random: Random, size: number, s: number): () => number {
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) cumulative[rank] = sum += 1 / (rank + 1) ** s;
  return () => {
    const wanted = random.next() * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) <= wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function shuffled(random: Random, size: number): Uint32Array {
  const numbers = Uint32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = random.int(0, i);
    [numbers[i], numbers[j]] = [numbers[j] as number, numbers[i] as number];
  }
  return numbers;
}

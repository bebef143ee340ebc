/** A seeded stream of random choices: the same seed gives the same choices on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [low, high], both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** The likelier, the greater its weight. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T;
  /** Exponentially distributed with that mean: waiting times. */
  wait(mean: number): number;
  /** Roughly normal, mean 0, standard deviation 1. */
  bell(): number;
}

/** Built on mulberry32 by Tommy Ettinger (public domain, 2017): 32 bits of state, good enough. */
export function createRandom(seed: number): Random {
  let state = seed | 0;

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => existing(items[Math.floor(next() * items.length)]),
    weighted: (items, weight) => {
      let left = 0;
      for (const item of items) left += weight(item);
      left *= next();
      const found = items.find((item) => {
        left -= weight(item);
        return left < 0;
      });
      return existing(found ?? items.at(-1));
    },
    wait: (mean) => -Math.log(1 - next()) * mean,
    // The sum of four uniform numbers, scaled: no logarithm or cosine that could differ by engine.
    bell: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
  };
}

function existing<T>(item: T | undefined): T {
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** A seeded generator of numbers from 0 to 1 (Mulberry32, by Tommy Ettinger). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Counts of independent events: Knuth's method, in steps that do not underflow. */
export function poisson(mean: number, next: () => number): number {
  let left = mean;
  let events = 0;
  while (left > 0) {
    const step = Math.min(left, 50);
    for (let product = next(); product > Math.exp(-step); product *= next()) events++;
    left -= step;
  }
  return events;
}

/** Counts in bursts, with variance `mean + mean² / shape`: Poisson around a gamma. */
export function negativeBinomial(mean: number, shape: number, next: () => number): number {
  return poisson((gamma(shape, next) * mean) / shape, next);
}

/** Marsaglia and Tsang, ACM Transactions on Mathematical Software 26 (2000), for shape ≥ 1. */
function gamma(shape: number, next: () => number): number {
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - next()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

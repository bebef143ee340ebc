import type { RunCosts } from '../../db/runs.ts';
import type { Meter } from '../sources/source.ts';

export interface CountingMeter extends Meter {
  /** What was counted until now. */
  costs(): Omit<RunCosts, 'rows'>;
}

/** @param now milliseconds since the epoch */
export function createMeter(now: () => number): CountingMeter {
  const began = now();
  let [requests, bytes, costUsd] = [0, 0, 0];
  return {
    request() {
      requests += 1;
    },
    billed(more, usd) {
      bytes += more;
      costUsd += usd;
    },
    elapsed: () => now() - began,
    costs: () => ({ requests, bytes, costUsd }),
  };
}

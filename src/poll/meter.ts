import type { RunCosts } from '../../db/runs.ts';
import type { Meter } from '../sources/source.ts';

export interface CountingMeter extends Meter {
  /** What was counted until now. */
  costs(): Omit<RunCosts, 'rows'>;
}

export function createMeter(): CountingMeter {
  let [requests, bytes, costUsd] = [0, 0, 0];
  return {
    request() {
      requests += 1;
    },
    billed(more, usd) {
      bytes += more;
      costUsd += usd;
    },
    costs: () => ({ requests, bytes, costUsd }),
  };
}

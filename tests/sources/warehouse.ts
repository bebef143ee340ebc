import { createWarehouse } from '../../src/sources/pypi/bigquery.ts';
import { NOW } from './cases.ts';

export const GB = 1e9;

/** A warehouse that does not wait between its tries, and what asking it costs. */
export function prepare(maxBytes = 50 * GB) {
  const warehouse = createWarehouse({ project: 'acme', maxBytes, maxRetryDelay: 0.001 });
  const costs = { requests: 0, bytes: 0, usd: 0 };
  const asking = {
    now: NOW,
    meter: {
      request() {
        costs.requests += 1;
      },
      billed(bytes: number, usd: number) {
        costs.bytes += bytes;
        costs.usd += usd;
      },
    },
  };
  return { warehouse, asking, costs };
}

/** Slack's message timestamps are text; these are the only places that look into them. */

export interface TsClock {
  /** A ts that was never given before and is later than all given before. */
  next(): string;
}

export function createTsClock(now: () => number): TsClock {
  let last = 0;
  return {
    next() {
      last = Math.max(Math.floor(now()) * 1000, last + 1);
      return tsOfMicros(last);
    },
  };
}

function tsOfMicros(micros: number): string {
  const seconds = String(Math.floor(micros / 1_000_000)).padStart(10, '0');
  return `${seconds}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/**
 * Brings `ts` to ten digits, a point and six digits, so that text order is time order; undefined
 * when it is not a timestamp. People and programs also write `0`, `1700000000` or `1700000000.1`.
 */
export function normalTs(ts: string): string | undefined {
  const parts = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(ts);
  if (!parts) return undefined;
  return `${(parts[1] ?? '').padStart(10, '0')}.${(parts[2] ?? '').padEnd(6, '0')}`;
}

/** The timestamp right after the normal timestamp `ts`. */
export function tsAfter(ts: string): string {
  const [seconds, micros] = ts.split('.');
  return tsOfMicros(Number(seconds) * 1_000_000 + Number(micros) + 1);
}

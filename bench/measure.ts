/** The milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value that `share` (0 to 1) of the values don't exceed, by nearest rank. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/** `1,234` from a thousand on, three significant digits below. */
export function number(value: number): string {
  return value >= 1000
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}

export const ms = (value: number): string => `${number(value)} ms`;
export const perSecond = (count: number, milliseconds: number): string =>
  `${number((1000 * count) / milliseconds)}/s`;
export const times = (value: number): string => `${value.toFixed(2)}×`;

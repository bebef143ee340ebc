import { SIZE } from '../theme.ts';
import { textWidth } from './text.ts';

const UNITS = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Round values for a linear axis, about `most` of them, that enclose `low`..`high` and zero. */
export function linearTicks(low: number, high: number, most = 5): number[] {
  const bottom = Math.min(0, low);
  const top = bottom < 0 ? Math.max(0, high) : Math.max(1, high);
  const rough = (top - bottom) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 2.5, 5, 10].map((m) => m * power).filter((step) => step % 1 === 0);
  const step = steps.find((step) => step >= rough) ?? 1;
  const first = Math.floor(bottom / step);
  const last = Math.ceil(top / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** How many ticks a plot of that height carries. */
export function ticksFor(height: number): number {
  return height < 150 ? 2 : 5;
}

/** Powers of ten that enclose `low`..`high`, with steps between where the range is short. */
export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(Math.max(1, low)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(1, high))));
  const steps = last - first <= 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = first; power < last; power++) ticks.push(...steps.map((m) => m * 10 ** power));
  return [...ticks, 10 ** last];
}

/** What an axis writes at its ticks, all in one unit: `1,234`, `12.5k`, `3M`. */
export function tickLabels(ticks: readonly number[]): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const isLog = !ticks.includes(0);
  return ticks.map((tick) => {
    const size = isLog ? Math.abs(tick) : largest;
    const [unit, letter] = UNITS.find(([unit]) => size >= 10_000 && size >= unit) ?? [1, ''];
    return tick === 0 ? '0' : `${decimal.format(tick / unit)}${letter}`.replace('-', '−');
  });
}

/** The Vega expression that writes the label of a tick: the ticks are known, so it is a table. */
export function labelTable(ticks: readonly number[]): string {
  const labels = tickLabels(ticks);
  const table = Object.fromEntries(ticks.map((tick, index) => [String(tick), labels[index]]));
  return `${JSON.stringify(table)}[datum.value]`;
}

/**
 * The x of a plot over time, with its small print below.
 *
 * @param domain milliseconds since the epoch
 */
export function timeX(
  domain: readonly [number, number],
  { values, labelExpr }: { readonly values: readonly number[]; readonly labelExpr: string },
  smallPrint: readonly string[],
) {
  const title = { title: [...smallPrint], titleAnchor: 'start' as const };
  return {
    field: 'x' as const,
    type: 'temporal' as const,
    scale: { type: 'utc' as const, domain: [...domain] },
    axis: {
      values: [...values],
      labelExpr,
      labelFlush: false,
      ticks: true,
      tickSize: 5,
      ...(smallPrint.length > 0 && title),
    },
  };
}

export function tickWidth(ticks: readonly number[]): number {
  return Math.max(...tickLabels(ticks).map((label) => textWidth(label, SIZE.label)));
}

/** The ticks of an axis, and the Vega expression that writes their labels. */
export interface Axis {
  readonly values: readonly number[];
  readonly labelExpr: string;
  readonly title?: string;
}

/** Ticks for an age of up to `days`: in days, or in years from two years on. */
export function ageTicks(days: number, since: string): Axis {
  const isYears = days >= 730;
  const unit = isYears ? 365.25 : 1;
  const values = linearTicks(0, days / unit, 6)
    .map((tick) => tick * unit)
    .filter((tick) => tick <= days);
  return {
    values,
    labelExpr: `format(datum.value / ${unit}, ',.0f')`,
    title: `${isYears ? 'Years' : 'Days'} since ${since}`,
  };
}

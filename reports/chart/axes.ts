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
  return evenTicks(bottom, bottom < 0 ? Math.max(0, high) : Math.max(1, high), most);
}

/** The same for an axis that need not hold zero, but spans `least` at least: no small move is blown up. */
export function fittedTicks(low: number, high: number, least: number, most = 5): number[] {
  const air = Math.max(0, least - (high - low)) / 2;
  const bottom = Math.max(0, low - air);
  return evenTicks(bottom, Math.max(high, bottom + least), most);
}

function evenTicks(bottom: number, top: number, most: number): number[] {
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

/** What an axis writes at its ticks, all in one unit: `1,234`, `12.5k`, `3M`; of changes `+20`. */
export function tickLabels(ticks: readonly number[], isChange = false): string[] {
  const [first = 0, second = 0] = ticks;
  const isLog = ticks.some((tick, at) => tick !== first + at * (second - first));
  return ticks.map((tick) => {
    const together = isLog ? [tick] : ticks;
    const size = Math.max(...together.map(Math.abs));
    const [unit, letter] = UNITS.find(
      ([unit]) =>
        size >= 10_000 && size >= unit && together.every((one) => (10 * one) % unit === 0),
    ) ?? [1, ''];
    if (tick === 0) return '0';
    const sign = isChange && tick > 0 ? '+' : '';
    return `${sign}${decimal.format(tick / unit)}${letter}`.replace('-', '−');
  });
}

/** The Vega expression that writes the label of a tick: the ticks are known, so it is a table. */
export function labelTable(ticks: readonly number[], isChange = false): string {
  const labels = tickLabels(ticks, isChange);
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

export function tickWidth(ticks: readonly number[], isChange = false): number {
  return Math.max(...tickLabels(ticks, isChange).map((label) => textWidth(label, SIZE.label)));
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

import { type Addend, type Sums, sumsOf } from '../same-set.ts';
import type { Total, Totals } from './read.ts';
import type { Still } from './readings.ts';

export const WEEKS: Addend<Total> = {
  valuesOf: ({ weeks }) => weeks,
  isNew: ({ isNew }) => isNew,
};

/** A month and the one before. */
const MONTHS: Addend<Total> = {
  valuesOf: ({ compared }) => compared,
  isNew: ({ compared }) => (compared[0] ?? null) === null,
};

export function weekSums({ totals }: Totals): Sums<Total> {
  return sumsOf(totals, WEEKS);
}

/** Of the weeks or months that the headline compares. */
export function headlineSums({ totals, comparison }: Totals): Sums<Total> {
  return sumsOf(totals, comparison?.of === 'month' ? MONTHS : WEEKS);
}

/** What the headline says of the only counter there is, where that stood still and nothing else is known. */
export function headlineStill(data: Totals): Still | undefined {
  const [first, ...others] = data.totals;
  const isAlone = others.length === 0 && headlineSums(data).sums.at(-1) === null;
  return isAlone ? first?.stills.at(-1) : undefined;
}

import { textWidth } from '../chart/text.ts';
import { count } from '../words.ts';

const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `123.4k`, `1.2M`; what is small stays as it is. */
export function brief(value: number): string {
  if (Math.abs(value) < 999.5) return count(value);
  return compact.format(value).replace('K', 'k').replace('-', '−');
}

/** Larger numbers make a line that is too wide to be read. */
const LARGE = 99_999.5;

export type NumberStyle = (value: number) => string;

/**
 * How the numbers of a row are written, all alike: in short where the main one takes more than `room`
 * pixels at that font size, or another one is large.
 */
export function styleOf(
  main: number | undefined,
  others: readonly (number | undefined)[],
  { fontSize, room }: { readonly fontSize: number; readonly room: number },
): NumberStyle {
  const isWide = main !== undefined && textWidth(count(main), fontSize) > room;
  return isWide || others.some((one = 0) => Math.abs(one) >= LARGE) ? brief : count;
}

/** `25,197–26,727`, or one number where both look the same. */
export function rangeText(low: number, high: number, style: NumberStyle): string {
  const [from, to] = [style(low), style(high)];
  if (from === to) return from;
  return low < 0 ? `${from} to ${to}` : `${from}–${to}`;
}

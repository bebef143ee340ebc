import { textWidth } from '../chart/text.ts';
import { count } from '../words.ts';

const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `123.4k`, `1.2M`. */
function brief(value: number): string {
  return compact.format(value).replace('K', 'k').replace('-', '−');
}

/** The number as it is, or in short where `room` pixels at that font size are too few. */
export function inRoom(value: number, fontSize: number, room: number): string {
  const whole = count(value);
  return textWidth(whole, fontSize) <= room ? whole : brief(value);
}

/** Larger numbers make a range that is too wide to be read. */
const LARGE = 99_999.5;

/** `25,197–26,727`, both in short where one is large, or one number where they look the same. */
export function rangeText(low: number, high: number): string {
  const isLarge = Math.max(Math.abs(low), Math.abs(high)) >= LARGE;
  const [from, to] = [low, high].map(isLarge ? brief : count) as [string, string];
  if (from === to) return from;
  return low < 0 ? `${from} to ${to}` : `${from}–${to}`;
}

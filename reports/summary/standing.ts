import type { Verdict } from '../judge.ts';
import { rangeBeside } from '../pace.ts';
import { listed } from '../words.ts';
import { isSmall } from './changes.ts';
import type { MeasureName } from './history.ts';
import { measures } from './measures.ts';

/**
 * Where a number lies: `inside` of what is usual, or outside. That is `news`, or none: because the
 * earlier ones `lead` there, because they are `few`, or because it lies only a `little` outside, or
 * so do others at `times`.
 */
type Place = 'inside' | 'news' | 'lead' | 'few' | 'little' | 'times';

/** Beyond the range by no more than this share of its edge. */
const LITTLE = 0.1;

/** Undefined where nothing is usual. */
function placeOf(measure: MeasureName, verdict: Verdict): Place | undefined {
  const { value, usual, expected = value, isUnusual } = verdict;
  if (!usual) return undefined;
  const { low, high } = usual;
  if (value >= low && value <= high) return 'inside';
  // Of the first two stars after weeks without one, nobody may say that it happens at times.
  if (isSmall(measure, verdict)) return 'few';
  if (isUnusual) return 'news';
  if (value > high ? expected > high : expected < low) return 'lead';
  const edge = value > high ? high : low;
  return Math.abs(value - edge) <= LITTLE * Math.abs(edge) ? 'little' : 'times';
}

/** `usually 34–47`, `growing past 75.8k–106.5k`; the range as it is to be shown. */
export function standingText(
  measure: MeasureName,
  verdict: Verdict,
  rangeOf: (low: number, high: number) => string,
): string {
  const { value, usual } = verdict;
  const place = placeOf(measure, verdict);
  if (!usual || !place) return '';
  const { low, high } = rangeBeside(value, usual);
  const range = rangeOf(low, high);
  const side = value > high ? 'above' : 'below';
  const said: Readonly<Record<Place, string>> = {
    inside: `usually ${range}`,
    news: `${side} usual, ${range}`,
    lead: `${value > high ? 'growing past' : 'falling below'} ${range}`,
    few: `${side} ${range}, but few`,
    little: `just ${side} ${range}`,
    times: `${side} ${range} at times`,
  };
  return said[place];
}

/** `Downloads and pulls are above what was usual, as their growth leads one to expect.` */
export function ledSentences(
  panels: readonly { readonly measure: MeasureName; readonly verdict: Verdict | undefined }[],
): string[] {
  const led = panels.flatMap(({ measure, verdict }) =>
    verdict?.usual && placeOf(measure, verdict) === 'lead'
      ? [{ name: measures[measure].title, isAbove: verdict.value > verdict.usual.high }]
      : [],
  );
  return [true, false].flatMap((isAbove) => {
    const names = led.filter((one) => one.isAbove === isAbove).map(({ name }) => name);
    if (names.length === 0) return [];
    const [side, why] = isAbove ? ['above', 'growth leads'] : ['below', 'decline leads'];
    const what = listed(names.map((name, at) => (at === 0 ? name : name.toLowerCase())));
    return [`${what} are ${side} what was usual, as their ${why} one to expect.`];
  });
}

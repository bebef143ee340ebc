import type { Verdict } from '../judge.ts';
import { rangeBeside } from '../pace.ts';
import { listed } from '../words.ts';
import { type Calendar, periodWord } from './calendar.ts';
import { isSmall } from './changes.ts';
import type { MeasureName } from './history.ts';
import { measures } from './measures.ts';

/**
 * Where a number lies: `inside` of what is usual, or outside. That is `news`, or none: because the
 * earlier ones `lead` there, because they are `few`, or because it lies only a `little` outside, or so
 * do others at `times`. An `extreme` is none of these, though the earlier ones vary too much for news.
 */
type Place = 'inside' | 'news' | 'lead' | 'few' | 'little' | 'extreme' | 'times';

/** Beyond the range by no more than this share of its edge. */
const LITTLE = 0.1;

/** Undefined where nothing is usual. */
function placeOf(measure: MeasureName, verdict: Verdict): Place | undefined {
  const { value, usual, expected = value, isUnusual, extremeOf } = verdict;
  if (!usual) return undefined;
  const { low, high } = usual;
  if (value >= low && value <= high) return 'inside';
  // Of the first two stars after weeks without one, nobody may say that it happens at times.
  if (isSmall(measure, verdict)) return 'few';
  if (isUnusual) return 'news';
  const edge = value > high ? high : low;
  const beyond = Math.abs(value - edge);
  const isLed = value > high ? expected > high : expected < low;
  if (isLed && Math.abs(value - expected) < beyond) return 'lead';
  if (beyond <= LITTLE * Math.abs(edge)) return 'little';
  return extremeOf === undefined ? 'times' : 'extreme';
}

/**
 * `usually 34–47`, `growing past 75.8k–106.5k`; the range as it is to be shown.
 *
 * @param period what one of the periods is called: `week`
 */
export function standingText(
  measure: MeasureName,
  verdict: Verdict,
  period: string,
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
    few: `${side} ${range}, small numbers`,
    little: `just ${side} ${range}`,
    extreme: extremeText(verdict, period),
    times: `${side} ${range} at times`,
  };
  return said[place];
}

/** `most of these 13 weeks` */
function extremeText({ value, usual, extremeOf = 0 }: Verdict, period: string): string {
  return `${value > (usual?.high ?? 0) ? 'most' : 'least'} of these ${extremeOf} ${period}s`;
}

/**
 * `Downloads and pulls are above what was usual, as their growth leads one to expect.` And
 * `Messages were the most of these 13 weeks, which vary much.`
 *
 * @param told the measures of which a change is told: an extreme adds nothing to it
 */
export function standingSentences(
  panels: readonly {
    readonly measure: MeasureName;
    readonly verdict: Verdict | undefined;
    readonly calendar: Calendar;
  }[],
  told: readonly MeasureName[],
): string[] {
  const placed = panels.flatMap(({ measure, verdict, calendar }) => {
    const place = verdict && placeOf(measure, verdict);
    const name = measures[measure].title;
    return verdict?.usual && place ? [{ measure, name, place, verdict, calendar }] : [];
  });
  const led = [true, false].flatMap((isAbove) => {
    const names = placed
      .filter(({ place, verdict: { value, usual } }) => {
        return place === 'lead' && value > (usual?.high ?? value) === isAbove;
      })
      .map(({ name }, at) => (at === 0 ? name : name.toLowerCase()));
    if (names.length === 0) return [];
    const [side, why] = isAbove ? ['above', 'growth leads'] : ['below', 'decline leads'];
    return [`${listed(names)} are ${side} what was usual, as their ${why} one to expect.`];
  });
  const extremes = placed
    .filter(({ place, measure }) => place === 'extreme' && !told.includes(measure))
    .map(({ name, verdict, calendar }) => {
      return `${name} were the ${extremeText(verdict, periodWord(calendar))}, which vary much.`;
    });
  return [...led, ...extremes];
}

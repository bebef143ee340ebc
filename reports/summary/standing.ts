import type { Verdict } from '../judge.ts';
import { rangeBeside } from '../pace.ts';
import { listed } from '../words.ts';
import { periodWord } from './calendar.ts';
import { isOfYearEnd, isSmall } from './changes.ts';
import type { MeasureName } from './history.ts';
import { measures } from './measures.ts';
import type { Panel } from './panels.ts';

/**
 * Where a number lies: `inside` of what is usual, or outside. That is `news`, or none: because the
 * earlier ones `lead` there, because they are `few`, or because it lies only a `little` outside, or so
 * do others at `times`, or because the year `turns`. An `extreme` is none of these, though the earlier ones vary too much for news.
 */
type Place = 'inside' | 'news' | 'lead' | 'few' | 'little' | 'extreme' | 'times' | 'turns';

/** Beyond the range by no more than this share of its edge. */
const LITTLE = 0.1;

/** A measure, or what there is of it in one sum. */
type Judged = Pick<Panel, 'measure' | 'verdict' | 'calendar' | 'sum'>;

/** Undefined where nothing is usual. */
function placeOf({ measure, verdict, calendar, sum }: Judged): Place | undefined {
  if (!verdict) return undefined;
  const { value, usual, expected = value, isUnusual, extremeOf } = verdict;
  if (!usual) return undefined;
  const { low, high } = usual;
  if (value >= low && value <= high) return 'inside';
  // Of the first two stars after weeks without one, nobody may say that it happens at times.
  if (isSmall(measure, verdict)) return 'few';
  const isTurn = isOfYearEnd(verdict, calendar, sum.values);
  if (isUnusual && !isTurn) return 'news';
  const edge = value > high ? high : low;
  const beyond = Math.abs(value - edge);
  const isLed = value > high ? expected > high : expected < low;
  // They lead there when they explain most of it.
  if (isLed && Math.abs(value - expected) <= beyond / 2) return 'lead';
  if (isTurn) return 'turns';
  if (beyond <= LITTLE * Math.abs(edge)) return 'little';
  return extremeOf === undefined ? 'times' : 'extreme';
}

/**
 * `usually 34–47`, `growing past 75.8k–106.5k`; the range as it is to be shown.
 */
export function standingText(
  panel: Judged,
  rangeOf: (low: number, high: number) => string,
): string {
  const { verdict, calendar } = panel;
  const place = placeOf(panel);
  if (!verdict?.usual || !place) return '';
  const { value, usual } = verdict;
  const { low, high } = rangeBeside(value, usual);
  const range = rangeOf(low, high);
  const side = value > high ? 'above' : 'below';
  const said: Readonly<Record<Place, string>> = {
    inside: `usually ${range}`,
    news: `${side} usual, ${range}`,
    lead: `${value > high ? 'growing past' : 'falling below'} ${range}`,
    few: `${side} ${range}, small numbers`,
    little: `just ${side} ${range}`,
    extreme: extremeText(verdict, periodWord(calendar)),
    times: `${side} ${range} at times`,
    turns: `below ${range}, holidays`,
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
 * @param told the measures of which a change is told: these add nothing to it, and may seem to deny it
 */
export function standingSentences(
  panels: readonly Judged[],
  told: readonly MeasureName[],
): string[] {
  const placed = panels.flatMap((panel) => {
    const { measure, verdict, calendar } = panel;
    const place = placeOf(panel);
    const name = measures[measure].title;
    return verdict?.usual && place && !told.includes(measure)
      ? [{ name, place, verdict, calendar }]
      : [];
  });
  const namesOf = (wanted: typeof placed) =>
    listed(
      wanted.map(({ name }, at) => (at === 0 ? name : name.toLowerCase())),
      4,
    );
  const led = [true, false].flatMap((isAbove) => {
    const some = placed.filter(({ place, verdict: { value, usual } }) => {
      return place === 'lead' && value > (usual?.high ?? value) === isAbove;
    });
    if (some.length === 0) return [];
    const [side, why] = isAbove ? ['above', 'growth leads'] : ['below', 'decline leads'];
    return [`${namesOf(some)} are ${side} what was usual, as their ${why} one to expect.`];
  });
  const turning = placed.filter(({ place }) => place === 'turns');
  const extremes = placed
    .filter(({ place }) => place === 'extreme')
    .map(({ name, verdict, calendar }) => {
      return `${name} were the ${extremeText(verdict, periodWord(calendar))}, which vary much.`;
    });
  return [
    ...led,
    ...(turning.length > 0
      ? [`${namesOf(turning)} are below what was usual, as is common at the turn of the year.`]
      : []),
    ...extremes,
  ];
}

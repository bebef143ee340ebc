import { addDays } from '../../db/days.ts';
import { seriesInWords } from '../incident-words.ts';
import type { RankedItem } from '../report.ts';
import { capitalised, dayName, plural } from '../words.ts';
import { LISTED_DAYS, type WatchedLine } from './read.ts';

const STANDINGS: Readonly<Record<WatchedLine['standing'], string>> = {
  firing: 'below usual',
  risen: 'above usual',
  hold: 'source suspect: nothing is decided until its numbers can be trusted',
  'no data': 'no data',
  learning: 'learning what is usual',
  small: 'too small to judge (under 50 a day)',
  resting: 'resting after an incident',
  normal: 'as usual',
};

const ORDER = Object.keys(STANDINGS);

/** What is wrong before what is as usual. */
export function worstFirst(watched: readonly WatchedLine[]): WatchedLine[] {
  return watched.toSorted((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));
}

/** A watched series, how it stands and through which day it is known. */
export function watchedItem(line: WatchedLine): RankedItem {
  const { standing, judgedThrough, incidents } = line;
  const through =
    standing === 'no data'
      ? ` since ${dayName(addDays(judgedThrough, 1))}`
      : `, judged through ${dayName(judgedThrough)}`;
  const told = incidents > 0 ? `; ${plural(incidents, 'incident')} in ${LISTED_DAYS} days` : '';
  return {
    name: capitalised(seriesInWords(line)),
    detail: `${STANDINGS[standing]}${through}${told}`,
  };
}

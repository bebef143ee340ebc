import { addDays } from '../../db/days.ts';
import { seriesInWords, seriesTogether } from '../incident-words.ts';
import type { RankedItem } from '../report.ts';
import { dayName, listed } from '../words.ts';
import type { WatchedLine } from './standing.ts';

type Standing = WatchedLine['standing'];

/** What is wrong before what is as usual. What has an incident that is open is told with that. */
const STANDINGS: Readonly<Record<Exclude<Standing, 'firing' | 'risen'>, string>> = {
  hold: 'Source suspect (nothing is decided until its numbers can be trusted)',
  'no data': 'No data',
  learning: 'Learning what is usual',
  small: 'Too small to judge (under 50 a day)',
  resting: 'Resting after an incident',
  normal: 'As usual',
};

/** More names than this are counted: of what is as usual, few are of interest. */
const MOST = 8;
const MOST_USUAL = 3;

/** How the watched series stand, those that stand alike as one. */
export function standingItems(watched: readonly WatchedLine[]): RankedItem[] {
  const groups = Map.groupBy<Standing, WatchedLine>(watched, ({ standing }) => standing);
  return Object.entries(STANDINGS).flatMap(([standing, name]) => {
    const group = groups.get(standing as Standing) ?? [];
    return group.length > 0 ? [{ name, detail: detailOf(standing as Standing, group) }] : [];
  });
}

function detailOf(standing: Standing, group: readonly WatchedLine[]): string {
  if (standing === 'no data') {
    return listed(
      group.map((one) => `${seriesInWords(one)} since ${dayName(addDays(one.judgedThrough, 1))}`),
      MOST,
    );
  }
  if (standing !== 'normal') return seriesTogether(group, MOST);
  const days = group.map(({ judgedThrough }) => judgedThrough).toSorted();
  const [first = ''] = days;
  const later = first === days.at(-1) ? '' : ' or later';
  return `${seriesTogether(group, MOST_USUAL)}, judged through ${dayName(first)}${later}`;
}

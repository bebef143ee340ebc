import { daysBetween } from '../../db/days.ts';
import { PERIOD } from '../chart/periods.ts';
import { incompleteOf, type PeriodCount } from '../counts.ts';
import { earliest, latest } from '../extent.ts';
import { choiceNote } from '../most-downloaded.ts';
import { PYPISTATS_DIMENSIONS, toldSentence } from '../told.ts';
import { dayName, isolated, listed, plural } from '../words.ts';
import type { Downloads, Package } from './history.ts';
import { DIMENSION_NAMES } from './members.ts';

const MOST_NAMED = 3;

/** What the numbers are and what they lack, a sentence each. */
export function downloadsNotes(data: Downloads): string[] {
  return [
    ...choiceNote(data.others, (name) => `downloads ${name} by ${data.by}`),
    mirrorsNote(data),
    ...toldNotes(data),
    ...untoldNote(data),
    ...holeNotes(data),
    ...incompleteNote(data),
    ...endNote(data),
  ];
}

/** `Without mirrors.` */
export function mirrorsNote({ mirrors, packages }: Downloads): string {
  if (!mirrors) return 'Without mirrors: what people and CI loaded.';
  const days = packages.reduce((sum, { unknownMirrors }) => sum + unknownMirrors, 0);
  const lost =
    days > 0 ? ` On ${plural(days, 'day')} these are not known, which are left out.` : '';
  return `With mirrors and unnamed scripts.${lost}`;
}

function toldNotes({ packages }: Downloads): string[] {
  const groups = Map.groupBy(packages, ({ told }) => toldSentence(told) ?? '');
  return [...groups]
    .filter(([sentence]) => sentence !== '')
    .slice(0, MOST_NAMED)
    .map(([sentence, group]) => {
      if (group.length === packages.length) return sentence;
      const told = `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
      return `${listed(group.map(({ name }) => isolated(name)))}: ${told}`;
    });
}

/** What would be needed where a provider tells less than was asked for. */
export function untoldNote({ by, split }: Downloads): string[] {
  if (!by || !split || split.untoldDays === 0 || split.toldDays === 0) return [];
  const days = plural(split.untoldDays, 'day');
  return [
    `${days} in this range ${split.untoldDays === 1 ? 'is' : 'are'} not told by ${DIMENSION_NAMES[by].by} and left out. ${remedy(by)}`,
  ];
}

/** Who does not tell the dimension, and what would. */
export function remedy(by: NonNullable<Downloads['by']>): string {
  if (PYPISTATS_DIMENSIONS.includes(by)) {
    return 'pypistats.org tells it of the last 180 days only; with BIGQUERY_PROJECT set, BigQuery tells of more.';
  }
  return 'pypistats.org tells only the Python version and the operating system; with BIGQUERY_PROJECT set, BigQuery tells the rest.';
}

function holeNotes({ packages }: Downloads): string[] {
  const holes = packages.flatMap(({ holes, name }) => holes.map((hole) => ({ ...hole, name })));
  const [longest] = holes.toSorted((a, b) => b.days - a.days);
  if (!longest) return [];
  const missing = holes.reduce((sum, { days }) => sum + days, 0);
  const { name, from, to, days } = longest;
  const where =
    days === 1 ? `on ${dayName(from)}` : `from ${dayName(from)} to ${dayName(to)} (${days} days)`;
  const what =
    holes.length === 1 ? `of ${name} ${where}` : `the longest hole is that of ${name} ${where}`;
  return [
    `Data is missing on ${plural(missing, 'day')} and nothing is filled in${holes.length === 1 ? ': ' : '; '}${what}.`,
  ];
}

function incompleteNote({ packages, split, granularity }: Downloads): string[] {
  if (granularity === 'daily') return [];
  const series: (readonly PeriodCount[])[] = split
    ? [split.periods]
    : packages.map(({ periods }) => periods);
  const incomplete = series.flatMap(incompleteOf);
  const [first] = incomplete;
  if (!first) return [];
  const example = `${first.days} of ${first.of} days are known of the one that begins on ${dayName(first.start)}`;
  return [
    `${plural(incomplete.length, PERIOD[granularity])} with missing days ${incomplete.length === 1 ? 'is' : 'are'} left out: ${example}.`,
  ];
}

function endNote({ packages, to, today }: Downloads): string[] {
  const end = latest(packages.map(({ latest }: Package) => latest));
  const until = earliest([to, today]) ?? to;
  const over = packages.filter(({ isOver }) => isOver);
  return [
    ...(end && daysBetween(end, until) > 2 ? [`The data ends on ${dayName(end)}.`] : []),
    ...over
      .slice(0, MOST_NAMED)
      .map(({ name, latest }) => `The data of ${isolated(name)} ends on ${dayName(latest)}.`),
  ];
}

import { incompleteOf } from '../counts.ts';
import { latest } from '../extent.ts';
import { earlyNotes, endNote, incompleteNote, missingDays, nothingBefore } from '../lacks.ts';
import { choiceNote } from '../most-downloaded.ts';
import { WITHOUT_MIRRORS } from '../package-days.ts';
import { providerSentence } from '../provider-stretches.ts';
import { TOO_SHORT } from '../ranges.ts';
import { remedy } from '../untold.ts';
import { dayName, isolated, listed, lowerFirst, plural } from '../words.ts';
import type { Downloads } from './history.ts';
import { DIMENSION_NAMES } from './members.ts';

const MOST_NAMED = 3;

/** What the numbers are and what they lack, a sentence each. */
export function downloadsNotes(data: Downloads): string[] {
  return [
    ...(data.isDrawn ? [] : [TOO_SHORT]),
    ...(data.begins ? [nothingBefore(data.begins)] : []),
    ...choiceNote(data.others, (name) => `downloads ${name} by ${data.by}`),
    mirrorsNote(data),
    ...providerNotes(data),
    ...untoldNote(data),
    ...holeNotes(data),
    ...incompleteNotes(data),
    ...endNote(latest(data.packages.map(({ last }) => last)), data),
    ...earlyNotes(data.early),
  ];
}

/** `Without mirrors.` */
export function mirrorsNote({ mirrors, packages }: Downloads): string {
  if (!mirrors) return WITHOUT_MIRRORS;
  const days = new Set(packages.flatMap(({ unknownMirrors }) => unknownMirrors)).size;
  const lost =
    days > 0
      ? ` What these loaded is not known on ${plural(days, 'day')}, which ${days === 1 ? 'is' : 'are'} left out.`
      : '';
  return `With mirrors and unnamed scripts.${lost}`;
}

function providerNotes({ packages }: Downloads): string[] {
  const groups = Map.groupBy(packages, ({ stretches }) => providerSentence(stretches) ?? '');
  return [...groups]
    .filter(([sentence]) => sentence !== '')
    .slice(0, MOST_NAMED)
    .map(([sentence, group]) => {
      if (group.length === packages.length) return sentence;
      const providers = lowerFirst(sentence);
      return `${listed(group.map(({ name }) => isolated(name)))}: ${providers}`;
    });
}

/** What would be needed where a provider has less than was asked for. */
function untoldNote({ by, split }: Downloads): string[] {
  if (!by || !split || split.untoldDays === 0 || split.toldDays === 0) return [];
  const days = plural(split.untoldDays, 'day');
  return [
    `${days} in this range ${split.untoldDays === 1 ? 'is' : 'are'} not told by ${DIMENSION_NAMES[by].by} and left out. ${remedy(by, split.untold)}`,
  ];
}

function holeNotes({ packages }: Downloads): string[] {
  const holes = packages.flatMap(({ holes, name }) => holes.map((hole) => ({ ...hole, name })));
  const [longest] = holes.toSorted((a, b) => b.days - a.days);
  if (!longest) return [];
  const { name, from, to, days } = longest;
  const where =
    days === 1 ? `on ${dayName(from)}` : `from ${dayName(from)} to ${dayName(to)} (${days} days)`;
  const what =
    holes.length === 1 ? `of ${name} ${where}` : `the longest hole is that of ${name} ${where}`;
  return [
    `Data is missing on ${plural(missingDays(holes), 'day')} and nothing is filled in${holes.length === 1 ? ': ' : '; '}${what}.`,
  ];
}

function incompleteNotes({ packages, split, granularity }: Downloads): string[] {
  if (granularity === 'daily') return [];
  const series = split ? [split.periods] : packages.map(({ periods }) => periods);
  return incompleteNote(series.flatMap(incompleteOf), granularity);
}

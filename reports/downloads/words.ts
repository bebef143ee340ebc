import { sum } from '../../db/statistics.ts';
import { changePart } from '../change.ts';
import { added, isWhole, type PeriodCount, wholeSum } from '../counts.ts';
import { latest } from '../extent.ts';
import { moveSentence } from '../moves.ts';
import { paceLine, paceOf, paceSentence } from '../pace.ts';
import { noRecord } from '../package-days.ts';
import { rangeName } from '../ranges.ts';
import type { Words } from '../report.ts';
import { sameSet, tooNewNote } from '../same-set.ts';
import { altText, count, isolated, listed, plural } from '../words.ts';
import type { Downloads, Package } from './history.ts';
import { downloadsNotes } from './notes.ts';
import { splitHeadline, splitLines } from './split-words.ts';

const MOST_LINES = 10;
const MOST_MOVES = 3;
const MOST_MOVEMENTS = 3;
const PACE = {
  up: 'Downloads are speeding up.',
  down: 'Downloads are slowing down.',
  steady: 'Downloads are steady.',
} as const;

export function downloadsWords(data: Downloads): Words {
  const headline = downloadsHeadline(data);
  if (data.packages.length === 0) return { headline, lines: [], notes: [], alt: headline };
  const lines = [
    ...openLines(data, headline),
    ...(data.by ? [...splitLines(data), ...paceLines(data)] : linesOf(data)),
    ...data.moves.slice(0, MOST_MOVES).map(moveSentence),
  ];
  const notes = [...downloadsNotes(data), ...newNote(data.packages)];
  return { headline, lines, notes, alt: altText([headline, ...lines, ...notes]) };
}

function openLines({ openMovements }: Downloads, headline: string): string[] {
  return openMovements
    .map(({ sentence }) => sentence)
    .filter((sentence) => !headline.endsWith(sentence))
    .slice(0, MOST_MOVEMENTS);
}

/** The last whole week or month against the one before, and whether the pace changes; of other ranges the sum. */
export function downloadsHeadline(data: Downloads): string {
  const { packages, by, from, to, today, week, comparison } = data;
  if (packages.length === 0) {
    if (!week) return noRecord(data.begins);
    const [what, instead] = data.mirrors
      ? ['what mirrors loaded', ': what people and CI loaded is told without “mirrors”']
      : ['downloads', ''];
    return `Nothing is known about ${what} ${rangeName(from, to, today)}${instead}.`;
  }
  if (by) return splitHeadline(data);
  const judged = comparison?.of === 'week' ? judgedOf(packages) : judgedOf(packages, OF_RANGE);
  return [`${comparedPart(data, judged)}.`, paceOrMovement(data)].filter(Boolean).join(' ');
}

/** The packages that are added up. */
interface Judged {
  readonly all: readonly Package[];
  /** Those in the sums, the same in every week or month. */
  readonly counted: readonly Package[];
  readonly without: readonly Package[];
}

const OF_WEEKS = {
  lastOf: ({ weeks }: Package): PeriodCount | undefined => weeks.at(-1),
  isNew: ({ isNew }: Package) => isNew,
};
/** Of a month, or another range, and the one before. */
const OF_RANGE = {
  lastOf: ({ weeks, compared }: Package) => compared?.last ?? weeks.at(-1),
  isNew: ({ compared }: Package) => sumOf([compared?.before]) === null,
};

function judgedOf(packages: readonly Package[], { lastOf, isNew } = OF_WEEKS): Judged {
  const own = packages.filter(({ role }) => role === 'own');
  // Dependencies are never added up, not even among themselves.
  const all = own.length > 0 ? own : packages.slice(0, 1);
  const counted = sameSet(all, (one) => sumOf([lastOf(one)]) !== null, isNew);
  return { all, counted, without: all.filter((one) => !counted.includes(one)) };
}

function newNote(packages: readonly Package[]): string[] {
  const { without } = judgedOf(packages);
  const left = without.filter((one) => one.isNew && sumOf([one.weeks.at(-1)]) !== null);
  return tooNewNote(left.map(({ name }) => isolated(name)));
}

/** An open alert says more than how the pace is. */
function paceOrMovement({ packages, openMovements, comparison }: Downloads): string {
  const [open] = openMovements;
  if (open) return open.sentence;
  return comparison?.of === 'week' ? paceSentence(paceOf(weeklySums(packages)), PACE) : '';
}

function comparedPart(data: Downloads, { all, counted, without }: Judged): string {
  const { comparison, from, to, today } = data;
  const last = sumOf(counted.map(({ compared }) => compared?.last));
  const isWhole = comparison?.of !== 'range' || without.length === 0;
  if (last === null || !comparison || !isWhole) {
    const total = sum(all.map(({ total }) => total));
    const end = latest(all.map(({ spoken }) => spoken.to)) ?? to;
    return `${subjectOf(all)} downloaded ${times(total)} ${rangeName(from, end, today)}${lackPart(data, all)}`;
  }
  const told = `${subjectOf(counted, without)} downloaded ${times(last)} ${comparison.when}`;
  const before = sumOf(counted.map(({ compared }) => compared?.before));
  if (before === null) return told;
  const change = changePart({ value: last, before }, counted.map(changeOf));
  return `${told}, ${count(before)} ${comparison.before.when}${change}`;
}

/** Null where days of one are missing, or it had not begun. */
function sumOf(counts: readonly (PeriodCount | undefined)[]): number | null {
  return added(counts.map((one) => (one ? wholeSum(one) : null)));
}

function changeOf({ name, compared }: Package) {
  return {
    name: isolated(name),
    value: compared?.last.sum ?? 0,
    before: compared?.before?.sum ?? 0,
  };
}

/** `marquez-python was`, `2 packages, without two others, were`. */
function subjectOf([first, ...others]: readonly Package[], without: readonly Package[] = []) {
  const whose =
    others.length > 0
      ? plural(others.length + 1, 'package')
      : `${isolated(first?.name ?? '')}${first?.role === 'dependency' ? ', a dependency,' : ''}`;
  const names = without.map(({ name }) => isolated(name));
  const less = names.length > 0 ? `, without ${listed(names, 2)},` : '';
  return `${whose}${less} ${others.length > 0 ? 'were' : 'was'}`;
}

function times(value: number): string {
  return value === 1 ? 'once' : `${count(value)} times`;
}

/** Why the last week or month can't be told, where it is because days are missing. */
function lackPart({ comparison }: Downloads, judged: readonly Package[]): string {
  if (comparison?.of === 'range') return '';
  const last = judged
    .map(({ compared }) => compared?.last)
    .find((last) => last && last.days > 0 && !isWhole(last));
  return last && comparison
    ? `; ${comparison.when} only ${last.days} of ${last.of} days are known`
    : '';
}

function weeklySums(packages: readonly Package[]): (number | null)[] {
  const { counted } = judgedOf(packages);
  return (counted[0]?.weeks ?? []).map((_, at) => sumOf(counted.map(({ weeks }) => weeks[at])));
}

function linesOf(data: Downloads): string[] {
  const { packages } = data;
  const shown = packages.length > 1 ? packages.slice(0, MOST_LINES) : [];
  const rest = packages.length - MOST_LINES;
  return [
    ...shown.map((one) => packageLine(data, one)),
    ...(rest > 0 ? [`${plural(rest, 'more package')} with fewer downloads.`] : []),
    ...paceLines(data),
  ];
}

function packageLine(
  { comparison, today }: Downloads,
  { name, role, compared, total, spoken }: Package,
): string {
  const what = `${isolated(name)}${role === 'dependency' ? ' (dependency)' : ''}`;
  const last = sumOf([compared?.last]);
  if (last === null || !comparison) {
    return `${what}: ${count(total)} ${rangeName(spoken.from, spoken.to, today)}.`;
  }
  const before = sumOf([compared?.before]);
  const rival = before === null ? '' : ` (${count(before)} ${comparison.before.when})`;
  return `${what}: ${count(last)} ${comparison.when}${rival}.`;
}

function paceLines({ packages }: Downloads): string[] {
  const isNew = judgedOf(packages).counted.every(OF_WEEKS.isNew);
  return [paceLine('Downloads', paceOf(weeklySums(packages)), isNew)];
}

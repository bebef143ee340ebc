import { sum } from '../../db/statistics.ts';
import { changePart } from '../change.ts';
import { added, isWhole, type PeriodCount, wholeSum } from '../counts.ts';
import { latest } from '../extent.ts';
import { moveSentence } from '../moves.ts';
import { paceLine, paceOf, paceSentence } from '../pace.ts';
import { noRecord } from '../package-days.ts';
import { rangeName } from '../ranges.ts';
import type { Words } from '../report.ts';
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
  const notes = downloadsNotes(data);
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
  const { packages, by, from, to, today, week } = data;
  if (packages.length === 0) {
    if (!week) return noRecord(data.begins);
    const [what, instead] = data.mirrors
      ? ['what mirrors loaded', ': what people and CI loaded is told without “mirrors”']
      : ['downloads', ''];
    return `Nothing is known about ${what} ${rangeName(from, to, today)}${instead}.`;
  }
  if (by) return splitHeadline(data);
  const judged = judgedOf(packages, ({ weeks, compared }) => compared?.last ?? weeks.at(-1));
  return [`${comparedPart(data, judged)}.`, paceOrMovement(data)].filter(Boolean).join(' ');
}

/** The packages that are added up. */
interface Judged {
  readonly all: readonly Package[];
  /** Those in the sums of weeks. */
  readonly counted: readonly Package[];
  /** The others, whose last week or month is not known: in one and not in another they would look like a fall. */
  readonly without: readonly Package[];
}

function judgedOf(
  packages: readonly Package[],
  lastOf: (one: Package) => PeriodCount | undefined = ({ weeks }) => weeks.at(-1),
): Judged {
  const own = packages.filter(({ role }) => role === 'own');
  // Dependencies are never added up, not even among themselves.
  const all = own.length > 0 ? own : packages.slice(0, 1);
  const { counted = [], without = [] } = Object.groupBy(all, (one) => {
    const last = lastOf(one);
    return last && isWhole(last) ? 'counted' : 'without';
  });
  return counted.length > 0 ? { all, counted, without } : { all, counted: all, without: [] };
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

/** Who had not begun is in none; null where days are missing, or nobody had begun. */
function sumOf(counts: readonly (PeriodCount | undefined)[]): number | null {
  return added(counts.filter((one) => one !== undefined).map(wholeSum));
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

/** A week's sum counts only when each package that had begun by then covers it. */
function weeklySums(packages: readonly Package[]): (number | null)[] {
  const { counted } = judgedOf(packages);
  return (counted[0]?.weeks ?? []).map((_, index) => {
    let sum = 0;
    let covered = 0;
    for (const { weeks } of counted) {
      const week = weeks[index];
      const value = week ? wholeSum(week) : null;
      if (value === null && weeks.slice(0, index).some(({ days }) => days > 0)) return null;
      if (value !== null) covered++;
      sum += value ?? 0;
    }
    return covered > 0 ? sum : null;
  });
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
  return [paceLine('Downloads', paceOf(weeklySums(packages)))];
}

import type { Day } from '../../db/days.ts';
import { sum } from '../../db/statistics.ts';
import { changePart } from '../change.ts';
import { added, isWhole, type PeriodCount, wholeSum } from '../counts.ts';
import { latest } from '../extent.ts';
import { headlineEnd, MOST_LINES, moveLines, movementLines } from '../headline-parts.ts';
import { paceLine, paceOf } from '../pace.ts';
import { noRecord } from '../package-days.ts';
import { rangeName } from '../ranges.ts';
import type { Words } from '../report.ts';
import { type Addend, type Sums, sumsOf, tooNewNote } from '../same-set.ts';
import { altText, count, dayName, isolated, listed, plural } from '../words.ts';
import type { Downloads, Package } from './history.ts';
import { downloadsNotes } from './notes.ts';
import { splitHeadline, splitLines } from './split-words.ts';

const PACE = {
  up: 'Downloads are speeding up.',
  down: 'Downloads are slowing down.',
  steady: 'Downloads are steady.',
} as const;

export function downloadsWords(data: Downloads): Words {
  const headline = downloadsHeadline(data);
  if (data.packages.length === 0) return { headline, lines: [], notes: [], alt: headline };
  const { by, openMovements, packages } = data;
  const lines = [
    // The headline tells the first, except with a split.
    ...movementLines(by ? openMovements : openMovements.slice(1)),
    ...(by ? [...splitLines(data), ...paceLines(data)] : linesOf(data)),
    ...moveLines(data.moves),
  ];
  const tooNew = tooNewNote(addable(packages), WEEKS, ({ name }) => isolated(name));
  const notes = [...downloadsNotes(data), ...tooNew];
  return { headline, lines, notes, alt: altText([headline, ...lines, ...notes]) };
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
  const sums = sumsOf(addable(packages), comparison?.of === 'week' ? WEEKS : RANGE);
  const pace = paceOf(weekSums(packages).sums);
  return [`${comparedPart(data, sums)}.`, headlineEnd(data, pace, PACE)].filter(Boolean).join(' ');
}

/** Dependencies are never added up, not even among themselves. */
function addable(packages: readonly Package[]): readonly Package[] {
  const own = packages.filter(({ role }) => role === 'own');
  return own.length > 0 ? own : packages.slice(0, 1);
}

const WEEKS: Addend<Package> = {
  valuesOf: ({ weeks }) => weeks.map(wholeSum),
  isNew: ({ isNew }) => isNew,
};
/** Of a month, or another range, and the one before. */
const RANGE: Addend<Package> = {
  valuesOf: ({ weeks, compared }) => [sumOf([compared?.last ?? weeks.at(-1)])],
  isNew: ({ compared }) => sumOf([compared?.before]) === null,
};

function weekSums(packages: readonly Package[]): Sums<Package> {
  return sumsOf(addable(packages), WEEKS);
}

function comparedPart(data: Downloads, { members, without }: Sums<Package>): string {
  const { comparison, from, to, today } = data;
  const all = addable(data.packages);
  const last = sumOf(members.map(({ compared }) => compared?.last));
  const isWhole = comparison?.of !== 'range' || without.length === 0;
  if (last === null || !comparison || !isWhole) {
    const total = sum(all.map(({ total }) => total));
    const end = latest(all.map(({ spoken }) => spoken.to)) ?? to;
    const when = `${rangeName(from, end, today)}${behindPart(all, end)}`;
    return `${subjectOf(all)} downloaded ${times(total)} ${when}${lackPart(data, all)}`;
  }
  const told = `${subjectOf(members, without)} downloaded ${times(last)} ${comparison.when}`;
  const before = sumOf(members.map(({ compared }) => compared?.before));
  if (before === null) return told;
  const change = changePart({ value: last, before }, members.map(changeOf));
  return `${told}, ${count(before)} ${comparison.before.when}${change}`;
}

/** `, a only to 27 Nov 2026`: of those that are not known to the end of what is told. */
function behindPart(all: readonly Package[], end: Day): string {
  const behind = all.filter(({ spoken }) => spoken.to < end);
  const [day, ...others] = new Set(behind.map(({ spoken }) => spoken.to));
  if (day === undefined) return '';
  const names = listed(
    behind.map(({ name }) => isolated(name)),
    2,
  );
  return `, ${names} ${others.length > 0 ? 'not to the end' : `only to ${dayName(day)}`}`;
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
function lackPart({ comparison }: Downloads, packages: readonly Package[]): string {
  if (comparison?.of === 'range') return '';
  const last = packages
    .map(({ compared }) => compared?.last)
    .find((last) => last && last.days > 0 && !isWhole(last));
  return last && comparison
    ? `; ${comparison.when} only ${last.days} of ${last.of} days are known`
    : '';
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
  const { members, sums } = weekSums(packages);
  return [paceLine('Downloads', paceOf(sums), members.every(WEEKS.isNew))];
}

import { sum } from '../../db/statistics.ts';
import { changePart } from '../change.ts';
import { isWhole, wholeSum } from '../counts.ts';
import { moveSentence } from '../moves.ts';
import { paceLine, paceOf, paceSentence } from '../pace.ts';
import { noRecord } from '../package-days.ts';
import { rangeName, weekName } from '../ranges.ts';
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

/** The last whole week against the one before, and whether the pace changes; of a shorter range its sum. */
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
  const judged = judgedOf(packages);
  return [`${weekPart(data, judged)}.`, paceOrMovement(data, judged)].filter(Boolean).join(' ');
}

/** The packages that are added up. */
interface Judged {
  readonly all: readonly Package[];
  /** Those in the sums of weeks. */
  readonly counted: readonly Package[];
  /** The others, whose last whole week is not known: in one week and not in another they would look like a fall. */
  readonly without: readonly Package[];
}

function judgedOf(packages: readonly Package[]): Judged {
  const own = packages.filter(({ role }) => role === 'own');
  // Dependencies are never added up, not even among themselves.
  const all = own.length > 0 ? own : packages.slice(0, 1);
  const { counted = [], without = [] } = Object.groupBy(all, ({ weeks }) => {
    const last = weeks.at(-1);
    return last && isWhole(last) ? 'counted' : 'without';
  });
  return counted.length > 0 ? { all, counted, without } : { all, counted: all, without: [] };
}

/** An open alert says more than how the pace is. */
function paceOrMovement(data: Downloads, { counted }: Judged): string {
  const [open] = data.openMovements;
  if (open) return open.sentence;
  return data.isWeekAsked ? paceSentence(paceOf(weeklySums(counted)), PACE) : '';
}

function weekPart(data: Downloads, { all, counted, without }: Judged): string {
  const [before = null, last = null] = weeklySums(counted).slice(-2);
  if (last === null || !data.isWeekAsked) {
    const total = sum(all.map(({ total }) => total));
    const when = rangeName(data.from, data.to, data.today);
    return `${subjectOf(all)} downloaded ${times(total)} ${when}${data.isWeekAsked ? weekLack(data, all) : ''}`;
  }
  const rival =
    before === null
      ? ''
      : `, ${count(before)} the week before${changePart({ value: last, before }, counted.map(weeksOf))}`;
  return `${subjectOf(counted, without)} downloaded ${times(last)} ${weekName(data.week, data.today)}${rival}`;
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

/** The last week and the one before; who had not begun by then had none. */
function weeksOf({ name, weeks }: Package) {
  const [before = 0, value = 0] = weeks.slice(-2).map(({ sum }) => sum);
  return { name: isolated(name), value, before };
}

function times(value: number): string {
  return value === 1 ? 'once' : `${count(value)} times`;
}

/** Why the last week can't be told, where it is because days are missing. */
function weekLack(data: Downloads, judged: readonly Package[]): string {
  const lacking = judged
    .map(({ weeks }) => weeks.at(-1))
    .filter((week) => week && week.days > 0 && !isWhole(week));
  const [week] = lacking;
  return week
    ? `; ${weekName(data.week, data.today)} only ${week.days} of ${week.of} days are known`
    : '';
}

/** A week's sum counts only when each package that had begun by then covers it. */
function weeklySums(packages: readonly Package[]): (number | null)[] {
  const [first] = packages;
  return (first?.weeks ?? []).map((_, index) => {
    let sum = 0;
    let covered = 0;
    for (const { weeks } of packages) {
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

function packageLine(data: Downloads, { name, role, weeks, total, spoken }: Package): string {
  const [before = null, last = null] = data.isWeekAsked ? weeks.slice(-2).map(wholeSum) : [];
  const what = role === 'dependency' ? ' (dependency)' : '';
  const week =
    last === null
      ? `${count(total)} ${rangeName(spoken.from, spoken.to, data.today)}`
      : `${count(last)} ${weekName(data.week, data.today)}`;
  const rival = last === null || before === null ? '' : ` (${count(before)} the week before)`;
  return `${isolated(name)}${what}: ${week}${rival}.`;
}

function paceLines({ packages }: Downloads): string[] {
  return [paceLine('Downloads', paceOf(weeklySums(judgedOf(packages).counted)))];
}

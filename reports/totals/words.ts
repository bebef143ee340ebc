import { sum } from '../../db/statistics.ts';
import { changePart, moverOf } from '../change.ts';
import { shortNames } from '../chart/series.ts';
import { added } from '../counts.ts';
import { earliest, latest } from '../extent.ts';
import { moveSentence } from '../moves.ts';
import { type Pace, paceLine, paceOf, paceSentence } from '../pace.ts';
import { rangeName } from '../ranges.ts';
import type { Words } from '../report.ts';
import { sameSet, tooNewNote } from '../same-set.ts';
import type { Direction } from '../trend.ts';
import { altText, capitalised, count, dayName, listed, plural, signed } from '../words.ts';
import type { Kind } from './kind.ts';
import { stillSentence } from './notes.ts';
import type { Total, Totals } from './read.ts';

const MOST_LINES = 10;
const MOST_MOVES = 3;
const MOST_MOVEMENTS = 3;
const GROWTH: Readonly<Record<Direction, string>> = {
  up: 'Growth is speeding up.',
  down: 'Growth is slowing down.',
  steady: 'Growth is steady.',
};

export function totalsWords(data: Totals, kind: Kind, notes: readonly string[]): Words {
  const headline = headlineOf(data, kind);
  if (data.totals.length === 0) return { headline, lines: [], notes: [], alt: headline };
  const moves = data.moves.slice(0, MOST_MOVES).map(moveSentence);
  const movements = data.openMovements
    .map(({ sentence }) => sentence)
    .filter((sentence) => !headline.endsWith(sentence))
    .slice(0, MOST_MOVEMENTS);
  const lines = [...movements, ...linesOf(data, kind), ...moves];
  const told = stillTold(data, `The counter of ${shortNames(data.totals.map(({ name }) => name))}`);
  const all = [...notes.filter((note) => note !== told), ...newNote(data.totals)];
  return { headline, lines, notes: all, alt: altText([headline, ...lines, ...all]) };
}

/** The total, the last whole week or month against the one before, and whether growth changes. */
export function headlineOf(data: Totals, kind: Kind): string {
  const { totals } = data;
  const [first, ...others] = totals;
  if (!first) return noData(data, kind);
  const total = sum(totals.map(({ latest }) => latest.value));
  const subject =
    others.length === 0
      ? `${shortNames([first.name])[0]} has ${amount(total, kind)}`
      : `${amount(total, kind)} over ${count(totals.length)} ${kind.subjects}`;
  return [
    `${subject}${comparedPart(data, headlineSums(data))}.`,
    stillTold(data, 'Its counter'),
    paceOrMovement(data, kind),
  ]
    .filter(Boolean)
    .join(' ');
}

/** What the headline says of the only counter there is, where that stood still and nothing else is known. */
function stillTold(data: Totals, whose: string): string {
  const [first, ...others] = data.totals;
  const still = first?.stills.at(-1);
  if (!first || !still || others.length > 0 || headlineSums(data).sums.at(-1) !== null) return '';
  return stillSentence(whose, still, first, { measure: 'total' });
}

function headlineSums({ totals, comparison }: Totals): Judged {
  return comparison?.of === 'month' ? judged(totals, MONTHS) : judged(totals);
}

function amount(value: number, { one, many }: Kind): string {
  return plural(value, one, many);
}

function noData({ from, to, today, begins }: Totals, { one, many }: Kind): string {
  if (begins && to < begins) return `No ${many} are known before ${dayName(begins)}.`;
  if (!from) return `There are no ${one} counts here yet.`;
  return `There are no ${one} counts ${rangeName(from, to, today)}.`;
}

/** An open alert says more than how the pace is. */
function paceOrMovement({ totals, openMovements, comparison }: Totals, kind: Kind): string {
  const [open] = openMovements;
  if (open) return open.sentence;
  const pace = paceOf(judged(totals).sums);
  return comparison?.of === 'week' ? paceSentence(pace, growthOf(pace, kind)) : '';
}

function growthOf({ trend }: Pace, { many }: Kind): typeof GROWTH {
  if (!trend || trend.recent >= 0) return GROWTH;
  return {
    up: 'Fewer are lost than before.',
    down: trend.earlier < 0 ? 'More are lost than before.' : 'Growth has turned into a loss.',
    steady: `${capitalised(many)} are being lost at a steady pace.`,
  };
}

function comparedPart(data: Totals, { members, sums, without }: Judged): string {
  const { comparison } = data;
  if (!comparison || comparison.of === 'range') return rangePart(data);
  const [before = null, last = null] = sums.slice(-2);
  if (last === null) return '';
  const mover = data.totals.length > 1 ? topMover(data.totals, members) : undefined;
  const most = mover ? ` (${mover})` : '';
  const less = without.length > 0 ? ` without ${listed(without, 2)}` : '';
  return `: ${signed(last)} ${comparison.when}${less}${most}${rivalPart(data, before, last)}`;
}

/** What came in in a range, and of whom that is not known, as of a record that begins within it. */
function rangePart(data: Totals): string {
  const names = shortNames(data.totals.map(({ name }) => name));
  const without = names.filter((_, at) => data.totals[at]?.gain === null);
  if (without.length === names.length) return '';
  const gain = sum(data.totals.map((one) => one.gain ?? 0));
  const less = without.length > 0 ? ` without ${listed(without, 2)}` : '';
  const [before, last] = [0, 1].map((at) =>
    added(
      data.totals.flatMap(({ gain, compared }) => (gain === null ? [] : (compared[at] ?? null))),
    ),
  );
  return `${gainPart(gain, data, ': ')}${less}${rivalPart(data, before, last)}`;
}

/** `, +90 in September 2026 (+3%)`, where both are known. */
function rivalPart(
  { comparison }: Totals,
  before: number | null = null,
  value: number | null = null,
): string {
  if (!comparison || before === null || value === null) return '';
  return `, ${signed(before)} ${comparison.before.when}${changePart({ value, before })}`;
}

/** `: +4 yesterday`, where no whole week was asked for; to the last day that is known. */
function gainPart(gain: number | null, data: Totals, before: string): string {
  const { from, to, today, totals } = data;
  if (gain === null || !from) return '';
  const end = earliest([to, latest(totals.map(({ last }) => last)) ?? to]) ?? to;
  return `${before}${signed(gain)} ${rangeName(from, end, today)}`;
}

/** The subject that made more than half of the last gain, or of the loss. */
function topMover(totals: readonly Total[], members: readonly Total[]): string | undefined {
  const names = shortNames(totals.map(({ name }) => name));
  const gains = totals.map((one, at) => {
    const value = (members.includes(one) && one.compared.at(-1)) || 0;
    return { name: names[at], value, before: 0 };
  });
  const mover = moverOf(gains);
  return mover && `${mover.name} ${signed(mover.value)}`;
}

/** What is said of whole weeks, or of a month and the one before: of the same subjects in all of them. */
interface Judged {
  readonly members: readonly Total[];
  readonly sums: readonly (number | null)[];
  /** The names of those that are left out. */
  readonly without: readonly string[];
}

const WEEKS = { valuesOf: ({ weeks }: Total) => weeks, isNew: ({ isNew }: Total) => isNew };
/** A month and the one before. */
const MONTHS = {
  valuesOf: ({ compared }: Total) => compared,
  isNew: ({ compared }: Total) => (compared[0] ?? null) === null,
};

function judged(totals: readonly Total[], { valuesOf, isNew } = WEEKS): Judged {
  const members = sameSet(totals, (one) => valuesOf(one).at(-1) !== null, isNew);
  const [first] = totals;
  const sums = (first ? valuesOf(first) : []).map((_, at) =>
    added(members.map((one) => valuesOf(one)[at] ?? null)),
  );
  const names = shortNames(totals.map(({ name }) => name));
  const without = names.filter((_, at) => !members.includes(totals[at] as Total));
  return { members, sums, without };
}

function newNote(totals: readonly Total[]): string[] {
  const { members } = judged(totals);
  const names = shortNames(totals.map(({ name }) => name));
  const isLeft = (one: Total) => one.isNew && one.weeks.at(-1) !== null && !members.includes(one);
  return tooNewNote(names.filter((_, at) => isLeft(totals[at] as Total)));
}

/** `the counter of driftnet began anew on 30 Sep 2026`, where no week is known across that. */
function newCount(totals: readonly Total[]): string | undefined {
  const names = shortNames(totals.map(({ name }) => name));
  const { members } = judged(totals);
  const [at = -1] = totals.flatMap((one, at) => (one.anew && members.includes(one) ? [at] : []));
  const { anew } = totals[at] ?? {};
  return anew && `the counter of ${names[at]} began anew on ${dayName(anew)}`;
}

function linesOf(data: Totals, kind: Kind): string[] {
  const { totals } = data;
  const names = shortNames(totals.map(({ name }) => name));
  const { comparison } = data;
  const { members, sums } = judged(totals);
  const each = totals.slice(0, MOST_LINES).map(({ latest, compared, gain }, index) => {
    const total = `${names[index]}: ${amount(latest.value, kind)}`;
    const [before = null, last = null] = compared;
    const isOfAll = !comparison || comparison.of === 'range';
    const now = last === null ? '' : `, ${signed(last)} ${comparison?.when}`;
    const { when } = comparison?.before ?? {};
    const rival = last === null || before === null ? '' : ` (${signed(before)} ${when})`;
    return `${total}${isOfAll ? gainPart(gain, data, ', ') : now}${rival}.`;
  });
  const rest = totals.length - MOST_LINES;
  const more = `${plural(rest, `more ${kind.subject}`, `more ${kind.subjects}`)} with fewer ${kind.many}.`;
  return [
    ...(totals.length > 1 ? each : []),
    ...(rest > 0 ? [more] : []),
    paceLine(`New ${kind.many}`, paceOf(sums), members.every(WEEKS.isNew), newCount(totals)),
  ];
}

import { sum } from '../../db/statistics.ts';
import { changePart, moverOf } from '../change.ts';
import { shortNames } from '../chart/series.ts';
import { added } from '../counts.ts';
import { earliest, latest } from '../extent.ts';
import { headlineEnd, MOST_LINES, moveLines, movementLines } from '../headline-parts.ts';
import { type Pace, paceLine, paceOf } from '../pace.ts';
import { rangeName } from '../ranges.ts';
import type { Words } from '../report.ts';
import { type Sums, tooNewNote } from '../same-set.ts';
import type { Direction } from '../trend.ts';
import { altText, capitalised, count, dayName, listed, plural, signed } from '../words.ts';
import type { Kind } from './kind.ts';
import { stillPart, totalsNotes } from './notes.ts';
import type { Total, Totals } from './read.ts';
import { headlineStill, headlineSums, WEEKS, weekSums } from './sums.ts';

const GROWTH: Readonly<Record<Direction, string>> = {
  up: 'Growth is speeding up.',
  down: 'Growth is slowing down.',
  steady: 'Growth is steady.',
};

/** @param more what is to be noted beside what every report of totals notes */
export function totalsWords(data: Totals, kind: Kind, more: readonly string[] = []): Words {
  const { totals, openMovements, moves } = data;
  const headline = headlineOf(data, kind);
  if (totals.length === 0) return { headline, lines: [], notes: [], alt: headline };
  const lines = [
    // The headline tells the first.
    ...movementLines(openMovements.slice(1)),
    ...linesOf(data, kind),
    ...moveLines(moves),
  ];
  const names = shortNamesOf(totals);
  const tooNew = tooNewNote(totals, WEEKS, (one) => names.get(one) ?? one.name);
  const notes = [...totalsNotes(data, kind), ...more, ...tooNew];
  return { headline, lines, notes, alt: altText([headline, ...lines, ...notes]) };
}

function shortNamesOf(totals: readonly Total[]): ReadonlyMap<Total, string> {
  const names = shortNames(totals.map(({ name }) => name));
  return new Map(totals.map((one, at) => [one, names[at] ?? one.name]));
}

/** The total, the last whole week or month against the one before, and whether growth changes. */
export function headlineOf(data: Totals, kind: Kind): string {
  const { totals } = data;
  const [first, ...others] = totals;
  if (!first) return noData(data, kind);
  const total = sum(totals.map(({ latest }) => latest.value));
  const pace = paceOf(weekSums(data).sums);
  const subject =
    others.length === 0
      ? `${shortNames([first.name])[0]} has ${amount(total, kind)}`
      : `${amount(total, kind)} over ${count(totals.length)} ${kind.subjects}`;
  const still = headlineStill(data);
  return [
    `${subject}${comparedPart(data, headlineSums(data))}.`,
    still ? `${stillPart('Its counter', still, first)}.` : '',
    headlineEnd(data, pace, growthOf(pace, kind)),
  ]
    .filter(Boolean)
    .join(' ');
}

function amount(value: number, { one, many }: Kind): string {
  return plural(value, one, many);
}

function noData({ from, to, today, begins }: Totals, { one, many }: Kind): string {
  if (begins && to < begins) return `No ${many} are known before ${dayName(begins)}.`;
  if (!from) return `There are no ${one} counts here yet.`;
  return `There are no ${one} counts ${rangeName(from, to, today)}.`;
}

function growthOf({ trend }: Pace, { many }: Kind): typeof GROWTH {
  if (!trend || trend.recent >= 0) return GROWTH;
  return {
    up: 'Fewer are lost than before.',
    down: trend.earlier < 0 ? 'More are lost than before.' : 'Growth has turned into a loss.',
    steady: `${capitalised(many)} are being lost at a steady pace.`,
  };
}

function comparedPart(data: Totals, { members, sums, without }: Sums<Total>): string {
  const { comparison } = data;
  if (!comparison || comparison.of === 'range') return rangePart(data);
  const [before = null, last = null] = sums.slice(-2);
  if (last === null) return '';
  const mover = data.totals.length > 1 ? topMover(data.totals, members) : undefined;
  const most = mover ? ` (${mover})` : '';
  const names = shortNamesOf(data.totals);
  const left = without.map((one) => names.get(one) ?? one.name);
  const less = left.length > 0 ? ` without ${listed(left, 2)}` : '';
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
  const end = earliest([to, latest(totals.map(({ last }) => last)) ?? to]);
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

/** `the counter of driftnet began anew on 30 Sep 2026`, where no week is known across that. */
function newCount(totals: readonly Total[], members: readonly Total[]): string | undefined {
  const one = members.find(({ anew }) => anew);
  return (
    one?.anew &&
    `the counter of ${shortNamesOf(totals).get(one)} began anew on ${dayName(one.anew)}`
  );
}

function linesOf(data: Totals, kind: Kind): string[] {
  const { totals } = data;
  const names = shortNames(totals.map(({ name }) => name));
  const { comparison } = data;
  const { members, sums } = weekSums(data);
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
    paceLine(
      `New ${kind.many}`,
      paceOf(sums),
      members.every(WEEKS.isNew),
      newCount(totals, members),
    ),
  ];
}

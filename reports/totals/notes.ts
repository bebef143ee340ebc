import { addDays } from '../../db/days.ts';
import { PERIOD } from '../chart/periods.ts';
import { shortNames } from '../chart/series.ts';
import { beginNote, earlyNotes, endNote, hasEnded, missingDays } from '../lacks.ts';
import { TOO_SHORT } from '../ranges.ts';
import { bounded, count, dayName, likeThat, listed, plural, signed } from '../words.ts';
import { isDrawn } from './chart.ts';
import type { Hole } from './holes.ts';
import type { Kind } from './kind.ts';
import type { Total, Totals } from './read.ts';
import type { Still } from './readings.ts';
import { headlineStill } from './sums.ts';

/** This many sentences of a sort; the others are counted. */
const MOST = 3;

interface Named extends Total {
  readonly shortName: string;
}

/** What the data lacks, a sentence each. */
export function totalsNotes(data: Totals, kind: Kind): string[] {
  const totals = named(data.totals);
  return [
    ...(isDrawn(data) ? [] : [TOO_SHORT]),
    ...periodNote(data, kind),
    ...beginNote(data.begins, data.from),
    ...lateNotes(totals, data),
    ...endNotes(totals, data),
    ...silentNotes(data),
    ...holeNotes(totals),
    ...stillNotes(totals, data),
    ...resetNotes(totals, kind),
    ...dipNotes(totals),
    ...(data.scale === 'log' ? ['What is zero or less has no place on a logarithmic scale.'] : []),
  ];
}

/** A total has no months: what came in in each has. */
function periodNote({ measure, asked }: Totals, { many }: Kind): string[] {
  if (measure === 'new' || !asked || asked === 'daily') return [];
  return [
    `Totals are drawn day by day: “${many} new ${asked}” draws what came in each ${PERIOD[asked]}.`,
  ];
}

function named(totals: readonly Total[]): Named[] {
  const names = shortNames(totals.map(({ name }) => name));
  return totals.map((total, index) => ({ ...total, shortName: names[index] ?? total.name }));
}

/** Of whom what came in in the range is not known, because the record begins in it. */
function lateNotes(totals: readonly Named[], { from, begins }: Totals): string[] {
  const late = totals.filter(({ first }) => from && from <= first.day && first.day !== begins);
  const days = late.map(({ shortName, first }) => `${shortName} on ${dayName(first.day)}`);
  return days.length > 0 ? [`Data that begins within this range: ${listed(days)}.`] : [];
}

/** Of whom there is nothing in the range. */
function silentNotes({ silent }: Totals): string[] {
  const names = shortNames(silent.map(({ name }) => name));
  return names.length > 0 ? [`Nothing is known in this range of ${listed(names)}.`] : [];
}

function endNotes(totals: readonly Named[], data: Totals): string[] {
  const ended = totals.filter(({ last }) => hasEnded(last, data));
  const [first] = ended;
  const isAll = totals.every(({ last }) => last === first?.last);
  if (isAll) return endNote(first?.last, data);
  return earlyNotes(ended.map(({ shortName: name, last }) => ({ name, last })));
}

function holeNotes(totals: readonly Named[]): string[] {
  const holes = totals.flatMap(({ holes, shortName }) =>
    holes.map((hole) => ({ ...hole, shortName })),
  );
  const [longest] = holes.toSorted((a, b) => b.days - a.days);
  if (!longest) return [];
  const { shortName, gain } = longest;
  const filling = totals.some(({ spreads }) => spreads.length > 0)
    ? 'what came in meanwhile is spread evenly'
    : 'nothing is filled in';
  const meanwhile = gain === null ? '' : ` (${signed(gain)} meanwhile)`;
  const whose = holes.length > 1 ? '; the longest hole is that of' : ': of';
  return [
    `Data is missing on ${plural(missingDays(holes), 'day')} and ${filling}${whose} ${shortName} ${holeDays(longest)}${meanwhile}.`,
  ];
}

/** The days that are missing, as `status checks` has them. */
function holeDays({ from, to }: Hole): string {
  return from === to ? `on ${dayName(from)}` : `from ${dayName(from)} to ${dayName(to)}`;
}

/**
 * Those that stood still on the same days share a sentence. Without the one that the headline tells,
 * unless there is more to say of it.
 */
function stillNotes(totals: readonly Named[], data: Totals): string[] {
  const told = headlineStill(data);
  const isSpread = ({ to }: Still, { latest }: Total) => data.measure === 'new' && to < latest.day;
  const all = totals.flatMap((total) =>
    total.stills
      .toReversed()
      .filter((still) => still !== told || isSpread(still, total))
      .map((still) => ({ still, total })),
  );
  const groups = Map.groupBy(all, ({ still: { from, to }, total: { latest } }) =>
    [from, to, to >= latest.day].join(),
  );
  const sentences = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { still, total } = first;
    const [counters, they] = group.length > 1 ? ['counters', 'they'] : ['counter', 'it'];
    const whose = `The ${counters} of ${listed(group.map((one) => one.total.shortName))}`;
    const spread = isSpread(still, total)
      ? `; what ${they} then caught up with is spread over these days`
      : '';
    return `${stillPart(whose, still, total, group.length)}${spread}.`;
  });
  return bounded(sentences, MOST, (rest) => `Counters stood still ${plural(rest, 'more time')}.`);
}

/** `The counter of x stood still for 6 days, from 4 Nov 2026 to 9 Nov 2026` */
export function stillPart(
  whose: string,
  { from, to, days }: Still,
  { latest }: Pick<Total, 'latest'>,
  counters = 1,
): string {
  return to >= latest.day
    ? `${whose} ${counters > 1 ? 'have' : 'has'} stood still for ${days} days, since ${dayName(addDays(from, -1))}`
    : `${whose} stood still for ${days} days, from ${dayName(from)} to ${dayName(to)}`;
}

function resetNotes(totals: readonly Named[], { many }: Kind): string[] {
  const sentences = totals.flatMap(({ resets, shortName }) =>
    resets.map(({ day, from, to }) => {
      const fall = `${shortName} fell from ${count(from)} to ${count(to)} on ${dayName(day)}`;
      return `${fall}: taken as a new count, not as lost ${many}.`;
    }),
  );
  return bounded(sentences, MOST, likeThat('new count'));
}

function dipNotes(totals: readonly Named[]): string[] {
  const dips = totals.flatMap(({ dips, shortName }) =>
    dips.map(({ from }) => `${shortName} from ${dayName(from)}`),
  );
  if (dips.length === 0) return [];
  return [
    `Left out, because the counter fell and was soon back where it had been: ${listed(dips)}.`,
  ];
}

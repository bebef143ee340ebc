import { sum } from '../../db/statistics.ts';
import { PERIOD } from '../chart/periods.ts';
import { isWhole } from '../counts.ts';
import type { Part } from '../parts.ts';
import { rangeName } from '../ranges.ts';
import { remedy } from '../untold.ts';
import { count, isolated, listed, percent, plural } from '../words.ts';
import { type Basis, basisOf } from './basis.ts';
import type { Downloads, Split } from './history.ts';
import { DIMENSION_NAMES, partName } from './members.ts';
import type { Dimension } from './params.ts';

/** A change of less than this share of all is no news, nor one of fewer standard errors. */
const NOTEWORTHY = 0.02;
const ERRORS = 2;
const MUCH = 0.2;

/** What dominates and what grew most, or why it is not known. */
export function splitHeadline(data: Downloads): string {
  const { by, split, packages, today } = data;
  const who = whoOf(packages.map(({ name }) => name));
  const { from, to } = split?.spoken ?? data;
  const when = rangeName(from, to, today);
  if (!by || !split || split.toldDays === 0) {
    const name = by ? DIMENSION_NAMES[by].by : '';
    const bring = by ? remedy(by, split?.untold ?? []) : '';
    return `The downloads of ${who} ${when} are not told by ${name}. ${bring}`.trim();
  }
  const total = sum(split.parts.map((part) => part.total));
  const basis = basisOf(data, split);
  const [first] = split.parts
    .filter(({ kind }) => kind === 'member')
    .toSorted((a, b) => basis.of(b) - basis.of(a));
  if (!first || total === 0) {
    const unknown = total > 0 ? ` of any known ${DIMENSION_NAMES[by].by}` : '';
    return `There are no downloads of ${who} ${when}${unknown}.`;
  }
  const verb =
    split.parts.filter(({ kind }) => kind !== 'unknown').length > 1 ? 'leads with' : 'has';
  const share = percent(basis.of(first) / basis.whole);
  const leads = `${spoken(by, first)} ${verb} ${share} of the downloads of ${who} ${basis.when}`;
  return `${leads}${unknownPart(split, basis)}${growthPart(data, split, first)}.`;
}

/** `sample-tidewater`, or `our 3 packages`. */
function whoOf(names: readonly string[]): string {
  return names.length === 1 ? isolated(names[0] ?? '') : `our ${count(names.length)} packages`;
}

function growthPart(data: Downloads, split: Split, leader: Part): string {
  const { by } = data;
  const shifts = shiftsOf(data, split);
  const sorted = shifts.toSorted((a, b) => b.after - b.before - (a.after - a.before));
  const [most] = sorted;
  if (!by || !most || split.parts.length < 2) return '';
  if (most.after > most.before && isNews(most)) return `; ${moved(by, most, leader, data)}`;
  const least = sorted.at(-1) ?? most;
  if (least.before > least.after && isNews(least)) return `; ${moved(by, least, leader, data)}`;
  return '; the shares have hardly moved';
}

function isNews({ before, after, counts }: Shift): boolean {
  const share = (before + after) / 2;
  const error = Math.sqrt(share * (1 - share) * sum(counts.map((one) => 1 / one)));
  return Math.abs(after - before) >= Math.max(NOTEWORTHY, ERRORS * error);
}

function moved(by: Dimension, shift: Shift, leader: Part, data: Downloads): string {
  const who = shift.part === leader ? 'it' : spoken(by, shift.part);
  const { before, after } = shift;
  const [first, last] = endsOf(shift, data);
  const how = after > before ? 'grew' : 'fell';
  return `${who} ${how} most, from ${percent(before)} ${first} to ${percent(after)} ${last}`;
}

/** `5% in the first week, 12% in the last`. */
function courseOf(shift: Shift, data: Downloads): string {
  const [first, last] = endsOf(shift, data);
  return `${percent(shift.before)} ${first}, ${percent(shift.after)} ${last}`;
}

/** `in the first week` and `in the last`. */
function endsOf({ periods }: Shift, { granularity }: Downloads): [string, string] {
  const word = PERIOD[granularity];
  return periods > 1
    ? [`in the first ${periods} ${word}s`, `in the last ${periods}`]
    : [`in the first ${word}`, 'in the last'];
}

/** What is not known is said where it is much. */
function unknownPart({ parts }: Split, { of, whole }: Basis): string {
  const part = parts.find(({ kind }) => kind === 'unknown');
  const share = part ? of(part) / whole : 0;
  return share < MUCH ? '' : `, and of ${percent(share)} it is not known`;
}

/** A member within a sentence: `Python 3.12`. */
function spoken(by: Dimension, part: Part): string {
  const name = isolated(partName(by, part, 0));
  return by === 'python' ? `Python ${name}` : name;
}

interface Shift {
  readonly part: Part;
  /** Its share in the first of the whole periods, and in the last. */
  readonly before: number;
  readonly after: number;
  /** How many periods these are each, and the downloads in both. */
  readonly periods: number;
  readonly counts: readonly [number, number];
}

/** How the shares of the members moved; empty without two whole periods. Days vary: a quarter of them. */
function shiftsOf({ granularity }: Downloads, { periods, parts }: Split): Shift[] {
  const whole = periods.flatMap((period, at) => (isWhole(period) ? [at] : []));
  if (whole.length < 2) return [];
  const length = granularity === 'daily' ? Math.max(1, Math.floor(whole.length / 4)) : 1;
  const sumOf = (at: readonly number[], of: (index: number) => number | undefined) =>
    sum(at.map((index) => of(index) ?? 0));
  const [first, last] = [whole.slice(0, length), whole.slice(-length)];
  const counts = [first, last].map((at) => sumOf(at, (index) => periods[index]?.sum));
  const [earlier = 0, later = 0] = counts;
  if (earlier === 0 || later === 0) return [];
  return parts
    .filter(({ kind }) => kind === 'member')
    .map((part) => ({
      part,
      before: sumOf(first, (index) => part.sums[index]) / earlier,
      after: sumOf(last, (index) => part.sums[index]) / later,
      periods: length,
      counts: [earlier, later],
    }));
}

/** A sentence for each part. */
export function splitLines(data: Downloads): string[] {
  const { by, split, packages, today } = data;
  if (!by || !split || split.toldDays === 0) return [];
  const total = sum(split.parts.map((part) => part.total));
  const names = listed(packages.map(({ name }) => isolated(name)));
  const all = `In all ${plural(total, 'download')} ${rangeName(split.spoken.from, split.spoken.to, today)}`;
  const shifts = new Map(shiftsOf(data, split).map((shift) => [shift.part, shift]));
  const shown = split.parts.filter((part) => part.total > 0);
  const each = shown.map((part) => {
    const shift = shifts.get(part);
    const moved = shift ? ` (${courseOf(shift, data)})` : '';
    const share = total > 0 ? `, ${percent(part.total / total)}` : '';
    return `${isolated(partName(by, part, split.others))}: ${count(part.total)}${share}${moved}.`;
  });
  return [`${all}${packages.length > 1 ? `, the sum over ${names}` : ''}.`, ...each];
}

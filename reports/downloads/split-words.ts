import { isWhole } from '../counts.ts';
import type { Part, Parts } from '../parts.ts';
import { rangeName } from '../ranges.ts';
import { count, isolated, listed, percent, plural } from '../words.ts';
import type { Dimension, Downloads, Split } from './history.ts';
import { DIMENSION_NAMES, partName } from './members.ts';
import { remedy } from './notes.ts';

/** A change of less than this share of all is no news. */
const NOTEWORTHY = 0.01;
const MUCH = 0.2;

/** What dominates and what grew most, or why it is not known. */
export function splitHeadline(data: Downloads): string {
  const { by, split, packages, today } = data;
  const who = whoOf(packages.map(({ name }) => name));
  const { from, to } = split?.spoken ?? data;
  const when = rangeName(from, to, today);
  if (!by || !split || split.toldDays === 0) {
    const name = by ? DIMENSION_NAMES[by].by : '';
    return `The downloads of ${who} ${when} are not told by ${name}. ${by ? remedy(by) : ''}`.trim();
  }
  const total = split.parts.reduce((sum, part) => sum + part.total, 0);
  const [first] = split.parts.filter(({ kind }) => kind === 'member');
  if (!first || total === 0) {
    const unknown = total > 0 ? ` of any known ${DIMENSION_NAMES[by].by}` : '';
    return `There are no downloads of ${who} ${when}${unknown}.`;
  }
  const verb =
    split.parts.filter(({ kind }) => kind !== 'unknown').length > 1 ? 'leads with' : 'has';
  const share = percent(first.total / total);
  const leads = `${spoken(by, first)} ${verb} ${share} of the downloads of ${who} ${when}`;
  return `${leads}${unknownPart(split, total)}${growthPart(data, split)}.`;
}

/** `sample-tidewater`, or `our 3 packages`. */
function whoOf(names: readonly string[]): string {
  return names.length === 1 ? isolated(names[0] ?? '') : `our ${count(names.length)} packages`;
}

function growthPart({ by }: Downloads, split: Split): string {
  const sorted = shiftsOf(split).toSorted((a, b) => b.after - b.before - (a.after - a.before));
  const [most] = sorted;
  if (!by || !most || split.parts.length < 2) return '';
  if (most.after - most.before >= NOTEWORTHY) return `; ${moved(by, most, 'grew')}`;
  const least = sorted.at(-1) ?? most;
  if (least.before - least.after >= NOTEWORTHY) return `; ${moved(by, least, 'fell')}`;
  return '; the shares have hardly moved';
}

function moved(by: Dimension, { part, before, after }: Shift, how: 'grew' | 'fell'): string {
  return `${spoken(by, part)} ${how} most, from ${percent(before)} to ${percent(after)}`;
}

/** What can't be told is said where it is much. */
function unknownPart({ parts }: Split, total: number): string {
  const unknown = parts.find(({ kind }) => kind === 'unknown')?.total ?? 0;
  return unknown / total < MUCH ? '' : `, and of ${percent(unknown / total)} it is not known`;
}

/** A member within a sentence: `Python 3.12`. */
function spoken(by: Dimension, part: Part): string {
  const name = isolated(partName(by, part, 0));
  return by === 'python' ? `Python ${name}` : name;
}

interface Shift {
  readonly part: Part;
  /** Its share in the first quarter of the whole periods, and in the last. */
  readonly before: number;
  readonly after: number;
}

/** How the shares of the members moved; empty without two whole periods. */
function shiftsOf({ periods, parts }: Pick<Parts, 'periods' | 'parts'>): Shift[] {
  const whole = periods.flatMap((period, at) => (isWhole(period) ? [at] : []));
  if (whole.length < 2) return [];
  const quarter = Math.max(1, Math.floor(whole.length / 4));
  const shareIn = ({ sums }: Part, at: readonly number[]) => {
    const all = at.reduce((sum, index) => sum + (periods[index]?.sum ?? 0), 0);
    return all === 0 ? 0 : at.reduce((sum, index) => sum + (sums[index] ?? 0), 0) / all;
  };
  return parts
    .filter(({ kind }) => kind === 'member')
    .map((part) => ({
      part,
      before: shareIn(part, whole.slice(0, quarter)),
      after: shareIn(part, whole.slice(-quarter)),
    }));
}

/** A sentence for each part. */
export function splitLines({ by, split, packages, today }: Downloads): string[] {
  if (!by || !split || split.toldDays === 0) return [];
  const total = split.parts.reduce((sum, part) => sum + part.total, 0);
  const names = listed(packages.map(({ name }) => isolated(name)));
  const all = `In all ${plural(total, 'download')} ${rangeName(split.spoken.from, split.spoken.to, today)}`;
  const shifts = new Map(shiftsOf(split).map((shift) => [shift.part, shift]));
  const each = split.parts.map((part) => {
    const shift = shifts.get(part);
    const moved = shift
      ? ` (${percent(shift.before)} at first, ${percent(shift.after)} at last)`
      : '';
    const share = total > 0 ? `, ${percent(part.total / total)}` : '';
    return `${isolated(partName(by, part, split.others))}: ${count(part.total)}${share}${moved}.`;
  });
  return [`${all}${packages.length > 1 ? `, the sum over ${names}` : ''}.`, ...each];
}

import { addDays, type Day, daysBetween } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { UNKNOWN } from '../db/pypi.ts';
import { splitColumns } from '../db/series.ts';
import { sum } from '../db/statistics.ts';
import { LAG_DAYS } from './lacks.ts';

/** A count by the members of a dimension, on consecutive days from `from`. */
export interface SplitDays {
  readonly from: Day;
  /** The whole of each day; NaN where the day is not split by member. */
  readonly totals: Float64Array;
  /** The part of each member; zero where it has none. Together they are the whole. */
  readonly members: ReadonlyMap<string, Float64Array>;
  /** The first day that each member was ever seen on. */
  readonly firstSeen: ReadonlyMap<string, Day>;
}

/**
 * Reads the split of one subject. A day on which no member has a number is not split by member.
 * What the members lack to the known whole of a day counts as unknown.
 *
 * @param whole the undivided counts of the same days
 */
export function readSplit(
  db: Db,
  subjectId: number,
  metric: string,
  dimension: string,
  { from, to, whole }: { readonly from: Day; readonly to: Day; readonly whole: Float64Array },
): SplitDays {
  const sums = new Float64Array(whole.length).fill(Number.NaN);
  const members = new Map<string, Float64Array>();
  const firstSeen = new Map<string, Day>();
  for (const { member, first, values } of splitColumns(db, subjectId, metric, dimension, {
    from,
    to,
  })) {
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number;
      if (Number.isNaN(value)) {
        values[at] = 0;
        continue;
      }
      const sum = sums[at] as number;
      sums[at] = Number.isNaN(sum) ? value : sum + value;
    }
    members.set(member, values);
    firstSeen.set(member, first);
  }
  return { from, totals: withRest(sums, whole, members), members, firstSeen };
}

/** Gives to "unknown" what the members lack, and returns the whole of each day. */
function withRest(
  sums: Float64Array,
  whole: Float64Array,
  members: Map<string, Float64Array>,
): Float64Array {
  const unknown = members.get(UNKNOWN) ?? new Float64Array(sums.length);
  const totals = sums.map((sum, at) => {
    // A day without a single download has no members either.
    if (Number.isNaN(sum)) return whole[at] === 0 ? 0 : Number.NaN;
    const rest = (whole[at] as number) - sum;
    if (!(rest > 0)) return sum;
    unknown[at] = (unknown[at] as number) + rest;
    return sum + rest;
  });
  if (unknown.some((value) => value > 0)) members.set(UNKNOWN, unknown);
  return totals;
}

/** Which days of a range are split by member. */
export interface Coverage {
  readonly toldDays: number;
  /** Days that have a number and are not split by member. */
  readonly untoldDays: number;
  /** The first of these. */
  readonly untoldFrom: Day | undefined;
  /** What may be spoken of: from the first split day, to the last one where the split ends early. */
  readonly spoken: { readonly from: Day; readonly to: Day };
}

/** @param wholes the undivided counts of those that the split is of, on its days */
export function coverageOf(
  { from: first, totals }: SplitDays,
  wholes: readonly Float64Array[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Coverage {
  const told: number[] = [];
  const untold: number[] = [];
  const end = Math.min(daysBetween(first, to) + 1, totals.length);
  for (let at = daysBetween(first, from); at < end; at++) {
    if (!Number.isNaN(totals[at])) told.push(at);
    else if (wholes.some((values) => !Number.isNaN(values[at]))) untold.push(at);
  }
  const [begin, last, untoldFrom] = [told.at(0), told.at(-1), untold.at(0)].map((at) =>
    at === undefined ? undefined : addDays(first, at),
  );
  const isShort = last !== undefined && daysBetween(last, to) > LAG_DAYS;
  return {
    toldDays: told.length,
    untoldDays: untold.length,
    untoldFrom,
    spoken: { from: begin ?? from, to: isShort ? last : to },
  };
}

/**
 * The sum of several splits over the same days. A day is split by member only where it is so for
 * every one of them whose record holds it.
 *
 * @param records where the record of each of them begins and ends, as indexes of its days
 */
export function addSplits(
  splits: readonly SplitDays[],
  records: readonly { readonly begin: number; readonly end: number }[],
): SplitDays {
  const [first, ...others] = splits;
  if (!first) throw new Error('there is no split to add');
  if (others.length === 0) return first;
  const totals = first.totals.map((_, at) => {
    const counted = splits.filter((_, index) => {
      const { begin = 0, end = 0 } = records[index] ?? {};
      return begin <= at && at <= end;
    });
    if (counted.length === 0) return Number.NaN;
    return sum(counted.map(({ totals }) => totals[at] as number));
  });
  const members = new Map<string, Float64Array>();
  const firstSeen = new Map<string, Day>();
  for (const split of splits) {
    for (const [member, values] of split.members) {
      const sum = members.get(member) ?? new Float64Array(totals.length);
      for (let at = 0; at < values.length; at++) {
        if (!Number.isNaN(totals[at])) sum[at] = (sum[at] as number) + (values[at] as number);
      }
      members.set(member, sum);
    }
    for (const [member, day] of split.firstSeen) {
      const known = firstSeen.get(member);
      if (!known || day < known) firstSeen.set(member, day);
    }
  }
  return { from: first.from, totals, members, firstSeen };
}

/** Members put together under the name of their group. */
export function groupMembers(
  members: ReadonlyMap<string, Float64Array>,
  groupOf: (member: string) => string,
): Map<string, Float64Array> {
  const groups = new Map<string, Float64Array>();
  for (const [member, values] of members) {
    const name = groupOf(member);
    const sum = groups.get(name);
    if (!sum) groups.set(name, values.slice());
    else
      for (let at = 0; at < values.length; at++)
        sum[at] = (sum[at] as number) + (values[at] as number);
  }
  return groups;
}

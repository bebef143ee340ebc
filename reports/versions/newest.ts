import { addDays, type Day, daysBetween, weekStart } from '../../db/days.ts';
import { countsIn, isWhole, type Span } from '../counts.ts';
import { earliest } from '../extent.ts';
import { byRelease, isFinal } from '../releases.ts';
import type { SplitDays } from '../splits.ts';

/** How far the move to the newest release has come. */
export interface Newest {
  readonly version: string;
  /** The first day it was downloaded on; undefined where the record may begin later. */
  readonly first: Day | undefined;
  /** Its share of the downloads of the last whole week, and of the week before. */
  readonly share: number | undefined;
  readonly shareBefore: number | undefined;
  /** What the release before it, or anything newer, held as many weeks after its own first day. */
  readonly rival: { readonly version: string; readonly share: number } | undefined;
  /** Whole weeks since it came. */
  readonly weeks: number;
}

interface Ends {
  /** Monday of the last whole week. */
  readonly week: Day;
  readonly to: Day;
  readonly finished: Day;
}

/** The highest final release that was downloaded by `to`; a candidate where there is no final one. */
export function newestOf(split: SplitDays, { week, to, finished }: Ends): Newest | undefined {
  const seen = [...split.firstSeen].filter(([, day]) => day <= to).map(([version]) => version);
  const readable = seen.filter(isFinal).toSorted(byRelease);
  const version = readable.at(-1);
  if (version === undefined) return undefined;
  const before = readable.at(-2);
  const first = firstDay(split, version);
  const weeks = first ? Math.max(0, daysBetween(weekStart(first), week) / 7) : 0;
  const shareIn = (start: Day, from: string) => shareOf(split, start, from, finished);
  return {
    version,
    first,
    share: shareIn(week, version),
    shareBefore: shareIn(addDays(week, -7), version),
    rival: first && before !== undefined ? rivalOf(before) : undefined,
    weeks,
  };

  function rivalOf(version: string): Newest['rival'] {
    const day = firstDay(split, version);
    const share = day ? shareIn(addDays(weekStart(day), 7 * weeks), version) : undefined;
    return share === undefined ? undefined : { version, share };
  }
}

/** A version that is there on the first day that is split by version may be older than the record. */
function firstDay({ firstSeen }: SplitDays, version: string): Day | undefined {
  const day = firstSeen.get(version);
  return day === earliest([...firstSeen.values()]) ? undefined : day;
}

/** The share of `version` and newer ones in a week; undefined where the week is not whole. */
function shareOf(split: SplitDays, week: Day, version: string, finished: Day): number | undefined {
  const begin = daysBetween(split.from, week);
  const span: Span = { start: week, begin, end: begin + 7 };
  const [count] = countsIn({ from: split.from, values: split.totals }, [span], finished);
  if (begin < 0 || !count || !isWhole(count) || count.sum === 0) return undefined;
  let sum = 0;
  for (const [member, values] of split.members) {
    if (!isFinal(member) || byRelease(member, version) < 0) continue;
    for (let at = span.begin; at < span.end; at++) sum += values[at] as number;
  }
  return sum / count.sum;
}

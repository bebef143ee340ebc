import { median } from '../../db/statistics.ts';
import type { Row } from './row.ts';
import { knownIn, type UsualLevel } from './usual.ts';

/** What a series had risen to before it fell back to where it had been. */
export interface Burst {
  /** The first day of it. */
  readonly from: number;
  /** What was usual before it. */
  readonly usual: UsualLevel;
}

/** It lasts this many days at most. */
const LONGEST = 56;
/** What came after it is up to a fifth off from what there was before it; less, only after a short one. */
const ALIKE = 0.2;
const SHORT = 14;
/** In the burst there was this many times as much; in one that was not slight, this many. */
const RAISED = 1.25;
const HIGH = 1.5;
const SLIGHT = 28;
/** It was not low for a while before it: a month earlier, there was at most this many times as much. */
const LOW = 1.3;
const WEEK = 7;
const MONTH = 28;

/**
 * The burst that ended on `onset`: what was usual after that is what was usual before it.
 *
 * @param losses the share of the burst that was lost with its end, in more than one measure
 */
export function burstBefore(
  row: Row,
  usual: UsualLevel,
  onset: number,
  losses: readonly number[],
): Burst | undefined {
  const plain = row.values.map((value, at) => value / usual.habitOf(at));
  const now = usual.level * (1 - Math.max(...losses));
  const half = Math.sqrt(now * usual.level);
  let low = onset - 1;
  while (low > onset - LONGEST && median(knownIn(plain, low - 4, low)) > half) low--;
  if (low === onset - 1 || low <= onset - LONGEST) return undefined;
  // The middle of five days rises two days late.
  const from = low - 1;
  const before = row.usualInWeeksBefore(from);
  const earlier = median(knownIn(plain, from - 2 * MONTH, from - 1 - MONTH));
  if (!before || earlier > LOW * before.level) return undefined;
  const raised = usual.level / before.level;
  const jump =
    median(knownIn(plain, from, from + WEEK - 1)) / median(knownIn(plain, from - WEEK, from - 1));
  // What has grown to it is no burst.
  if (jump < Math.sqrt(raised)) return undefined;
  const isAlike = losses.some((lost) => Math.abs(raised * (1 - lost) - 1) <= ALIKE);
  const lasted = onset - from;
  const isHigh = raised >= HIGH;
  const isBurst = isAlike
    ? raised >= RAISED && (isHigh || lasted <= SLIGHT)
    : isHigh && lasted <= SHORT && now < before.level;
  return isBurst ? { from, usual: before } : undefined;
}

import { sum } from '../../db/statistics.ts';
import { lastWhole, type Part } from '../parts.ts';
import { periodPhrase, rangeName } from '../ranges.ts';
import type { Downloads, Split } from './history.ts';

/** What the shares are of, in the headline and beside the columns. */
export interface Basis {
  readonly of: (part: Part) => number;
  readonly whole: number;
  /** `last week`, `in October 2026`. */
  readonly when: string;
}

/** The last whole period; the range, where it is over, of days, or without a whole period. */
export function basisOf({ granularity, comparison, today }: Downloads, split: Split): Basis {
  const last = lastWhole(split);
  const period = split.periods[last];
  if (period && granularity !== 'daily' && comparison && comparison.of !== 'range') {
    const when = periodPhrase(period.start, granularity, today);
    return { of: ({ sums }) => sums[last] ?? 0, whole: period.sum, when };
  }
  const whole = sum(split.parts.map((part) => part.total));
  const when = rangeName(split.spoken.from, split.spoken.to, today);
  return { of: ({ total }) => total, whole, when };
}

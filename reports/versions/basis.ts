import { sum } from '../../db/statistics.ts';
import { isWhole } from '../counts.ts';
import type { Part } from '../parts.ts';
import { rangeName, weekName } from '../ranges.ts';
import type { Versions } from './history.ts';

/** What every share of an answer is of, in its words and beside its columns. */
interface Basis {
  readonly of: (part: Part) => number;
  readonly whole: number;
  readonly isWeek: boolean;
  /** `last week`, `in October 2026`. */
  readonly when: string;
}

/**
 * The last whole week, also where the columns are days or months: a release can take over within
 * one. The range, where that week is not known.
 */
export function basisOf({ lines, week, spoken, today }: Versions): Basis {
  const last = lines.weeks.at(-1);
  if (last && isWhole(last) && last.sum > 0) {
    const of = ({ weeks }: Part) => weeks.at(-1) ?? 0;
    return { of, whole: last.sum, isWeek: true, when: weekName(week, today) };
  }
  const whole = sum(lines.parts.map(({ total }) => total));
  const when = rangeName(spoken.from, spoken.to, today);
  return { of: ({ total }) => total, whole, isWeek: false, when };
}

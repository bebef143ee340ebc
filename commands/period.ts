import type { Day } from '../db/days.ts';
import type { Period } from '../reports/params.ts';
import type { Options } from './options.ts';
import type { Range } from './range.ts';

/** The period parameters of a report: what was asked for, or the command's own default range. */
export function periodOf(options: Options, fallback: Range, today: Day): Period {
  const { granularity } = options;
  const range = options.range ?? fallback;
  return { today, ...range, ...(granularity && { granularity }) };
}

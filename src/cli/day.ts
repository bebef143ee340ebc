import { parseRange } from '../../commands/range.ts';
import { type Day, dayOf } from '../../db/days.ts';
import { type Io, UsageError } from './io.ts';

/**
 * Reads the day behind `option` by the rules of ranges: 2024-01-31, or 2024-01 for its first day.
 * Throws a UsageError for anything else, an InputError for a day that does not exist or is to come.
 */
export function readDay(option: string, text: string, { now }: Io): Day {
  // A month without its year means another one next year: not in a line that scripts repeat.
  const from = /^\d/.test(text) ? parseRange(`${text}..`, dayOf(now()))?.from : undefined;
  if (from !== undefined) return from;
  throw new UsageError(`“${text}” is not a day: write it as in ${option} 2024-01-31.`);
}

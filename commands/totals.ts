import type { Day } from '../db/days.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { seriesOf } from '../db/series.ts';
import type { Kind } from '../reports/totals/kind.ts';
import { resolveNames } from './names.ts';
import type { Options } from './options.ts';
import { periodOf } from './period.ts';

/** The words that the commands for totals understand. */
export const TOTALS_WORDS = ['new', 'total', 'log'];

/**
 * What the reports of totals are asked for alike: of whom, when, the total or what is new, and on
 * which scale. Throws an InputError for a name that is not known.
 */
export function totalsParams(db: Db, options: Options, today: Day, { metric, subject }: Kind) {
  if (options.words.has('new') && options.words.has('total')) {
    throw new InputError('“new” and “total” exclude each other: take one of them.');
  }
  const candidates = seriesOf(db, metric).map(({ subjectId, subjectName }) => ({
    label: subjectName,
    value: subjectId,
  }));
  const subjectIds = resolveNames(options.names, candidates, subject);
  return {
    ...periodOf(options, { to: today }, today),
    ...(subjectIds.length > 0 && { subjectIds }),
    measure: options.words.has('new') ? 'new' : 'total',
    scale: options.words.has('log') ? 'log' : 'linear',
  };
}

import { addDays, type Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { type DayValue, firstValue, type Series, valueOn } from '../../db/series.ts';
import { earliest } from '../extent.ts';
import type { Period } from '../params.ts';

/** Where a history begins and ends, as far as it was asked for. */
export interface History {
  readonly series: Series;
  readonly first: DayValue;
  readonly latest: DayValue;
  /** The last total that is known at all. */
  readonly last: DayValue;
  readonly finished: Day;
}

export function historyOf(
  db: Db,
  series: Series,
  { to, today }: Pick<Period, 'to' | 'today'>,
): History | undefined {
  const first = firstValue(db, series.id);
  const latest = valueOn(db, series.id, to);
  if (!first || !latest) return undefined;
  const yesterday = addDays(today, -1);
  const limit = earliest([series.completeThrough ?? yesterday, yesterday]);
  const last = latest.day <= limit ? latest : valueOn(db, series.id, limit);
  const finished = last?.day ?? limit;
  return { series, first, latest, finished, last: valueOn(db, series.id, today) ?? latest };
}

import type { Day } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { isCoveredBy } from '../db/provided-days.ts';
import { BIGQUERY } from '../db/pypi.ts';
import type { PackageRecord } from './package-days.ts';
import { PYPISTATS_DIMENSIONS } from './provider-stretches.ts';
import type { Coverage } from './splits.ts';
import { allOf, isolated } from './words.ts';

/** A package with days that are not told by member. */
export interface Untold {
  readonly name: string;
  /** The first of them. */
  readonly from: Day;
  /** Whether BigQuery is asked about it: then it can be asked about these days as well. */
  readonly hasBigQuery: boolean;
}

export function untoldOf(
  db: Db,
  { name, series: { subjectId } }: PackageRecord,
  { untoldFrom: from }: Coverage,
): Untold[] {
  return from === undefined
    ? []
    : [{ name, from, hasBigQuery: isCoveredBy(db, subjectId, BIGQUERY) }];
}

/** What would bring the days that are not told by that dimension. */
export function remedy(dimension: string, untold: readonly Untold[]): string {
  const [first, ...others] = untold
    .filter(({ hasBigQuery }) => hasBigQuery)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (first) {
    const names = others.map(({ name }) => isolated(name));
    const also = names.length > 0 ? `, and so for ${allOf(names)}` : '';
    return `On the command line, “backfill pypi:${isolated(first.name)} --from ${first.from}” asks BigQuery for them${also}.`;
  }
  return PYPISTATS_DIMENSIONS.includes(dimension)
    ? 'pypistats.org tells it of the last 180 days only; with BIGQUERY_PROJECT set, BigQuery tells of more.'
    : 'pypistats.org tells only the Python version and the operating system; with BIGQUERY_PROJECT set, BigQuery tells the rest.';
}

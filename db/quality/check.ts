import type { Day } from '../days.ts';
import type { Db } from '../open.ts';

/** Something that a check has to say about one subject or series. */
export interface Finding {
  /** `github:acme/rocket`, with the metric where it is about one: `github:acme/rocket stars`. */
  readonly subject: string;
  /** What is the matter, without a full stop. */
  readonly detail: string;
}

/** How a check went. Of long lists only the first findings are here, with the count of all. */
export interface QualityCheck {
  readonly name: string;
  /** What is as it should be when nothing fails: `No day lies in the future`. */
  readonly title: string;
  readonly ok: boolean;
  readonly failures: readonly Finding[];
  readonly failed: number;
  /** What is worth knowing, but no error. */
  readonly notes: readonly Finding[];
  readonly noted: number;
}

export interface CheckInput {
  readonly db: Db;
  readonly today: Day;
}

/** One check: everything that fails, the worst first, and what is only worth a note. */
export interface Check {
  readonly name: string;
  readonly title: string;
  find(input: CheckInput): { readonly failures: Finding[]; readonly notes?: Finding[] };
}

/** A name for the series of a row; the select has to hold the columns of `SERIES_NAME`. */
export interface SeriesName {
  readonly source: string;
  readonly name: string;
  readonly metric: string;
  readonly dimension: string;
  readonly member: string;
}

export const SERIES_NAME =
  'subject.source, subject.name, series.metric, series.dimension, series.member';

/** `1,234`. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** `pypi:acme-rocket downloads by version 1.2.0`. */
export function seriesName({ source, name, metric, dimension, member }: SeriesName): string {
  const measure = metric.replace(/^\w+\./, '').replaceAll('_', ' ');
  const split = dimension === '' ? '' : ` by ${dimension}${member === '' ? '' : ` ${member}`}`;
  return `${source}:${name} ${measure}${split}`;
}

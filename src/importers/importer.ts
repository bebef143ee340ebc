import type { SeriesKind } from '../../db/series.ts';
import type { Reference } from '../sources/source.ts';

/** The names of the three columns that an importer reads, in one of the shapes it knows. */
export interface Columns {
  readonly day: string;
  readonly subject: string;
  readonly value: string;
}

/** A kind of CSV file that people bring: days of one metric, of any number of subjects. */
export interface Importer {
  /** The word behind `import`. */
  readonly name: string;
  readonly source: string;
  readonly metric: string;
  readonly kind: SeriesKind;
  readonly shapes: readonly Columns[];
  /** Reads the subject's column; undefined when it has not the right form. */
  parse(subject: string): Reference | undefined;
}

/** A row that was left out. Lines count from 1, the header's. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

export interface ImportResult {
  /** Rows read, bad ones included. */
  readonly rows: number;
  readonly subjects: number;
  readonly newDays: number;
  readonly changedDays: number;
  /** Days that were known with this value, a larger one, or one from a poll. */
  readonly unchangedDays: number;
  readonly badRows: readonly BadRow[];
}

import type { DayValue, Origin, SeriesKind } from '../../db/series.ts';
import type { StoredSnapshot } from '../../db/snapshots.ts';

/** A subject as a person names it: `key` identifies it, `name` is the spelling to show. */
export interface Reference {
  readonly key: string;
  readonly name: string;
}

/** One answer of a source. `kind` tells `daily` how to read `body` (JSON text). */
export type Snapshot = StoredSnapshot;

/** Days of one series, as one snapshot tells them. */
export interface DailyRows {
  /** `source.measure`, one of the source's `metrics`. */
  readonly metric: string;
  readonly kind: SeriesKind;
  readonly origin: Origin;
  readonly values: readonly DayValue[];
  /** The last day the source has finished, as far as this snapshot tells. */
  readonly completeThrough?: string;
}

export interface FetchContext {
  /** The instant of this poll, milliseconds since the epoch. */
  readonly now: number;
  /** True on the subject's first poll, when history is worth asking for. */
  readonly first: boolean;
  /** Aborted when nobody wants the answer any more: `fetch` then throws soon. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A place that numbers come from. `fetch` does the only input and output; `daily` is pure, so
 * that stored snapshots can be read again. Both throw the errors of `errors.ts`.
 */
export interface Source {
  /** The word before the colon in `github:owner/repo`. */
  readonly id: string;
  readonly title: string;
  /** How a reference is written, for help and errors: `owner/repository`. */
  readonly form: string;
  /** When it is polled: a cron expression, UTC. */
  readonly schedule: string;
  readonly metrics: readonly string[];
  /** Reads what stands behind the colon; undefined when it has not the right form. */
  parse(reference: string): Reference | undefined;
  /** What `parse` reads, out of the address of the subject's page; undefined for other pages. */
  fromUrl?(url: URL): string | undefined;
  fetch(subject: Reference, context: FetchContext): Promise<Snapshot[]>;
  daily(snapshot: Snapshot): DailyRows[];
  /** The name by which the source itself calls the subject: another one after a renaming. */
  nameIn?(snapshot: Snapshot): string | undefined;
}

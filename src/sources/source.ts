import { distance } from 'fastest-levenshtein';
import type { LoadProgress } from '../../db/collections.ts';
import { type Day, dayOf, lastDayRead } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import type { DayValue, Origin, SeriesKind } from '../../db/series.ts';
import type { StoredSnapshot } from '../../db/snapshots.ts';
import type { Subject } from '../../db/subjects.ts';

/** A subject as a person names it: `key` identifies it, `name` is the spelling to show. */
export interface Reference {
  readonly key: string;
  readonly name: string;
  /** True when it stands for a changing list of subjects: `owner/*`. */
  readonly isGroup?: boolean;
}

/** One answer of a source. `kind` tells `daily` how to read `body` (JSON text). */
export type Snapshot = StoredSnapshot;

/** Days of one series, as one snapshot gives them. */
export interface DailyRows {
  /** `source.measure`, one of the source's `metrics`. */
  readonly metric: string;
  readonly kind: SeriesKind;
  /** The split and its member; both absent for the undivided series. */
  readonly dimension?: string;
  readonly member?: string;
  readonly origin: Origin;
  readonly values: readonly DayValue[];
  /** The last day the source has finished, as far as this snapshot tells. */
  readonly completeThrough?: string | undefined;
}

/** Makes the rows of totals that a snapshot has: they are of its day, and final once that is over. */
export function totalsAt(takenAt: string): (metric: string, value: number) => DailyRows {
  const takenMs = Date.parse(takenAt);
  const day = dayOf(takenMs);
  return (metric, value) => ({
    metric,
    kind: 'total',
    origin: 'poll',
    values: [{ day, value }],
    completeThrough: lastDayRead(takenMs),
  });
}

/** Counts what asking costs. */
export interface Meter {
  request(): void;
  /** @param usd the estimated price of the billed bytes, in US dollars */
  billed(bytes: number, usd: number): void;
  /** Milliseconds since the reading began; absent where a reading is but a moment. */
  elapsed?(): number;
}

export interface FetchContext {
  /**
   * The instant at which this reading began, milliseconds since the epoch: what the numbers are
   * dated by. `instantOf` of `http.ts` gives how late it is meanwhile.
   */
  readonly now: number;
  /** True on the subject's first poll, when history is worth asking for. */
  readonly first: boolean;
  /** Aborted when nobody wants the answer any more: `fetch` then throws soon. */
  readonly signal?: AbortSignal | undefined;
  readonly meter: Meter;
}

/** What a subject's snapshot says about who it is. */
export interface Identity {
  /** The source's own number, which outlives a renaming. */
  readonly externalId: string;
  /** The name by which the source calls the subject now. */
  readonly name: string;
}

/**
 * What one step of a part brought. `save` runs in the transaction that also keeps the cursor, so
 * that a stop between two batches loses nothing and repeats nothing.
 */
export interface Batch {
  /** Writes the rows and returns how many were new or changed. */
  save(db: Db): number;
  /** Where to go on after this batch, in the part's own words. */
  readonly cursor: string;
  readonly progress?: LoadProgress;
  /** What the numbers lack, in a sentence for people: the last one of a run stays in the status. */
  readonly note?: string | undefined;
}

export interface CollectContext extends Omit<FetchContext, 'first'> {
  /** For reading only: writing is for `Batch.save`. */
  readonly db: Db;
  /** The cursor of the last batch that was kept; undefined at the very beginning. */
  readonly cursor: string | undefined;
  /** When the part was last read to its end (ISO); undefined while the first load is under way. */
  readonly doneAt: string | undefined;
  /** Read again from this day on, whatever was read before: `poll --since`. */
  readonly since?: Day | undefined;
  /**
   * Fill what is missing back to this day: `backfill --from`. There is no cursor then, and none is
   * kept: what was saved tells how far it has come. A part of scope `source` gets one subject.
   */
  readonly from?: Day | undefined;
}

/**
 * Something that a source has beyond the headline numbers: long lists, splits, advisories. Each
 * part is read, resumed, counted and reported by itself; its failure harms no other.
 */
export interface Part {
  /** `issues`. */
  readonly name: string;
  /** For people: `issues and pull requests`. */
  readonly title: string;
  /** `source`: read for all tracked subjects of the source at once. */
  readonly scope: 'subject' | 'source';
  /** Least hours from one complete reading to the next; 0: with every poll. */
  readonly everyHours: number;
  /** What switches it off and how to switch it on, in a sentence; absent when it is on. */
  readonly off?: string;
  /** True when `from` makes it reach further back. */
  readonly canBackfill?: boolean;
  /**
   * Reads what is new, in order, resuming at the cursor. Ends when all is read. Throws the errors
   * of `errors.ts`; what a subject lacks for good (issues switched off, an empty repository) is no
   * error but a batch with a note.
   *
   * @param subjects one subject, or for a part of scope `source` all that are tracked
   */
  collect(subjects: readonly Subject[], context: CollectContext): AsyncIterable<Batch>;
}

/** One line of `doctor`: what was tried, how it went, and how to mend it. */
export interface Checkup {
  readonly what: string;
  readonly state: 'good' | 'limited' | 'bad';
  readonly detail: string;
}

/**
 * A place that numbers come from. `fetch` brings the headline numbers of one subject and does the
 * only input and output for them; `daily` is pure, so that stored snapshots can be read again.
 * Both throw the errors of `errors.ts`.
 */
export interface Source {
  /** The word before the colon in `github:owner/repo`. */
  readonly id: string;
  readonly title: string;
  /** How a reference is written, for help and errors: `owner/repository`. */
  readonly form: string;
  /** When it is polled: a cron expression, UTC. */
  readonly schedule: string;
  /** What `daily` gives, the main one first; a part's own series are not among them. */
  readonly metrics: readonly string[];
  /** What is collected, for the answer to `track`: `stars, forks, issues, …`. */
  readonly collects: string;
  readonly parts: readonly Part[];
  /** Reads what stands behind the colon; undefined when it has not the right form. */
  parse(reference: string): Reference | undefined;
  /** What `parse` reads, out of the address of the subject's page; undefined for other pages. */
  fromUrl?(url: URL): string | undefined;
  fetch(subject: Reference, context: FetchContext): Promise<Snapshot[]>;
  daily(snapshot: Snapshot): DailyRows[];
  /** Rows beside the daily ones that a snapshot holds; runs in the snapshot's transaction. */
  save?(db: Db, subject: Subject, snapshot: Snapshot): void;
  /** Who the subject is, out of a snapshot that tells it. */
  identity?(snapshot: Snapshot): Identity | undefined;
  /** The members of a group at this moment. Throws NotFound for an owner that does not exist. */
  members?(group: Reference, context: FetchContext): Promise<Reference[]>;
  /** Names like one that was not found, best first; empty when there are none. */
  suggest?(reference: Reference, context: FetchContext): Promise<string[]>;
  /** Tries what the settings promise: reachability, tokens, permissions, limits. */
  checkup(context: FetchContext): Promise<Checkup[]>;
}

/** How many names are offered for one that was not found. */
const MOST_NEAR = 3;

/**
 * Up to three of `names` that are a few slips away from `wanted`, or hold it or are held by it, the
 * nearest first and equals as they came. Owners, before a slash, are not compared, nor is case.
 */
export function nearest(wanted: string, names: readonly string[]): string[] {
  const typed = bare(wanted);
  // Two letters that changed places count as two slips.
  const mostSlips = typed.length < 4 ? 1 : Math.max(2, Math.floor(typed.length / 3));
  return names
    .map((name) => ({ name, slips: distance(bare(name), typed) }))
    .filter(({ name, slips }) => slips <= mostSlips || isPartOf(bare(name), typed))
    .toSorted((a, b) => a.slips - b.slips)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}

function bare(name: string): string {
  return name.slice(name.indexOf('/') + 1).toLowerCase();
}

/** `superset` of `apache-superset`, or the other way round; a letter or two are in every name. */
function isPartOf(name: string, wanted: string): boolean {
  const [short = '', long = ''] = [name, wanted].toSorted((a, b) => a.length - b.length);
  return short.length > 2 && long.includes(short);
}

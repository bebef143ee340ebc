import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import {
  ALL_SUBJECTS,
  type CollectionKey,
  collectionOf,
  putOffCollection,
} from '../../db/collections.ts';
import type { Db } from '../../db/open.ts';
import type { RunOutcome } from '../../db/runs.ts';
import type { Subject } from '../../db/subjects.ts';
import { NotFound, NotReady, RateLimited } from '../errors.ts';
import type { Source } from '../sources/source.ts';
import type { Ended } from './runs.ts';

/** How one reading went: of one part, of one subject or of all of the source. */
export interface Outcome {
  /** `limited`: put off, because the source wants us to wait. */
  readonly status: RunOutcome;
  readonly source: string;
  /** Absent for a part that reads all subjects at once. */
  readonly subject?: Subject | undefined;
  /** The part's name; `''` for the headline numbers, and for the members of a group. */
  readonly part: string;
  /** Rows that are new or have changed. */
  readonly rows: number;
  /** Why it did not go through, in a sentence for people; null when it did. */
  readonly error: string | null;
  /** What the numbers lack, in a sentence. */
  readonly note?: string | undefined;
  readonly renamedTo?: string;
}

export interface RoundDeps {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** One round of readings of a source. */
export interface Round {
  readonly source: Source;
  /** What its runs are part of, a UUID. */
  readonly id: string;
  readonly startedAt: string;
  readonly outcomes: readonly Outcome[];
  /** The ids of subjects whose headline numbers were not found in this round. */
  readonly gone: ReadonlySet<number>;
  /** Until when the source wants us to wait (ISO), as far as this round met its limit. */
  limitedUntil(): string | undefined;
  /**
   * Lets `read` run and keeps its outcome, unless the process stops, or the source wants us to
   * wait: then it is put off. Never throws.
   *
   * @param subject undefined for a part that reads all subjects at once
   */
  attempt(subject: Subject | undefined, part: string, read: () => Promise<Read>): Promise<void>;
}

/** How a reading ended, and what the subject is called now. */
export interface Read extends Ended {
  readonly renamedTo?: string;
}

interface Wait {
  /** ISO instant. */
  readonly until: string;
  readonly error: string;
}

/** @param isRoutine false for a backfill, which leaves alone how fresh the parts are */
export function createRound(
  { db, log, now, signal }: RoundDeps,
  source: Source,
  isRoutine: boolean,
): Round {
  const outcomes: Outcome[] = [];
  const gone = new Set<number>();
  let limit: Wait | undefined;

  /** Why a reading has to wait: this round met a limit, or an earlier one did. */
  function waitFor(key: CollectionKey): Wait | undefined {
    if (limit) return limit;
    const { retryAt, error } = collectionOf(db, key) ?? { retryAt: null, error: null };
    if (retryAt === null || Date.parse(retryAt) <= now()) return undefined;
    return { until: retryAt, error: error ?? '' };
  }

  async function carryOut(key: CollectionKey, read: () => Promise<Read>): Promise<Read> {
    if (signal?.aborted) return { status: 'cut', rows: 0, error: 'Groundswell was stopped.' };
    const wait = waitFor(key);
    if (wait) {
      if (isRoutine) putOffCollection(db, key, wait.until, wait.error);
      return { status: 'limited', rows: 0, error: wait.error };
    }
    const ended = await read();
    if (ended.thrown instanceof RateLimited && !(ended.thrown instanceof NotReady)) {
      limit = { until: new Date(ended.thrown.until).toISOString(), error: ended.error ?? '' };
    }
    return ended;
  }

  return {
    source,
    id: randomUUID(),
    startedAt: new Date(now()).toISOString(),
    outcomes,
    gone,
    limitedUntil: () => limit?.until,
    async attempt(subject, part, read) {
      const key = { source: source.id, subjectId: subject?.id ?? ALL_SUBJECTS, part };
      const about = { source: source.id, subject, part };
      try {
        const { thrown, ...ended } = await carryOut(key, read);
        if (part === '' && thrown instanceof NotFound && subject) gone.add(subject.id);
        outcomes.push({ ...about, ...ended });
      } catch (error) {
        // Not even the run could be written down: a full disk, or one that is gone.
        log.error({ source: source.id, part, err: error }, 'run not written down');
        const why = 'The database does not take it; the log tells more.';
        outcomes.push({ ...about, status: 'failed', rows: 0, error: why });
      }
    },
  };
}

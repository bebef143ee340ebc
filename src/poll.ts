import type { Logger } from 'pino';
import type { LoadProgress } from '../db/collections.ts';
import { type Day, dayOf } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import type { EndedRun, Run, RunOutcome } from '../db/runs.ts';
import { saveDays } from '../db/series.ts';
import { lastPolledAt, saveSnapshot, thinSnapshots } from '../db/snapshots.ts';
import { ensureSubject, findSubject, type Role, type Subject, trackedSubjects } from '../db/subjects.ts';
import { RateLimited, type SourceError, Unavailable } from './errors.ts';
import type { Job } from './schedule.ts';
import type { Reference, Source } from './sources/source.ts';

/** A poll of the headline numbers that went through. */
export interface Polled {
  readonly subject: Subject;
  /** How many days have another value than before. */
  readonly changedDays: number;
  /** What the source calls the subject, where that is another name than the one it was asked by. */
  readonly renamedTo?: string;
}

/** How one reading went: of one part, of one subject or of all of the source. */
export interface Outcome {
  /** `limited`: put off, because the source wants us to wait. */
  readonly status: RunOutcome;
  readonly source: string;
  /** Absent for a part that reads all subjects at once. */
  readonly subject?: Subject;
  /** The part's name; `''` for the headline numbers, and for the members of a group. */
  readonly part: string;
  /** Rows that are new or have changed. */
  readonly rows: number;
  /** Why it did not go through, in a sentence for people; null when it did. */
  readonly error: string | null;
  /** What the numbers lack, in a sentence. */
  readonly note?: string;
  readonly renamedTo?: string;
}

/** Is told of every run as it begins and as it ends, after the database was. */
export interface RunObserver {
  started(run: Run): void;
  ended(run: EndedRun): void;
}

/** How far a reading has come. */
export interface PartProgress {
  /** Absent for a part that reads all subjects at once. */
  readonly subject?: Subject;
  /** The part's name. */
  readonly part: string;
  readonly progress: LoadProgress;
}

export type OnProgress = (progress: PartProgress) => void;

export interface PollOptions {
  /** Reads every part again from this day on, due or not. */
  readonly since?: Day;
  readonly onProgress?: OnProgress;
}

export interface PollerDeps {
  readonly db: Db;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when the process stops: what is being asked is given up. */
  readonly signal?: AbortSignal;
  readonly observers?: readonly RunObserver[];
}

export interface Poller {
  /**
   * Asks a source for the headline numbers of one subject and saves them, all or nothing; a
   * subject that is new gets its row with its first numbers. Throws what the source throws.
   */
  poll(source: Source, reference: Reference, role?: Role): Promise<Polled>;
  /**
   * Polls what is tracked of one source: groups, headline numbers, and the parts that are due.
   * Never throws.
   */
  pollSource(id: string, options?: PollOptions): Promise<Outcome[]>;
  /** Polls everything that is tracked, the sources side by side. Never throws. */
  pollAll(options?: PollOptions): Promise<Outcome[]>;
  /**
   * Goes on with what is unfinished or was put off, and with nothing else; asks nothing while the
   * source wants us to wait. Never throws.
   */
  resume(id: string): Promise<Outcome[]>;
  /** Fills what is missing of one subject back to `from`, in the parts that can. Never throws. */
  backfill(subject: Subject, from: Day, onProgress?: OnProgress): Promise<Outcome[]>;
}

export function createPoller({ db, sources, log, now, signal }: PollerDeps): Poller {
  const running = new Map<string, Promise<Polled>>();

  /** A poll of a subject that is being polled already is that same poll. */
  function poll(source: Source, reference: Reference): Promise<Polled> {
    const key = `${source.id}:${reference.key}`;
    const before = running.get(key);
    if (before) return before;
    const polling = fetchAndSave(source, reference).finally(() => running.delete(key));
    running.set(key, polling);
    return polling;
  }

  async function fetchAndSave(source: Source, reference: Reference): Promise<Polled> {
    const at = now();
    const known = findSubject(db, source.id, reference.key);
    const first = !known || lastPolledAt(db, known.id) === undefined;
    const snapshots = await source.fetch(reference, {
      now: at,
      first,
      signal,
      meter: { request() {}, billed() {} },
    });
    const read = snapshots.map((snapshot) => ({ snapshot, rows: source.daily(snapshot) }));
    return db.transaction(() => {
      const subject = ensureSubject(db, source.id, reference.key, reference.name);
      let changedDays = 0;
      for (const { snapshot, rows } of read) {
        saveSnapshot(db, subject.id, snapshot);
        for (const { metric, kind, values, origin, completeThrough } of rows) {
          changedDays += saveDays(db, { subjectId: subject.id, metric, kind }, values, {
            origin,
            seenAt: snapshot.takenAt,
            ...(completeThrough !== undefined && { completeThrough }),
          });
        }
      }
      thinSnapshots(db, subject.id, dayOf(at));
      const name = snapshots.map((snapshot) => source.identity?.(snapshot)).find(Boolean)?.name;
      const isRenamed = name !== undefined && name.toLowerCase() !== reference.key;
      return { subject, changedDays, ...(isRenamed && { renamedTo: name }) };
    })();
  }

  async function pollSubject(source: Source, subject: Subject): Promise<Outcome> {
    const about = { source: source.id, subject: subject.name };
    try {
      const polled = await poll(source, subject);
      log.info({ ...about, changedDays: polled.changedDays }, 'polled');
      if (polled.renamedTo) log.warn({ ...about, renamedTo: polled.renamedTo }, 'renamed');
      return { status: 'done', ...polled };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      log.warn({ ...about, err: error }, 'poll failed');
      return { status: 'failed', subject, error };
    }
  }

  async function pollSource(id: string): Promise<Outcome[]> {
    const source = sources.find((known) => known.id === id);
    if (!source) return [];
    const outcomes: Outcome[] = [];
    let refusal: SourceError | undefined;
    for (const subject of trackedSubjects(db).filter((tracked) => tracked.source === id)) {
      if (signal?.aborted) refusal ??= new Unavailable('Groundswell is stopping');
      // A source that asked us to wait is not asked about the others either.
      const outcome: Outcome = refusal
        ? { status: 'failed', subject, error: refusal }
        : await pollSubject(source, subject);
      if (outcome.status === 'failed' && outcome.error instanceof RateLimited) {
        refusal = outcome.error;
      }
      outcomes.push(outcome);
    }
    return outcomes;
  }

  async function pollAll(): Promise<Outcome[]> {
    const all = await Promise.all(sources.map(({ id }) => pollSource(id)));
    return all.flat();
  }

  return { poll, pollSource, pollAll };
}

/** The scheduled jobs that poll: one a source, so that none waits for another. */
export function pollJobs(sources: readonly Source[], poller: Poller): Job[] {
  return sources.map(({ id, schedule }) => ({
    name: `poll ${id}`,
    cron: schedule,
    async run() {
      const outcomes = await poller.pollSource(id);
      const failed = outcomes.filter(({ status }) => status === 'failed').length;
      if (failed > 0) throw new Error(`${failed} of ${outcomes.length} polls failed`);
    },
  }));
}

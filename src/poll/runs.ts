import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import {
  type CollectionKey,
  failCollection,
  finishCollection,
  putOffCollection,
  tryCollection,
} from '../../db/collections.ts';
import type { Db } from '../../db/open.ts';
import { type EndedRun, endRun, type Run, type RunOutcome, startRun } from '../../db/runs.ts';
import { explain, RateLimited, SourceError } from '../errors.ts';
import { type CountingMeter, createMeter } from './meter.ts';

/** Hears of every run as it begins and as it ends, after the database has it. */
export interface RunObserver {
  started(run: Run): void;
  ended(run: EndedRun): void;
}

interface RunsDeps {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly observers: readonly RunObserver[];
}

/** What is read, for the run's row and for sentences about it. */
export interface Reading {
  /** What the run is part of, a UUID. */
  readonly parentId: string;
  readonly key: CollectionKey;
  /** The source's title. */
  readonly title: string;
  /** What is read, in words: see `nameOfReading`. */
  readonly name: string;
  /** False for a backfill, which says nothing of how fresh the part is. */
  readonly isRoutine: boolean;
}

/** How a run ended. */
export interface Ended {
  readonly status: RunOutcome;
  readonly rows: number;
  /** Why it did not go through, in a sentence; null when it did. */
  readonly error: string | null;
  readonly note?: string | undefined;
  readonly thrown?: unknown;
}

/** What the work of a run is handed, and what it gives back. */
export interface Work {
  readonly meter: CountingMeter;
  /** Counts rows that were saved. */
  wrote(rows: number): void;
}

export interface Done {
  readonly note?: string | undefined;
  /** Whose the numbers turned out to be, where that is another subject than was asked for. */
  readonly subjectId?: number;
}

export interface Runs {
  /** Does `work` as one run, with its row and the state of its collection. Throws no error of it. */
  record(reading: Reading, work: (tools: Work) => Promise<Done>): Promise<Ended>;
  /** Writes down a run that began before it was known what it would be about, and went well. */
  recordDone(reading: Reading, startedAt: string, meter: CountingMeter, rows: number): void;
}

/** Another process has read on where this one stood: the bot and the command line at once. */
export class Overtaken extends Error {}

const OVERTAKEN = 'Another process of Groundswell is reading this just now, and goes on with it.';
const UNEXPECTED = 'Something unexpected went wrong here; the log tells more.';

export function createRuns({ db, log, now, signal, observers }: RunsDeps): Runs {
  const instant = () => new Date(now()).toISOString();

  /** What an observer throws is its own matter. */
  function tell(report: (observer: RunObserver) => void): void {
    for (const observer of observers) {
      try {
        report(observer);
      } catch (error) {
        log.error({ err: error }, 'an observer of runs failed');
      }
    }
  }

  function begin({ parentId, key, isRoutine }: Reading, startedAt: string): Run {
    const run: Run = { id: randomUUID(), parentId, ...key, startedAt };
    db.transaction(() => {
      startRun(db, run);
      if (isRoutine) tryCollection(db, key, startedAt);
    })();
    tell((observer) => observer.started(run));
    return run;
  }

  function end(run: Run, meter: CountingMeter, ended: Ended, keep: () => void): void {
    const { status: outcome, rows, error } = ended;
    const row: EndedRun = {
      ...run,
      ...meter.costs(),
      rows,
      outcome,
      error,
      endedAt: instant(),
    };
    db.transaction(() => {
      endRun(db, row);
      keep();
    })();
    tell((observer) => observer.ended(row));
    const about = { source: run.source, subject: run.subjectId, part: run.part, run: run.id };
    log.info({ ...about, outcome, rows, requests: row.requests }, 'run ended');
  }

  /** How a run ended that threw `thrown`. */
  function failed(thrown: unknown, { title, name }: Reading, rows: number): Ended {
    if (signal?.aborted) return { status: 'cut', rows, error: 'Groundswell was stopped.', thrown };
    if (thrown instanceof Overtaken) return { status: 'cut', rows, error: OVERTAKEN, thrown };
    if (!(thrown instanceof SourceError)) {
      return { status: 'failed', rows, error: UNEXPECTED, thrown };
    }
    const status = thrown instanceof RateLimited ? 'limited' : 'failed';
    return { status, rows, error: explain(thrown, title, name), thrown };
  }

  function keepState({ key, isRoutine }: Reading, { status, error, thrown }: Ended): void {
    if (!isRoutine) return;
    if (status === 'cut') putOffCollection(db, key, instant());
    else if (thrown instanceof RateLimited) {
      putOffCollection(db, key, new Date(thrown.until).toISOString(), error ?? '');
    } else failCollection(db, key, error ?? '');
  }

  return {
    async record(reading, work) {
      const meter = createMeter(now);
      let rows = 0;
      const startedAt = instant();
      const run = begin(reading, startedAt);
      try {
        const wrote = (more: number) => {
          rows += more;
        };
        const { note, subjectId = run.subjectId } = await work({ meter, wrote });
        const ended: Ended = { status: 'done', rows, error: null, note };
        end(run, meter, ended, () => {
          // As of the run's beginning: what changed since may have been passed already.
          if (reading.isRoutine) {
            finishCollection(db, { ...reading.key, subjectId }, startedAt, note);
          }
        });
        return ended;
      } catch (thrown) {
        const ended = failed(thrown, reading, rows);
        const { source, subjectId: subject, part } = run;
        // The errors that sources throw are everyday matters, all else is a mistake of ours.
        const isMistake = !(thrown instanceof SourceError || thrown instanceof Overtaken);
        const level = isMistake && !signal?.aborted ? 'error' : 'warn';
        log[level]({ source, subject, part, run: run.id, err: thrown }, 'run failed');
        end(run, meter, ended, () => keepState(reading, ended));
        return ended;
      }
    },

    recordDone(reading, startedAt, meter, rows) {
      const run = begin(reading, startedAt);
      end(run, meter, { status: 'done', rows, error: null }, () =>
        finishCollection(db, reading.key, startedAt),
      );
    },
  };
}

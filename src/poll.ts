import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type SourcePart, saveSourceParts } from '../db/collections.ts';
import type { Day } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { type Role, type Subject, setRole } from '../db/subjects.ts';
import type { Polled } from './poll/headline.ts';
import type { OnProgress } from './poll/part.ts';
import { createReader } from './poll/reader.ts';
import type { Outcome } from './poll/round.ts';
import { createRounds, type Mode, type PollOptions } from './poll/rounds.ts';
import { createRuns, type RunObserver } from './poll/runs.ts';
import type { Reference, Source } from './sources/source.ts';

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
   * subject that is new gets its row with its first numbers. For a group, asks for its members and
   * puts them on the list with it. Throws what the source throws.
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

export function createPoller({ observers = [], ...deps }: PollerDeps): Poller {
  const { db, sources, log } = deps;
  const parts = sources.flatMap(describeParts);
  saveSourceParts(db, parts);
  const reader = createReader({ ...deps, runs: createRuns({ ...deps, observers }) });
  const rounds = createRounds({ ...deps, reader });

  async function round(mode: Mode, id: string, options: PollOptions): Promise<Outcome[]> {
    const source = sources.find((known) => known.id === id);
    if (!source) return [];
    try {
      // Once more: the command line may have other settings, and the status shows those of the bot.
      saveSourceParts(db, parts);
      return await rounds.carryOut(mode, source, options);
    } catch (error) {
      log.error({ source: id, err: error }, 'a round of polls broke off');
      return [];
    }
  }

  return {
    async poll(source, reference, role) {
      const { polled, thrown } = await reader.headline(source, reference, randomUUID(), role);
      if (!polled) throw thrown;
      if (role) setRole(db, polled.subject.id, role);
      return role ? { ...polled, subject: { ...polled.subject, role } } : polled;
    },
    pollSource: (id, options = {}) => round('poll', id, options),
    async pollAll(options = {}) {
      const all = await Promise.all(sources.map(({ id }) => round('poll', id, options)));
      return all.flat();
    },
    resume: (id) => round('resume', id, {}),
    async backfill(subject, from, onProgress) {
      const source = sources.find(({ id }) => id === subject.source);
      return source ? rounds.backfill(source, subject, from, onProgress) : [];
    },
  };
}

/** The parts of a source for the status, the headline numbers first. */
function describeParts({ id, title, metrics, parts }: Source): SourcePart[] {
  const about = { source: id, sourceTitle: title };
  const headline = metrics.map((metric) => metric.replace(/^\w+\./, '').replaceAll('_', ' '));
  return [
    {
      ...about,
      part: '',
      partTitle: headline.join(', '),
      scope: 'subject',
      everyHours: 0,
      off: null,
    },
    ...parts.map(({ name, title: partTitle, scope, everyHours, off = null }) => ({
      ...about,
      part: name,
      partTitle,
      scope,
      everyHours,
      off,
    })),
  ];
}

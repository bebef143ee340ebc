import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { type Progress, progressOf } from '../db/progress.ts';
import { ensureSubject, findSubject, type Subject, setTracked } from '../db/subjects.ts';
import { explain, RateLimited, SourceError, Unavailable } from './errors.ts';
import type { Poller } from './poll.ts';
import { parseReference, referenceForms } from './references.ts';
import type { Source } from './sources/source.ts';

export interface TrackingDeps {
  readonly db: Db;
  readonly sources: readonly Source[];
  readonly poller: Poller;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What became of a request. `waiting`: on the list, but its source gave no numbers yet. */
export interface Tracked {
  readonly subject: Subject;
  readonly status: 'collecting' | 'waiting' | 'stopped';
  /** The answer for the person who asked. */
  readonly sentence: string;
}

/** Puts subjects on the list of what is polled, and takes them off. */
export interface Tracking {
  /** How each source's references are written: `github:owner/repository`. */
  readonly forms: readonly string[];
  /**
   * Polls the subject and puts it on the list; what does not exist is not stored. Throws an
   * InputError that says why not.
   */
  track(reference: string): Promise<Tracked>;
  /** Takes a subject off the list; what was collected stays. Throws an InputError. */
  untrack(reference: string): Tracked;
}

export function createTracking({ db, sources, poller, now }: TrackingDeps): Tracking {
  function putOnList(subject: Subject): Subject {
    if (subject.trackedAt !== null) return subject;
    const trackedAt = new Date(now()).toISOString();
    setTracked(db, subject.id, trackedAt);
    return { ...subject, trackedAt };
  }

  return {
    forms: referenceForms(sources),

    async track(typed) {
      const { source, reference } = parseReference(sources, typed);
      try {
        const { renamedTo, ...polled } = await poller.poll(source, reference);
        const subject = putOnList(polled.subject);
        const [main = ''] = source.metrics;
        const progress = progressOf(db, subject.id, main);
        const parts = [collecting(source, subject.name, progress)];
        if (renamedTo) parts.push(`${source.title} calls it ${renamedTo} now.`);
        return { subject, status: 'collecting', sentence: parts.join(' ') };
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const why = explain(error, source.title, reference.name);
        if (!(error instanceof RateLimited || error instanceof Unavailable)) {
          throw new InputError(why, { cause: error });
        }
        const subject = putOnList(ensureSubject(db, source.id, reference.key, reference.name));
        return { subject, status: 'waiting', sentence: `${why} ${waiting(source, subject.name)}` };
      }
    },

    untrack(typed) {
      const { source, reference } = parseReference(sources, typed);
      const subject = findSubject(db, source.id, reference.key);
      if (!subject?.trackedAt) {
        throw new InputError(`${reference.name} on ${source.title} is not tracked.`);
      }
      setTracked(db, subject.id, null);
      const stopped = { ...subject, trackedAt: null };
      const sentence = `${subject.name} on ${source.title} is not collected any more. What was collected stays.`;
      return { subject: stopped, status: 'stopped', sentence };
    },
  };
}

function collecting(source: Source, name: string, progress: Progress | undefined): string {
  if (!progress) {
    return `Tracking ${name} on ${source.title}. There are no numbers yet.`;
  }
  const { firstDay, lastDay, lastValue } = progress;
  const measure = source.metrics[0]?.replace(/^\w+\./, '') ?? '';
  const since = firstDay === lastDay ? '' : `, with days since ${firstDay}`;
  return `Tracking ${name} on ${source.title}: ${lastValue.toLocaleString('en')} ${measure} on ${lastDay}${since}.`;
}

function waiting(source: Source, name: string): string {
  return `${name} is on the list, and its numbers will be collected as soon as ${source.title} answers.`;
}

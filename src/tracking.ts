import { putOffCollection } from '../db/collections.ts';
import { dayOf } from '../db/days.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import {
  ensureSubject,
  findSubject,
  isGroupKey,
  type Role,
  type Subject,
  setRole,
  setTracked,
  setVia,
  subjectsVia,
  trackedSubjects,
} from '../db/subjects.ts';
import { followListChange } from './alerts/forgetting.ts';
import { explain, NotFound, RateLimited, SourceError, Unavailable } from './errors.ts';
import { createMeter } from './poll/meter.ts';
import type { Poller } from './poll.ts';
import type { Source } from './sources/source.ts';
import { findOnList } from './tracking/on-list.ts';
import {
  type Located,
  parseReference,
  referenceForms,
  splitRequest,
} from './tracking/references.ts';
import { createReplacing } from './tracking/replacing.ts';
import { collecting, collectingGroup, stopped, stoppedGroup, waiting } from './tracking/words.ts';

interface TrackingDeps {
  readonly db: Db;
  readonly sources: readonly Source[];
  readonly poller: Poller;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Begins in the background with what is unfinished of a source, and judges it; absent: the next
   * poll does.
   */
  readonly begin?: (sourceId: string) => void;
}

/** What became of a request. `waiting`: on the list, but its source gave no numbers yet. */
interface Tracked {
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
   * Polls the subject and puts it on the list, or all that a group (`github:owner/*`) stands for;
   * `as dependency` behind it gives its role, `replaces pypi:old` whose place it takes. What does
   * not exist is not stored. Throws an InputError that says why not.
   */
  track(reference: string): Promise<Tracked>;
  /** Takes a subject or a group off the list; what was collected stays. Throws an InputError. */
  untrack(reference: string): Tracked;
}

/** Somebody waits for the answer: names like the one that was not found come in time or not. */
const SUGGEST_MS = 3000;

export function createTracking(deps: TrackingDeps): Tracking {
  const { db, sources, poller, now, begin } = deps;
  const replacing = createReplacing({ db, sources, isBot: begin !== undefined });

  /** By itself, too, where a group has it on the list. */
  function putOnList(subject: Subject): Subject {
    if (subject.trackedAt !== null && subject.viaId === null) return subject;
    const trackedAt = subject.trackedAt ?? new Date(now()).toISOString();
    setTracked(db, subject.id, trackedAt);
    return { ...subject, trackedAt, viaId: null };
  }

  /** Has to be polled to be added up: what is replaced comes on the list, and goes with a failure. */
  async function collectReplacing(
    located: Located,
    role: Role | undefined,
    olds: readonly Located[],
  ): Promise<Tracked> {
    const added: Subject[] = [];
    const subjects: Subject[] = [];
    try {
      for (const old of olds) {
        const known = findSubject(db, old.source.id, old.reference.key);
        const isOnList = known !== undefined && known.trackedAt !== null;
        const subject = isOnList ? putOnList(known) : (await collectOrWait(old, role)).subject;
        if (!isOnList) added.push(subject);
        subjects.push(subject);
      }
      const tracked = await collectOrWait(located, role);
      const told = replacing.save(tracked.subject, subjects, added);
      judgeAnew(located.source.id);
      return { ...tracked, sentence: [tracked.sentence, ...told].join(' ') };
    } catch (error) {
      for (const { id } of added) setTracked(db, id, null);
      throw error;
    }
  }

  /** As another series than before; what is open of the former is over at once. */
  function judgeAnew(sourceId: string): void {
    followListChange(db, sourceId, dayOf(now()));
    begin?.(sourceId);
  }

  async function collectOrWait(located: Located, role: Role | undefined): Promise<Tracked> {
    try {
      return await collect(located, role);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const isPassing = error instanceof RateLimited || error instanceof Unavailable;
      if (!isPassing) throw await refusal(error, located);
      return wait(located, role, error);
    }
  }

  async function collect(located: Located, role: Role | undefined): Promise<Tracked> {
    const { source, reference } = located;
    const polled = await poller.poll(source, reference, role);
    const subject = putOnList(polled.subject);
    const about = { db, source, subject, isBot: begin !== undefined };
    const sentence = polled.members
      ? collectingGroup(about, polled.members)
      : collecting(about, polled.renamedTo);
    begin?.(source.id);
    return { subject, status: 'collecting', sentence };
  }

  /** On the list without numbers, because the source can't be asked now. */
  function wait({ source, reference }: Located, role: Role | undefined, error: SourceError) {
    const why = explain(error, source.title, reference.name);
    const subject = putOnList(ensureSubject(db, source.id, reference.key, reference.name));
    if (role) setRole(db, subject.id, role);
    if (error instanceof RateLimited) {
      const key = { source: source.id, subjectId: subject.id, part: '' };
      putOffCollection(db, key, new Date(error.until).toISOString(), why);
    }
    const sentence = `${why} ${waiting(source, { ...reference, name: subject.name })}`;
    return { subject: { ...subject, ...(role && { role }) }, status: 'waiting' as const, sentence };
  }

  async function refusal(error: SourceError, { source, reference }: Located): Promise<InputError> {
    const why = explain(error, source.title, reference.name);
    const names = error instanceof NotFound ? await namesLike({ source, reference }) : [];
    const hint = names.length > 0 ? ` Did you mean ${names.join(' or ')}?` : '';
    return new InputError(`${why}${hint}`, { cause: error });
  }

  async function namesLike({ source, reference }: Located): Promise<readonly string[]> {
    try {
      const context = { now: now(), first: false, meter: createMeter(now) };
      const signal = AbortSignal.timeout(SUGGEST_MS);
      return (await source.suggest?.(reference, { ...context, signal }))?.slice(0, 3) ?? [];
    } catch (error) {
      // That the name is unknown is the answer, whether others can be told or not.
      if (error instanceof SourceError) return [];
      throw error;
    }
  }

  return {
    forms: referenceForms(sources),

    async track(typed) {
      const { text, role, replaces } = splitRequest(typed);
      const located = parseReference(sources, text);
      if (!replaces) return collectOrWait(located, role);
      return collectReplacing(located, role, replacing.read(located, replaces));
    },

    untrack(typed) {
      const { source, subject } = findOnList(db, sources, typed);
      if (isGroupKey(subject.key)) return untrackGroup(source, subject);
      const group = groupOver(source, subject);
      if (subject.viaId !== null && group) {
        throw new InputError(
          `${subject.name} on ${source.title} is on the list through ${group.name}: untrack ${source.id}:${group.name} to stop all of it.`,
        );
      }
      if (group) {
        setVia(db, subject.id, group.id);
        const sentence = `${subject.name} on ${source.title} stays on the list as long as ${group.name} has it: untrack ${source.id}:${group.name} to stop all of it.`;
        return { subject: { ...subject, viaId: group.id }, status: 'collecting', sentence };
      }
      setTracked(db, subject.id, null);
      const told = replacing.end(subject);
      if (told.length > 0) judgeAnew(source.id);
      else followListChange(db, source.id, dayOf(now()));
      const sentence = [stopped(source, subject), ...told].join(' ');
      return { subject: { ...subject, trackedAt: null }, status: 'stopped', sentence };
    },
  };

  function untrackGroup(source: Source, group: Subject): Tracked {
    const members = subjectsVia(db, group.id);
    db.transaction(() => {
      for (const { id } of [...members, group]) setTracked(db, id, null);
    })();
    followListChange(db, source.id, dayOf(now()));
    const sentence = stoppedGroup(source, group, members.length);
    return { subject: { ...group, trackedAt: null }, status: 'stopped', sentence };
  }

  /** The tracked group that keeps the subject on the list, or would bring it back. */
  function groupOver(source: Source, subject: Subject): Subject | undefined {
    return trackedSubjects(db, source.id).find(
      ({ id, key }) =>
        isGroupKey(key) &&
        (subject.viaId === id ||
          (subject.viaId === null && subject.key.startsWith(key.slice(0, -1)))),
    );
  }
}

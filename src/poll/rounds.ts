import { ALL_SUBJECTS, collectionOf } from '../../db/collections.ts';
import type { Day } from '../../db/days.ts';
import { type Subject, trackedSubjects } from '../../db/subjects.ts';
import type { OnProgress, Outcome, PollOptions } from '../poll.ts';
import type { Part, Source } from '../sources/source.ts';
import { createTurns } from '../turns.ts';
import { hasNewcomer, isDue, isUnfinished } from './due.ts';
import type { Reader } from './reader.ts';
import { createTick, type Tick, type TickDeps } from './tick.ts';

/** `resume`: only what is unfinished or was put off. */
export type Mode = 'poll' | 'resume';

export interface Rounds {
  /** Groups, then headline numbers, then parts: whatever is due of what is tracked. */
  carryOut(mode: Mode, source: Source, options: PollOptions): Promise<Outcome[]>;
  backfill(
    source: Source,
    subject: Subject,
    from: Day,
    onProgress: OnProgress | undefined,
  ): Promise<Outcome[]>;
}

export function createRounds(deps: TickDeps & { readonly reader: Reader }): Rounds {
  const { db, now, reader } = deps;
  // A source is asked for one part at a time, however many rounds there are.
  const inTurn = createTurns();
  /** Until when a source wants us to wait (ISO). What was put off knows it beyond a restart. */
  const limits = new Map<string, string>();
  const instant = () => new Date(now()).toISOString();

  function tracked(source: Source, areGroups: boolean): Subject[] {
    return trackedSubjects(db, source.id).filter(
      ({ key }) => (source.parse(key)?.isGroup ?? false) === areGroups,
    );
  }

  async function readHeadlines(tick: Tick, mode: Mode, subjects: readonly Subject[]) {
    const { source } = tick;
    for (const subject of subjects) {
      const state = collectionOf(db, { source: source.id, subjectId: subject.id, part: '' });
      if (mode === 'resume' && !isUnfinished(state, now())) continue;
      await tick.attempt(subject, '', async () => {
        const { polled, ...read } = await reader.headline(source, subject, tick.id);
        return { ...read, ...(polled?.renamedTo && { renamedTo: polled.renamedTo }) };
      });
    }
  }

  /**
   * What is not there is not asked for more, nor what was never seen: only the headline numbers
   * tell that a subject is for everyone's eyes.
   */
  function isWorthAsking(tick: Tick, mode: Mode, { id }: Subject): boolean {
    const state = collectionOf(db, { source: tick.source.id, subjectId: id, part: '' });
    if (!state?.doneAt) return false;
    return mode === 'poll' ? !tick.gone.has(id) : state.failures === 0;
  }

  async function readPart(
    tick: Tick,
    mode: Mode,
    part: Part,
    subjects: readonly Subject[],
    options: PollOptions,
  ): Promise<void> {
    const subject = part.scope === 'subject' ? subjects[0] : undefined;
    const key = {
      source: tick.source.id,
      subjectId: subject?.id ?? ALL_SUBJECTS,
      part: part.name,
    };
    const state = collectionOf(db, key);
    if (options.since === undefined) {
      // Another round has tried it since this one began.
      if (state?.triedAt && state.triedAt > tick.startedAt) return;
      const isWanted =
        mode === 'poll'
          ? isDue(part, state, subjects, now())
          : isUnfinished(state, now()) || hasNewcomer(part, state, subjects);
      if (!isWanted) return;
    }
    await tick.attempt(subject, part.name, () =>
      reader.part(tick.source, part, subjects, tick.id, options),
    );
  }

  return {
    async carryOut(mode, source, options) {
      if (mode === 'resume' && (limits.get(source.id) ?? '') > instant()) return [];
      const tick = createTick(deps, source, true);
      await readHeadlines(tick, mode, tracked(source, true));
      await readHeadlines(tick, mode, tracked(source, false));
      const subjects = tracked(source, false);
      for (const part of source.parts) {
        if (part.off !== undefined || subjects.length === 0) continue;
        const targets =
          part.scope === 'source'
            ? [subjects]
            : subjects.filter((each) => isWorthAsking(tick, mode, each)).map((each) => [each]);
        for (const target of targets) {
          await inTurn(source.id, () => readPart(tick, mode, part, target, options));
        }
      }
      const until = tick.limitedUntil();
      if (until !== undefined) limits.set(source.id, until);
      return [...tick.outcomes];
    },

    async backfill(source, subject, from, onProgress) {
      const tick = createTick(deps, source, false);
      for (const part of source.parts) {
        if (part.off !== undefined || !part.canBackfill) continue;
        await inTurn(source.id, () =>
          tick.attempt(subject, part.name, () =>
            reader.part(source, part, [subject], tick.id, { from, onProgress }),
          ),
        );
      }
      return [...tick.outcomes];
    },
  };
}

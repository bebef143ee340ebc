import { ALL_SUBJECTS, collectionOf } from '../../db/collections.ts';
import type { Day } from '../../db/days.ts';
import { isGroupKey, type Subject, trackedSubjects } from '../../db/subjects.ts';
import type { Part, Source } from '../sources/source.ts';
import { createTurns } from '../turns.ts';
import { hasNewcomer, isDue, isUnfinished } from './due.ts';
import type { OnProgress } from './part.ts';
import type { Reader } from './reader.ts';
import { createRound, type Outcome, type Round, type RoundDeps } from './round.ts';

/** `resume`: only what is unfinished or was put off. */
export type Mode = 'poll' | 'resume';

export interface PollOptions {
  /** Reads every part again from this day on, due or not. */
  readonly since?: Day | undefined;
  readonly onProgress?: OnProgress;
}

interface Rounds {
  /** Groups, then headline numbers, then parts: whatever is due of what is tracked. */
  carryOut(mode: Mode, source: Source, options: PollOptions): Promise<Outcome[]>;
  backfill(
    source: Source,
    subject: Subject,
    from: Day,
    onProgress: OnProgress | undefined,
  ): Promise<Outcome[]>;
}

export function createRounds(deps: RoundDeps & { readonly reader: Reader }): Rounds {
  const { db, now, reader } = deps;
  // A source is asked for one part at a time, however many rounds there are.
  const inTurn = createTurns();
  /** Until when a source wants us to wait (ISO). What was put off knows it beyond a restart. */
  const limits = new Map<string, string>();
  const instant = () => new Date(now()).toISOString();

  function tracked(source: Source, areGroups: boolean): Subject[] {
    return trackedSubjects(db, source.id).filter(({ key }) => isGroupKey(key) === areGroups);
  }

  async function readHeadlines(round: Round, mode: Mode, subjects: readonly Subject[]) {
    const { source } = round;
    for (const subject of subjects) {
      const state = collectionOf(db, { source: source.id, subjectId: subject.id, part: '' });
      if (mode === 'resume' && !isUnfinished(state, now())) continue;
      await round.attempt(subject, '', async () => {
        const { polled, ...read } = await reader.headline(source, subject, round.id);
        return { ...read, ...(polled?.renamedTo && { renamedTo: polled.renamedTo }) };
      });
    }
  }

  /**
   * Skips parts of subjects that were not found or never read: only the headline numbers prove that
   * a subject is public.
   */
  function isWorthAsking(round: Round, mode: Mode, { id }: Subject): boolean {
    const state = collectionOf(db, { source: round.source.id, subjectId: id, part: '' });
    if (!state?.doneAt) return false;
    return mode === 'poll' ? !round.gone.has(id) : state.failures === 0;
  }

  async function readPart(
    round: Round,
    mode: Mode,
    part: Part,
    subjects: readonly Subject[],
    options: PollOptions,
  ): Promise<void> {
    const subject = part.scope === 'subject' ? subjects[0] : undefined;
    const key = {
      source: round.source.id,
      subjectId: subject?.id ?? ALL_SUBJECTS,
      part: part.name,
    };
    const state = collectionOf(db, key);
    if (options.since === undefined) {
      // Another round has tried it since this one began.
      if (state?.triedAt && state.triedAt > round.startedAt) return;
      const isWanted =
        mode === 'poll'
          ? isDue(part, state, subjects, now())
          : isUnfinished(state, now()) || hasNewcomer(part, state, subjects);
      if (!isWanted) return;
    }
    await round.attempt(subject, part.name, () =>
      reader.part(round.source, part, subjects, round.id, options),
    );
  }

  return {
    async carryOut(mode, source, options) {
      if (mode === 'resume' && (limits.get(source.id) ?? '') > instant()) return [];
      const round = createRound(deps, source, true);
      await readHeadlines(round, mode, tracked(source, true));
      await readHeadlines(round, mode, tracked(source, false));
      const subjects = tracked(source, false);
      for (const part of source.parts) {
        if (part.off !== undefined || subjects.length === 0) continue;
        const targets =
          part.scope === 'source'
            ? [subjects]
            : subjects.filter((each) => isWorthAsking(round, mode, each)).map((each) => [each]);
        for (const target of targets) {
          await inTurn(source.id, () => readPart(round, mode, part, target, options));
        }
      }
      const until = round.limitedUntil();
      if (until !== undefined) limits.set(source.id, until);
      return [...round.outcomes];
    },

    async backfill(source, subject, from, onProgress) {
      const round = createRound(deps, source, false);
      for (const part of source.parts) {
        if (part.off !== undefined || !part.canBackfill) continue;
        await inTurn(source.id, () =>
          round.attempt(subject, part.name, () =>
            reader.part(source, part, [subject], round.id, { from, onProgress }),
          ),
        );
      }
      return [...round.outcomes];
    },
  };
}

import { InputError } from '../../db/input-error.ts';
import { JUDGED_AFTER_WEEKS, tooNewSeries } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import {
  dropReplacement,
  heldReplacements,
  listReplacements,
  saveReplacement,
  successorsOf,
} from '../../db/replacements.ts';
import { findSubject, type Subject, subjectById } from '../../db/subjects.ts';
import { allOf, listed } from '../../reports/words.ts';
import type { Source } from '../sources/source.ts';
import { type Located, parseBeside } from './references.ts';

/** What has successors: whatever is watched for drops, but repositories, which keep their stars. */
const REPLACEABLE = ['pypi', 'docker'];

interface ReplacingDeps {
  readonly db: Db;
  readonly sources: readonly Source[];
  /** True where alerts judge at once what has changed; else the next poll of the bot does. */
  readonly isBot: boolean;
}

/** Notes which subjects take the place of others, so that the days of both are judged together. */
interface Replacing {
  /** Reads what `located` is said to replace. Throws an InputError where it can't. */
  read(located: Located, typed: readonly string[]): Located[];
  /**
   * Notes that `subject` replaces `olds`, or with none of them that it replaces nothing any more.
   * Returns sentences, also about those that were `added` to the list. Throws an InputError.
   */
  save(subject: Subject, olds: readonly Subject[], added: readonly Subject[]): string[];
  /** Forgets all that a subject replaces and is replaced by; returns sentences. */
  end(subject: Subject): string[];
}

export function createReplacing({ db, sources, isBot }: ReplacingDeps): Replacing {
  const when = isBot ? 'from now on' : 'from the next poll on';
  const nameOf = (id: number) => subjectById(db, id)?.name ?? '';

  /** @param subject undefined while it is not known yet */
  function mustBeFree(subject: Subject | undefined, old: Subject): void {
    if (old.id === subject?.id) throw itself(old.name);
    const known = listReplacements(db);
    const undo = (id: number) =>
      `“track ${old.source}:${nameOf(id)} --replaces nothing” undoes that.`;
    const [, ...chain] = subject ? successorsOf(known, subject.id) : [];
    const [next] = chain;
    if (next !== undefined && chain.includes(old.id)) {
      const names = allOf(chain.map(nameOf));
      throw new InputError(`${subject?.name} is itself replaced by ${names}: ${undo(next)}`);
    }
    // One that has left the list stands in nobody's way.
    const held = heldReplacements(db);
    const other = held.find(({ subjectId }) => subjectId === old.id)?.successorId;
    if (other !== undefined && other !== subject?.id) {
      throw new InputError(`${old.name} is replaced by ${nameOf(other)} already: ${undo(other)}`);
    }
  }

  return {
    read(located, typed) {
      const { source, reference } = located;
      if (!REPLACEABLE.includes(source.id) || reference.isGroup) {
        throw new InputError(
          `Only a package or an image takes the place of another, as in “track pypi:new-name --replaces pypi:old-name”; ${reference.name} on ${source.title} is neither.`,
        );
      }
      const subject = findSubject(db, source.id, reference.key);
      return typed.map((one) => {
        const old = parseBeside(sources, source, one);
        if (old.source !== source || old.reference.isGroup) {
          throw new InputError(
            `${reference.name} on ${source.title} can't replace ${old.reference.name} on ${old.source.title}: name another ${source.form}, as in ${source.id}:${source.form}.`,
          );
        }
        if (old.reference.key === reference.key) throw itself(reference.name);
        const known = findSubject(db, source.id, old.reference.key);
        if (known) mustBeFree(subject, known);
        return old;
      });
    },

    save(subject, olds, added) {
      if (olds.length === 0) return forgetAll(subject);
      db.transaction(() => {
        for (const old of olds) {
          // Renamed since they were read, two may have turned out to be one.
          mustBeFree(subject, old);
          saveReplacement(db, { subjectId: old.id, successorId: subject.id });
        }
      })();
      const also = added.length > 1 ? 'are on the list now, too' : 'is on the list now, too';
      return [
        howJudged(subject, olds),
        ...(added.length > 0 ? [`${namesOf(added)} ${also}, to be added up.`] : []),
      ];
    },

    end(subject) {
      const relatives = listReplacements(db).flatMap(({ subjectId, successorId }) => {
        if (successorId === subject.id) return [subjectId];
        return subjectId === subject.id ? [successorId] : [];
      });
      if (relatives.length === 0) return [];
      db.transaction(() => {
        dropReplacement(db, subject.id);
        for (const id of relatives) {
          const own = listReplacements(db).find(({ subjectId }) => subjectId === id);
          if (own?.successorId === subject.id) dropReplacement(db, id);
        }
      })();
      const names = relatives.map(nameOf);
      return [`It is not added to ${allOf(names)} any more.`];
    },
  };

  function howJudged({ source }: Subject, olds: readonly Subject[]): string {
    const all = olds.length > 1 ? 'them all' : 'both';
    const metric = sources.find(({ id }) => id === source)?.metrics[0] ?? '';
    const ids = new Set(tooNewSeries(db, metric).map(({ subjectId }) => subjectId));
    const tooNew = olds.filter(({ id }) => ids.has(id));
    if (tooNew.length === 0) {
      return `It replaces ${namesOf(olds)}: ${when}, alerts judge the sum of ${all}.`;
    }
    const them = namesOf(tooNew);
    return `It replaces ${namesOf(olds)}. Alerts judge the sum of ${all} once ${JUDGED_AFTER_WEEKS} weeks of ${them} are known, and leave ${them} out until then.`;
  }

  function forgetAll(subject: Subject): string[] {
    const olds = listReplacements(db).filter(({ successorId }) => successorId === subject.id);
    for (const { subjectId } of olds) dropReplacement(db, subjectId);
    const names = olds.map(({ subjectId }) => nameOf(subjectId));
    return names.length === 0
      ? ['It replaces nothing, as before.']
      : [`It does not replace ${allOf(names)} any more: alerts judge each by itself ${when}.`];
  }
}

function namesOf(subjects: readonly Subject[]): string {
  return listed(
    subjects.map(({ name }) => name),
    subjects.length,
  );
}

function itself(name: string): InputError {
  return new InputError(`${name} can't replace itself: name what it takes the place of.`);
}

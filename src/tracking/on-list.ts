import { matchingNames, nearest } from '../../commands/names.ts';
import { shortened } from '../../commands/shortened.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import { findSubject, isGroupKey, type Subject, trackedSubjects } from '../../db/subjects.ts';
import { listed, orList } from '../../reports/words.ts';
import type { Source } from '../sources/source.ts';
import { findReference, splitSource } from './references.ts';

interface OnList {
  readonly source: Source;
  readonly subject: Subject;
}

const SUGGESTED = 3;

/**
 * The tracked subject that is meant: by its reference, or by its name alone where only one is called
 * so. A part of a name is not enough to stop something, but to ask back. Throws an InputError.
 */
export function findOnList(db: Db, sources: readonly Source[], typed: string): OnList {
  const located = findReference(sources, typed);
  const found = located && findSubject(db, located.source.id, located.reference.key);
  if (located && found?.trackedAt) return { source: located.source, subject: found };

  const { source: wanted, rest: name } = splitSource(sources, typed.trim());
  const tracked = trackedSubjects(db).flatMap((subject): OnList[] => {
    const source = sources.find(({ id }) => id === subject.source);
    return source ? [{ source, subject }] : [];
  });
  const there = tracked.filter(({ source }) => source === (wanted ?? source));
  // What is written as a whole reference means nothing else.
  const isWhole = located !== undefined && wanted !== undefined;
  const called = isWhole ? [] : there.filter((one) => isCalled(one, name));
  const [only, ...others] = called;
  if (only && others.length === 0) return only;
  if (only) {
    const isPart = ({ subject }: OnList) => subject.name.toLowerCase().includes(name.toLowerCase());
    const parts = there.filter(isPart);
    const all = [...new Set([...called, ...parts])].map(referenceOf);
    throw new InputError(
      `“${shortened(name)}” is in the name of several: ${listed(all, SUGGESTED)}. Say which one.`,
    );
  }
  const isNot = located
    ? `${located.reference.name} on ${located.source.title} is not tracked`
    : `Nothing tracked is called “${shortened(name)}”`;
  const like = alike(located?.reference.name ?? name, tracked);
  throw new InputError(
    like.length > 0 ? `${isNot}. Did you mean ${orList(like)}?` : `${isNot}: “list” shows what is.`,
  );
}

/** By the whole of its name, or by what stands behind the slash: the owner is another's name. */
function isCalled({ source, subject }: OnList, name: string): boolean {
  if (source.parse(name)?.key === subject.key) return true;
  const own = subject.name.toLowerCase().split('/').at(-1);
  return !isGroupKey(subject.key) && own === name.toLowerCase();
}

function alike(name: string, tracked: readonly OnList[]): string[] {
  const candidates = tracked.map((one) => ({ label: one.subject.name, value: one }));
  const parts = matchingNames(name, candidates);
  const near = nearest(name, candidates);
  const hits =
    parts.length > 0 ? parts : tracked.filter(({ subject }) => near.includes(subject.name));
  return hits.slice(0, SUGGESTED).map(referenceOf);
}

function referenceOf({ source, subject }: OnList): string {
  return `${source.id}:${subject.name}`;
}

import type { Db } from '../../db/open.ts';
import {
  absorbSubject,
  addAlias,
  createSubject,
  holderOf,
  renameSubject,
  retireSubject,
  subjectByExternalId,
  takePlace,
} from '../../db/renaming.ts';
import { ensureSubject, type Subject, setExternalId } from '../../db/subjects.ts';
import type { Identity, Reference, Source } from '../sources/source.ts';

interface Placed {
  readonly subject: Subject;
  /** What the source calls it, where that is another name than the one it was asked by. */
  readonly renamedTo?: string;
}

/**
 * Finds, or makes, the subject whose numbers the source gave when it was asked for `asked`. By the
 * source's own number, one that was renamed is the same subject under its new name, and one that
 * took over the name of another is a new subject: their days must not stand in one series.
 */
export function placeSubject(
  db: Db,
  source: Source,
  asked: Reference,
  identity: Identity | undefined,
): Placed {
  if (!identity) return { subject: ensureSubject(db, source.id, asked.key, asked.name) };
  const { externalId, name } = identity;
  const key = source.parse(name)?.key ?? asked.key;
  const isSame = (known: Subject) => (known.externalId ?? externalId) === externalId;
  const holders = [...new Set([asked.key, key])]
    .map((held) => holderOf(db, source.id, held))
    .filter((holder) => holder !== undefined);
  for (const stranger of holders) {
    if (!isSame(stranger)) retireSubject(db, stranger);
  }
  let subject =
    subjectByExternalId(db, source.id, externalId) ??
    holders.find(isSame) ??
    createSubject(db, source.id, key, key === asked.key ? asked.name : name);
  for (const other of holders) {
    if (other.id === subject.id) continue;
    if (isSame(other)) subject = absorbSubject(db, subject, other);
    else subject = takePlace(db, subject, other);
  }
  if (subject.key !== key) subject = renameSubject(db, subject, key, name);
  addAlias(db, subject, asked.key);
  setExternalId(db, subject.id, externalId);
  return {
    subject: { ...subject, externalId },
    ...(key !== asked.key && { renamedTo: name }),
  };
}

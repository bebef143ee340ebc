import type { Db } from '../../db/open.ts';
import {
  ensureSubject,
  type Role,
  type Subject,
  setRole,
  setTracked,
  setTrackedVia,
  subjectsVia,
} from '../../db/subjects.ts';
import type { Meter, Reference, Source } from '../sources/source.ts';
import type { HeadlineDeps } from './headline.ts';

/** A group and the subjects it stands for. */
interface Expanded {
  readonly subject: Subject;
  readonly members: readonly Subject[];
  /** How many came or went. */
  readonly changed: number;
}

/**
 * Asks who belongs to a group now and brings the list in line: new members are put on it, those
 * that are gone are taken off, and their data stays. Throws what the source throws.
 */
export async function readGroup(
  { db, now, signal }: HeadlineDeps,
  source: Source,
  reference: Reference,
  meter: Meter,
  role?: Role,
): Promise<Expanded> {
  const at = now();
  if (!source.members) throw new Error(`${source.id} has groups, but can't tell their members`);
  const references = await source.members(reference, { now: at, first: false, signal, meter });
  return db.transaction(() => {
    const group = ensureSubject(db, source.id, reference.key, reference.name);
    const trackedAt = group.trackedAt ?? new Date(at).toISOString();
    if (group.trackedAt === null) setTracked(db, group.id, trackedAt);
    if (role) setRole(db, group.id, role);
    const subject = { ...group, trackedAt, role: role ?? group.role };
    return { subject, ...bringIn(db, subject, references, new Date(at).toISOString()) };
  })();
}

function bringIn(
  db: Db,
  group: Subject,
  references: readonly Reference[],
  at: string,
): Omit<Expanded, 'subject'> {
  let changed = 0;
  const members = references.map(({ key, name }) => {
    const member = ensureSubject(db, group.source, key, name);
    const isNew = member.trackedAt === null;
    if (isNew) setTrackedVia(db, member.id, group.id, at);
    if (isNew) changed += 1;
    else if (member.viaId !== group.id) return member;
    setRole(db, member.id, group.role);
    return { ...member, trackedAt: at, viaId: group.id, role: group.role };
  });
  const present = new Set(members.map(({ id }) => id));
  for (const { id } of subjectsVia(db, group.id)) {
    if (present.has(id)) continue;
    changed += 1;
    setTracked(db, id, null);
  }
  return { members, changed };
}

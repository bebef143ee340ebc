import type { Db } from './open.ts';
import { statement } from './statement.ts';
import type { Subject } from './subjects.ts';

/** A subject that is being replaced by another one of its source, its successor. */
export interface Replacement {
  readonly subjectId: number;
  readonly successorId: number;
}

/** A subject is replaced by one other at most: a later successor takes the place of the former. */
export function saveReplacement(db: Db, { subjectId, successorId }: Replacement): void {
  statement(
    db,
    `INSERT INTO replacement (subject_id, successor_id) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET successor_id = excluded.successor_id`,
  ).run(subjectId, successorId);
}

export function dropReplacement(db: Db, subjectId: number): void {
  statement(db, 'DELETE FROM replacement WHERE subject_id = ?').run(subjectId);
}

/** All that are noted; they hold while both subjects are on the list. */
export function listReplacements(db: Db): Replacement[] {
  return statement<Replacement>(
    db,
    `SELECT subject_id AS subjectId, successor_id AS successorId FROM replacement
     ORDER BY subject_id`,
  ).all();
}

/** The replacements of what is on the list, both of it. */
export function heldReplacements(db: Db): Replacement[] {
  return statement<Replacement>(
    db,
    `SELECT subject_id AS subjectId, successor_id AS successorId FROM replacement
     JOIN subject AS old ON old.id = subject_id AND old.tracked_at IS NOT NULL
     JOIN subject AS new ON new.id = successor_id AND new.tracked_at IS NOT NULL
     ORDER BY old.key`,
  ).all();
}

/** The subject itself and those that replace it, the next one first, as far as the chain goes. */
export function successorsOf(replacements: readonly Replacement[], subjectId: number): number[] {
  const next = new Map(replacements.map((one) => [one.subjectId, one.successorId]));
  const chain = [subjectId];
  for (let at = next.get(subjectId); at !== undefined; at = next.get(at)) {
    // No circle is ever saved; a chain that is one all the same ends here.
    if (chain.includes(at)) break;
    chain.push(at);
  }
  return chain;
}

/** Every subject whose days are reported together with those of one of `ids`, these included. */
export function withRelatives(db: Db, ids: readonly number[]): number[] {
  const held = heldReplacements(db);
  const heirOf = (id: number) => successorsOf(held, id).at(-1);
  const heirs = new Set(ids.map(heirOf));
  const related = held.flatMap(({ subjectId, successorId }) =>
    heirs.has(heirOf(subjectId)) ? [subjectId, successorId] : [],
  );
  return [...new Set([...ids, ...related])];
}

/**
 * `subject`, which takes in the rows of `from`, replaces and is replaced as that one was. What would
 * be a circle then is left out.
 */
export function moveReplacements(db: Db, { id: to }: Pick<Subject, 'id'>, from: number): void {
  const moved = listReplacements(db).map((one) => ({
    subjectId: one.subjectId === from ? to : one.subjectId,
    successorId: one.successorId === from ? to : one.successorId,
    isMoved: one.subjectId === from || one.successorId === from,
  }));
  statement(db, 'DELETE FROM replacement WHERE subject_id = @from OR successor_id = @from').run({
    from,
  });
  for (const { isMoved, ...one } of moved) {
    const known = listReplacements(db);
    const isTaken = known.some(({ subjectId }) => subjectId === one.subjectId);
    const isCircle = successorsOf(known, one.successorId).includes(one.subjectId);
    if (isMoved && !isTaken && !isCircle) saveReplacement(db, one);
  }
}

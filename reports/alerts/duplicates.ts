import { type Incident, isMovement, type Movement } from '../../db/incident.ts';

/** What is watched as one series: a subject, and what is added to it. */
interface Summed {
  readonly subjectId: number;
  readonly metric: string;
  readonly others: readonly { readonly subjectId: number }[];
}

/** True when two series have days of one subject in common, as a sum has with what is added up in it. */
export function isOverlapping(one: Summed, other: Summed): boolean {
  const ids = new Set(idsOf(one));
  return one.metric === other.metric && idsOf(other).some((id) => ids.has(id));
}

function idsOf({ subjectId, others }: Summed): number[] {
  return [subjectId, ...others.map((other) => other.subjectId)];
}

/**
 * Each incident once. When a replacement of its subject is declared or undone, its days are judged
 * anew as another series, and the same drop may get a second incident there.
 */
export function withoutDuplicates<I extends Incident>(incidents: readonly I[]): I[] {
  return incidents.filter(
    (one, at) =>
      !isMovement(one) ||
      !incidents.slice(0, at).some((other) => isMovement(other) && isSameDrop(one, other)),
  );
}

/** Of one series, only one is open at a time. */
function isSameDrop(one: Movement, other: Movement): boolean {
  return one.kind === other.kind && isOverlapping(one, other) && wereOpenTogether(one, other);
}

function wereOpenTogether(one: Movement, other: Movement): boolean {
  return (
    (one.closedDay === null || other.openedDay <= one.closedDay) &&
    (other.closedDay === null || one.openedDay <= other.closedDay)
  );
}

/**
 * True of an incident of a sum whose parts are judged in another way now: the replacement was
 * undone, and without it there was nothing to report.
 */
export function isUndone(incident: Incident, watched: readonly Summed[]): boolean {
  if (!isMovement(incident) || incident.outcome !== 'not watched') return false;
  if (incident.others.length === 0) return false;
  const now = watched.filter((series) => isOverlapping(incident, series));
  const sum = new Set(idsOf(incident));
  return (
    now.length > 0 &&
    now.every((series) => new Set(idsOf(series)).symmetricDifference(sum).size > 0)
  );
}

import { isMovement, type Movement } from '../db/incident.ts';
import { listIncidents } from '../db/incidents.ts';
import type { Db } from '../db/open.ts';
import type { Viewer } from '../db/viewer.ts';
import { type Course, readCourse } from './course.ts';
import { movementSentence } from './movement-words.ts';
import type { Period } from './params.ts';

/** A drop or a rise that is open as an alert. */
export interface OpenMovement {
  /** All that it is of. */
  readonly subjectIds: readonly number[];
  readonly sentence: string;
}

/** What is open of a metric of these subjects, what matters most first; nothing of a range that is over. */
export function readOpenMovements(
  db: Db,
  metric: string,
  subjectIds: readonly number[],
  { to, today }: Pick<Period, 'to' | 'today'>,
  { workspaceId }: Viewer,
): OpenMovement[] {
  if (to < today) return [];
  const open = listIncidents(db, today, workspaceId).flatMap((incident) => {
    if (!isMovement(incident) || incident.metric !== metric || incident.closedDay) return [];
    const ids = [incident.subjectId, ...incident.others.map((other) => other.subjectId)];
    if (!ids.some((id) => subjectIds.includes(id))) return [];
    const course = readCourse(db, incident, today);
    return [{ subjectIds: ids, sentence: movementSentence(incident, course), incident, course }];
  });
  return open.toSorted(byWeight);
}

interface Weighed {
  readonly incident: Pick<Movement, 'outcome'>;
  /** Absent where it is neither a drop nor a rise. */
  readonly course?: Course;
}

/** What goes on before what is back, and of these first what misses most a day. */
export function byWeight(a: Weighed, b: Weighed): number {
  return Number(isBack(a)) - Number(isBack(b)) || awayOf(b) - awayOf(a);
}

function isBack({ incident, course }: Weighed): boolean {
  return incident.outcome === 'recovered' || Boolean(course?.back ?? course?.burst);
}

/** How much less, or of a rise more, a day has than usual; 0 when that is not known. */
function awayOf({ course }: Weighed): number {
  return Math.abs((course?.usual ?? 0) - (course?.now ?? 0));
}

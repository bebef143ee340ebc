import { isMovement } from '../db/incident.ts';
import { listIncidents } from '../db/incidents.ts';
import type { Db } from '../db/open.ts';
import type { Viewer } from '../db/viewer.ts';
import { readCourse } from './course.ts';
import { movementSentence } from './movement-words.ts';
import type { Period } from './params.ts';

/** A drop or a rise that is open as an alert. */
export interface OpenMovement {
  /** All that it is of. */
  readonly subjectIds: readonly number[];
  readonly sentence: string;
}

/** What is open of a metric of these subjects, the newest first; nothing of a range that is over. */
export function readOpenMovements(
  db: Db,
  metric: string,
  subjectIds: readonly number[],
  { to, today }: Pick<Period, 'to' | 'today'>,
  { workspaceId }: Viewer,
): OpenMovement[] {
  if (to < today) return [];
  return listIncidents(db, today, workspaceId).flatMap((incident): OpenMovement[] => {
    if (!isMovement(incident) || incident.metric !== metric || incident.closedDay) return [];
    const ids = [incident.subjectId, ...incident.others.map((other) => other.subjectId)];
    if (!ids.some((id) => subjectIds.includes(id))) return [];
    const course = readCourse(db, incident, today);
    return [{ subjectIds: ids, sentence: movementSentence(incident, course) }];
  });
}

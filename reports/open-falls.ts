import { isMovement } from '../db/incident.ts';
import { listIncidents } from '../db/incidents.ts';
import type { Db } from '../db/open.ts';
import type { Viewer } from '../db/viewer.ts';
import { readCourse } from './fall-course.ts';
import { fallSentence } from './falls.ts';
import type { Period } from './params.ts';

/** A drop or a rise that is open as an alert. */
export interface OpenFall {
  /** All that it is of. */
  readonly subjectIds: readonly number[];
  readonly sentence: string;
}

/** What is open of a metric of these subjects, the newest first; nothing of a range that is over. */
export function readOpenFalls(
  db: Db,
  metric: string,
  subjectIds: readonly number[],
  { to, today }: Pick<Period, 'to' | 'today'>,
  { workspaceId }: Viewer,
): OpenFall[] {
  if (to < today) return [];
  return listIncidents(db, today, workspaceId).flatMap((incident): OpenFall[] => {
    if (!isMovement(incident) || incident.metric !== metric || incident.closedDay) return [];
    const ids = [incident.subjectId, ...incident.others.map((other) => other.subjectId)];
    if (!ids.some((id) => subjectIds.includes(id))) return [];
    const course = readCourse(db, incident, today);
    return [{ subjectIds: ids, sentence: fallSentence(incident, course) }];
  });
}

import { addDays, type Day } from '../../db/days.ts';
import { type Incident, listIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { heldReplacements } from '../../db/replacements.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import { type Course, readCourse } from '../fall-course.ts';
import type { Span } from './calendar.ts';
import type { Change } from './changes.ts';
import type { MeasureName } from './history.ts';

/** A drop that was noticed, and how the numbers went on. */
export interface Alert {
  readonly incident: Incident;
  readonly course: Course;
}

const METRICS: Readonly<Record<string, MeasureName>> = {
  'pypi.downloads': 'downloads',
  'docker.pulls': 'pulls',
  'github.stars': 'stars',
};

/** Days; an incident that opened earlier is told only while it is open. */
const LONGEST = 90;

/**
 * The drops of our own that were open when the period ended, or are now; the newest first. What is
 * replaced is told with its successor: a drop of it alone is a move.
 */
export function readAlerts(
  db: Db,
  { end }: Span,
  today: Day,
  subjectIds: readonly number[] | undefined,
): Alert[] {
  const replaced = new Set(heldReplacements(db).map(({ subjectId }) => subjectId));
  const own = trackedSubjects(db).filter(({ role, id }) => role === 'own' && !replaced.has(id));
  const ids = new Set(own.map(({ id }) => id).filter((id) => subjectIds?.includes(id) ?? true));
  return listIncidents(db, addDays(end, -LONGEST))
    .filter(({ subjectId, openedDay, closedDay }) => {
      const isOpen = closedDay === null || (openedDay <= end && closedDay > end);
      return isOpen && ids.has(subjectId);
    })
    .map((incident) => ({ incident, course: readCourse(db, incident, today) }));
}

/** True when a change that is told is the same drop. */
export function isToldBy({ incident, course }: Alert, told: readonly Change[]): boolean {
  return told.some(
    ({ measure, subjectId, isAbove, calendar }) =>
      measure === METRICS[incident.metric] &&
      subjectId === incident.subjectId &&
      !isAbove &&
      course.onset <= calendar.span.end,
  );
}

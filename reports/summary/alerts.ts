import { addDays, type Day } from '../../db/days.ts';
import { isMovement, type Movement, type Vulnerable } from '../../db/incident.ts';
import { listIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { heldReplacements } from '../../db/replacements.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import { mayHearOfAllChannels, type Viewer } from '../../db/viewer.ts';
import { type Course, readCourse } from '../course.ts';
import { movementSentence } from '../movement-words.ts';
import { byWeight } from '../open-movements.ts';
import { latestVulnerable, vulnerableSentence } from '../vulnerable.ts';
import type { Span } from './calendar.ts';
import { namedIn } from './change-words.ts';
import type { Change } from './changes.ts';
import { measures } from './measures.ts';

/** An incident that is reported with the period, in a sentence. */
export interface Alert {
  readonly incident: Movement | Vulnerable;
  readonly sentence: string;
  /** How the numbers of a drop or a rise went on. */
  readonly course?: Course;
}

/** Days; an incident that opened earlier is reported only while it is open. */
const LONGEST = 90;

/**
 * The incidents of our own that were open when the period ended, or are now, what matters most first.
 * What is replaced is reported with its successor: a drop of it alone is a move.
 */
export function readPeriodAlerts(
  db: Db,
  { end }: Span,
  today: Day,
  subjectIds: readonly number[] | undefined,
  viewer: Viewer,
): Alert[] {
  const replaced = new Set(heldReplacements(db).map(({ subjectId }) => subjectId));
  const own = trackedSubjects(db).filter(({ role, id }) => role === 'own' && !replaced.has(id));
  const ids = new Set(own.map(({ id }) => id).filter((id) => subjectIds?.includes(id) ?? true));
  const isForAll = subjectIds === undefined && mayHearOfAllChannels(viewer);
  const all = listIncidents(db, addDays(end, -LONGEST), viewer.workspaceId).flatMap(
    (incident): Alert[] => {
      if (incident.kind === 'failing') return [];
      const { subjectId, source, openedDay, closedDay, outcome } = incident;
      // That nobody watches it any more is no news of the period.
      if (outcome === 'not watched') return [];
      const isOpen = closedDay === null || (openedDay <= end && closedDay > end);
      if (!isOpen || !(ids.has(subjectId) || (source === 'slack' && isForAll))) return [];
      if (!isMovement(incident)) {
        const share = latestVulnerable(db, subjectId);
        return [{ incident, sentence: vulnerableSentence(incident.subjectName, share) }];
      }
      const course = readCourse(db, incident, today);
      return [{ incident, course, sentence: movementSentence(incident, course) }];
    },
  );
  return all.toSorted(byWeight);
}

/** True when a change that is reported is the same drop. */
export function isToldBy({ incident, course }: Alert, told: readonly Change[]): boolean {
  return told
    .flatMap(namedIn)
    .some(
      ({ measure, subjectId, isAbove, calendar }) =>
        course !== undefined &&
        isMovement(incident) &&
        measures[measure].metric === incident.metric &&
        subjectId === incident.subjectId &&
        isAbove === (incident.kind === 'rise') &&
        course.onset <= calendar.span.end,
    );
}

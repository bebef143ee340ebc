import { addDays } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import { saveDays } from '../../db/series.ts';
import { saveSuspectDay } from '../../db/suspect-days.ts';
import { readCourse } from '../../reports/course.ts';
import { movementSentence } from '../../reports/movement-words.ts';
import { community, TODAY } from './community.ts';
import { movements, type Watching, watching } from './watching.ts';

/** The newest day that is known: 21 Nov 2026. */
export const LAST = addDays(TODAY, -1);

interface Told extends Pick<Watching, 'days' | 'outcome'> {
  readonly source?: 'pypi' | 'docker';
  readonly kind?: Movement['kind'];
  /** So many days before the newest one it was opened, and closed where it is over. */
  readonly opened: number;
  readonly closed?: number;
  /** So many days before the newest one the source looked wrong. */
  readonly suspect?: readonly number[];
}

/** `count` days that are alike. */
export const flat = (count: number, value: number): number[] => Array(count).fill(value);

/** What is read, and said, of an incident of a series that ends with the newest day. */
export function told(values: readonly number[], about: Told) {
  const { source = 'pypi', kind = 'drop', opened, closed, suspect = [], days, outcome } = about;
  const { db } = community();
  const openedDay = addDays(LAST, -opened);
  const subjectId = watching(db, source, 'one', { openedDay, ...(days && { days }) });
  const metric = source === 'pypi' ? 'pypi.downloads' : 'docker.pulls';
  let total = 100_000;
  const rows = values.map((value, at) => {
    total += value;
    const day = addDays(LAST, at - values.length + 1);
    return { day, value: source === 'pypi' ? value : total };
  });
  const key = { subjectId, metric, kind: source === 'pypi' ? 'count' : 'total' } as const;
  saveDays(db, key, rows, { origin: 'poll', seenAt: '', completeThrough: LAST });
  for (const back of suspect) saveSuspectDay(db, metric, addDays(LAST, -back));
  const [found] = movements(db);
  if (!found) throw new Error('no incident');
  const end =
    closed === undefined
      ? {}
      : { closedDay: addDays(LAST, -closed), outcome: outcome ?? 'recovered' };
  const incident: Movement = { ...found, kind, ...end };
  const course = readCourse(db, incident, TODAY);
  return { course, sentence: movementSentence(incident, course) };
}

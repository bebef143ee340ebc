import { type Standing, saveJudged } from '../../db/alert-series.ts';
import { addDays, type Day } from '../../db/days.ts';
import { type IncidentOutcome, isMovement, type Movement, movementKey } from '../../db/incident.ts';
import { closeIncident, listIncidents, openIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { TODAY } from './community.ts';

const METRICS = { pypi: 'pypi.downloads', docker: 'docker.pulls', github: 'github.stars' } as const;

export interface Watching {
  readonly standing?: Standing;
  readonly judgedThrough?: Day;
  /** When an incident was opened; absent for none. */
  readonly openedDay?: Day;
  readonly days?: number;
  readonly closedDay?: Day;
  readonly outcome?: IncidentOutcome;
  readonly isNews?: boolean;
}

/** Every drop and rise that a workspace may hear of, the newest first. */
export function movements(db: Db, since: Day = '2000-01-01', workspaceId = 'T1'): Movement[] {
  return listIncidents(db, since, workspaceId).filter(isMovement);
}

/** Has a series with data judged, and answers the subject. */
export function watching(
  db: Db,
  source: keyof typeof METRICS,
  name: string,
  { openedDay, days = 2, closedDay, outcome = 'recovered', isNews = true, ...told }: Watching = {},
): number {
  const { standing = openedDay && !closedDay ? 'firing' : 'normal' } = told;
  const { judgedThrough = addDays(TODAY, -1) } = told;
  const { id: subjectId } = ensureSubject(db, source, name.toLowerCase(), name);
  const metric = METRICS[source];
  const kind = source === 'pypi' ? 'count' : 'total';
  saveDays(db, { subjectId, metric, kind }, [], {
    origin: 'poll',
    seenAt: '',
    completeThrough: judgedThrough,
  });
  const key = { subjectId, metric };
  saveJudged(db, key, { judgedThrough, state: '{}', standing });
  const drop = movementKey('drop', key);
  if (openedDay) openIncident(db, { ...drop, openedDay, days, sensitivity: 'normal', isNews });
  if (closedDay) closeIncident(db, drop, closedDay, outcome);
  return subjectId;
}

import { type Day, daysBetween } from '../../db/days.ts';
import { closeIncident, openIncident, openIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { DOWNLOADS } from '../../db/pypi.ts';
import { type Series, seriesOf } from '../../db/series.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import { readVulnerable } from '../../reports/vulnerable.ts';

/** An incident opens above the first share of a week's downloads, and ends below the second. */
const MOST = 0.5;
const OVER = 0.45;

/**
 * Opens an incident for each package of our own whose downloads are mostly of versions with a
 * vulnerability that was fixed 30 days ago or earlier, and closes it when they are not any more.
 * Where the versions are not known, nothing changes.
 */
export function judgeExposure(db: Db, today: Day): void {
  const own = new Set(
    trackedSubjects(db, 'pypi')
      .filter(({ role }) => role === 'own')
      .map(({ id }) => id),
  );
  const open = new Set(openIncidents(db, 'vulnerable').map(({ subjectId }) => subjectId));
  const watched = seriesOf(db, DOWNLOADS).filter(({ subjectId }) => own.has(subjectId));
  db.transaction(() => {
    for (const subjectId of open) {
      if (!own.has(subjectId)) closeIncident(db, keyOf(subjectId), today, 'not watched');
    }
    for (const series of watched) judge(db, series, open.has(series.subjectId), today);
  })();
}

/** A week that ended longer ago than this says nothing of now. */
const STALE_DAYS = 7;

function judge(db: Db, { subjectId, completeThrough }: Series, isOpen: boolean, today: Day): void {
  if (completeThrough === null || daysBetween(completeThrough, today) > STALE_DAYS) return;
  const found = readVulnerable(db, subjectId, completeThrough);
  if (!found) return;
  if (!isOpen && found.share > MOST) {
    openIncident(db, { ...keyOf(subjectId), openedDay: completeThrough });
  }
  if (isOpen && found.share < OVER) {
    closeIncident(db, keyOf(subjectId), completeThrough, 'recovered');
  }
}

function keyOf(subjectId: number) {
  return { kind: 'vulnerable', source: 'pypi', subjectId } as const;
}

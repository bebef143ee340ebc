import { addDays, type Day } from '../../db/days.ts';
import { closeIncident, openIncident, openIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { failingReadings, hasGivenUp } from '../../reports/alerts/failing.ts';

/** Opens an incident for a source of which something keeps failing, or closes it. */
export function judgeFailing(db: Db, source: string, today: Day): void {
  const key = { kind: 'failing', source } as const;
  const fails = failingReadings(db, source, today).length > 0;
  const open = openIncidents(db, 'failing').find((one) => one.source === source);
  if (fails && !open) openIncident(db, { ...key, openedDay: today });
  if (fails || !open) return;
  // What failed on the day before may only have been noticed at the next start.
  const isGivenUp = hasGivenUp(db, source, addDays(open.openedDay, -1));
  closeIncident(db, key, today, isGivenUp ? 'not watched' : 'recovered');
}

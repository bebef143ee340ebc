import type { Day } from '../../db/days.ts';
import { closeIncident, isOpen, openIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { failingReadings } from '../../reports/alerts/failing.ts';

/** Opens an incident for a source of which something has failed three times in a row, or closes it. */
export function judgeSource(db: Db, source: string, today: Day): void {
  const key = { kind: 'failing', source } as const;
  const isFailing = failingReadings(db, source).length > 0;
  if (isFailing && !isOpen(db, key)) openIncident(db, { ...key, openedDay: today });
  if (!isFailing) closeIncident(db, key, today, 'recovered');
}

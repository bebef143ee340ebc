import type { Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { judgeExposure } from './exposure.ts';
import { judgeFailing } from './failing.ts';

/** Judges how a source is today, rather than its days: what fails there, and of PyPI what is vulnerable. */
export function judgeSourceState(db: Db, sourceId: string, today: Day): void {
  judgeFailing(db, sourceId, today);
  if (sourceId === 'pypi') judgeExposure(db, today);
}

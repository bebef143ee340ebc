import { createAbout } from '../../commands/list.ts';
import { latestValues } from '../../db/latest.ts';
import { lastPolledAt } from '../../db/snapshots.ts';
import { ago } from '../../reports/status/phrases.ts';
import type { Context } from './context.ts';
import { printLines } from './io.ts';

/** A line for each subject: what the command in Slack says of it, and when it was polled last. */
export function list({ io, db, tracking }: Context): void {
  const bySubject = Map.groupBy(latestValues(db), ({ subjectId }) => subjectId);
  if (bySubject.size === 0) {
    printLines(io.stdout, [`Nothing is tracked yet: begin with “track ${tracking.forms[0]}”.`]);
  }
  const about = createAbout(db);
  for (const [id, rows] of bySubject) {
    const [row] = rows;
    const at = lastPolledAt(db, id);
    const polled = at === undefined ? '' : ` (polled ${ago(at, io.now())})`;
    printLines(io.stdout, [`${row?.source}:${row?.subjectName}: ${about(rows)}${polled}`]);
  }
}

import { newestValues } from '../../commands/list.ts';
import { latestValues } from '../../db/latest.ts';
import { lastPolledAt } from '../../db/snapshots.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import { ago } from '../../reports/status/phrases.ts';
import type { Context } from './context.ts';
import { printLines } from './io.ts';

/** A line for each subject: its newest numbers with their days, and when it was polled last. */
export function list({ io, db, tracking }: Context): void {
  const bySubject = Map.groupBy(latestValues(db), (row) => `${row.source}:${row.subjectName}`);
  if (bySubject.size === 0) {
    printLines(io.stdout, [`Nothing is tracked yet: begin with “track ${tracking.forms[0]}”.`]);
  }
  const polls = new Map(
    trackedSubjects(db).map(({ id, source, name }) => [
      `${source}:${name}`,
      polled(lastPolledAt(db, id), io.now()),
    ]),
  );
  for (const [name, rows] of bySubject) {
    printLines(io.stdout, [`${name}: ${newestValues(rows)} (${polls.get(name) ?? 'not tracked'})`]);
  }
}

function polled(at: string | undefined, now: number): string {
  return at === undefined ? 'waiting for its first poll' : `polled ${ago(at, now)}`;
}

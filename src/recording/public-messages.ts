import { extrasOf } from '../../db/alert-settings.ts';
import { addDays, type Day, dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { PUBLIC_MESSAGES, publicMessages } from '../../db/public-messages.ts';
import { renameSubject } from '../../db/renaming.ts';
import { saveDays, seriesOfSubject } from '../../db/series.ts';
import { ensureSubject, type Subject, subjectById } from '../../db/subjects.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import { listWorkspaces, type Workspace } from '../../db/workspaces.ts';

/** Days that are counted once more: messages can be deleted, and come late. */
const AGAIN_DAYS = 3;

/** Days that are counted the first time. */
const FIRST_DAYS = 400;

/**
 * Keeps what was written in the public channels of each workspace as a daily series, where it is
 * watched. A day on which nothing at all was recorded is missing, and so is one on which the bot was
 * stopped for hours: what was said meanwhile is not known.
 */
export function countPublicMessages(db: Db, now: number): void {
  if (!extrasOf(db).has('messages')) return;
  const today = dayOf(now);
  const yesterday = addDays(today, -1);
  for (const workspace of listWorkspaces(db)) {
    const subject = subjectOf(db, workspace);
    const key = { subjectId: subject.id, metric: PUBLIC_MESSAGES, kind: 'count' } as const;
    const from = firstToCount(db, subject.id, today);
    const unrecorded = new Set(unrecordedDays(db, from, yesterday));
    const days = publicMessages(db, workspace.id, from, yesterday).filter(
      ({ day }) => !unrecorded.has(day),
    );
    saveDays(db, key, days, {
      origin: 'poll',
      seenAt: new Date(now).toISOString(),
      completeThrough: yesterday,
    });
  }
}

function firstToCount(db: Db, subjectId: number, today: Day): Day {
  const counted = seriesOfSubject(db, subjectId, PUBLIC_MESSAGES);
  if (!counted?.completeThrough) return addDays(today, -FIRST_DAYS);
  const [next, again] = [addDays(counted.completeThrough, 1), addDays(today, -AGAIN_DAYS)];
  return next < again ? next : again;
}

/** Known by the workspace's id, because its domain can change. */
function subjectOf(db: Db, { id, domain }: Workspace): Subject {
  const subject = ensureSubject(db, 'slack', id, domain);
  return subject.name === domain ? subject : renameSubject(db, subject, id, domain);
}

/** The workspace whose messages a subject stands for. */
export function workspaceOfSubject(db: Db, subjectId: number): string | undefined {
  return subjectById(db, subjectId)?.key;
}

import { extrasOf } from '../../db/alert-settings.ts';
import { addDays, dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { publicMessages } from '../../db/public-talk.ts';
import { renameSubject } from '../../db/renaming.ts';
import { saveDays, seriesOf } from '../../db/series.ts';
import { ensureSubject, type Subject, subjectById } from '../../db/subjects.ts';
import { listWorkspaces, type Workspace } from '../../db/workspaces.ts';
import { MESSAGES } from './metrics.ts';

/** Days that are counted again: messages can be deleted, and come late. */
const AGAIN_DAYS = 7;

/** Days that are counted the first time. */
const FIRST_DAYS = 400;

/**
 * Keeps what was written in the public channels of each workspace as a daily series, where it is
 * watched. A day on which nothing at all was recorded is missing: nobody may have listened.
 */
export function countTalk(db: Db, now: number): void {
  if (!extrasOf(db).has('messages')) return;
  const yesterday = addDays(dayOf(now), -1);
  for (const workspace of listWorkspaces(db)) {
    const subject = subjectOf(db, workspace);
    const key = { subjectId: subject.id, metric: MESSAGES, kind: 'count' } as const;
    const from = addDays(yesterday, -(isCounted(db, subject.id) ? AGAIN_DAYS : FIRST_DAYS));
    saveDays(db, key, publicMessages(db, workspace.id, from, yesterday), {
      origin: 'poll',
      seenAt: new Date(now).toISOString(),
      completeThrough: yesterday,
    });
  }
}

function isCounted(db: Db, subjectId: number): boolean {
  return seriesOf(db, MESSAGES).some((one) => one.subjectId === subjectId && one.completeThrough);
}

/** Known by the workspace's id, because its domain can change. */
function subjectOf(db: Db, { id, domain }: Workspace): Subject {
  const subject = ensureSubject(db, 'slack', id, domain);
  return subject.name === domain ? subject : renameSubject(db, subject, id, domain);
}

/** The workspace whose talk a subject stands for. */
export function workspaceOfTalk(db: Db, subjectId: number): string | undefined {
  return subjectById(db, subjectId)?.key;
}

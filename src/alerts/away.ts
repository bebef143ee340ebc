import { extrasOf } from '../../db/alert-settings.ts';
import { dayOf } from '../../db/days.ts';
import { closeIncident, openIncident, openIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import type { Writer } from '../../db/public-messages.ts';
import { isAway } from '../../db/users.ts';
import { listWorkspaces } from '../../db/workspaces.ts';
import { mostActiveLately } from '../../reports/alerts/away.ts';

/** Someone who writes a smaller share of the messages than this is missed by few. */
const LEAST_SHARE = 0.1;

/**
 * Opens an incident when the person who writes most in a workspace is away by their status, where
 * that is watched, and closes it when they are back, or another one writes most.
 */
export function judgeAway(db: Db, now: number): void {
  const isWatched = extrasOf(db).has('away');
  const open = openIncidents(db, 'away');
  if (!isWatched && open.length === 0) return;
  const today = dayOf(now);
  db.transaction(() => {
    for (const { id: workspaceId } of listWorkspaces(db)) {
      const one = isWatched ? missedOf(db, workspaceId, now) : undefined;
      for (const { personId } of open.filter((each) => each.workspaceId === workspaceId)) {
        if (personId === one?.id) continue;
        const outcome = isWatched ? 'recovered' : 'not watched';
        closeIncident(db, keyOf(workspaceId, personId), today, outcome);
      }
      const isKnown = open.some(
        (each) => each.workspaceId === workspaceId && each.personId === one?.id,
      );
      if (one && !isKnown) openIncident(db, { ...keyOf(workspaceId, one.id), openedDay: today });
    }
  })();
}

function keyOf(workspaceId: string, personId: string) {
  return { kind: 'away', source: 'slack', workspaceId, personId } as const;
}

/** The most active person, when they are away at the instant `now`. */
function missedOf(db: Db, workspaceId: string, now: number): Writer | undefined {
  const one = mostActiveLately(db, workspaceId, dayOf(now));
  const isMissed = one && one.messages >= LEAST_SHARE * one.of;
  return isMissed && isAway(db, workspaceId, one.id, now) ? one : undefined;
}

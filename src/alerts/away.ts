import { extrasOf } from '../../db/alert-settings.ts';
import { addDays, type Day, dayOf } from '../../db/days.ts';
import type { Away } from '../../db/incident.ts';
import { closeIncident, openIncident, openIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { mostActive, type Writer } from '../../db/public-messages.ts';
import { userNameOf } from '../../db/users.ts';
import { listWorkspaces } from '../../db/workspaces.ts';
import type { Words } from '../../reports/report.ts';
import { dayName, isolated, percent } from '../../reports/words.ts';

/** Days, today excluded, that tell who is the most active person. */
const DAYS = 28;

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
  const today = dayOf(now);
  const one = mostActive(db, workspaceId, addDays(today, -DAYS), addDays(today, -1));
  if (!one?.isAway || one.messages < LEAST_SHARE * one.of) return undefined;
  const isBack = one.awayUntil !== null && Date.parse(one.awayUntil) <= now;
  return isBack ? undefined : one;
}

/** What is posted for the admins. */
export function awayWords(
  db: Db,
  { workspaceId, personId, openedDay, closedDay, outcome }: Away,
  today: Day,
): Words {
  const name = isolated(userNameOf(db, workspaceId, personId) ?? personId);
  if (closedDay !== null) {
    const end =
      outcome === 'not watched'
        ? `this has not been watched since ${dayName(closedDay)}`
        : 'is back, or writes less than others now';
    const headline = `${name} was away from ${dayName(openedDay)}, and ${end}.`;
    return { headline, lines: [], notes: [], alt: headline };
  }
  const one = mostActive(db, workspaceId, addDays(today, -DAYS), addDays(today, -1));
  const headline = `${name}, who writes most in the public channels, is away by the status in Slack.`;
  const lines =
    one?.id === personId
      ? [
          `${percent(one.messages / one.of)} of the messages of the last ${DAYS} days are theirs: questions may have to wait longer.`,
          ...(one.awayUntil ? [`The status ends on ${dayName(one.awayUntil.slice(0, 10))}.`] : []),
        ]
      : [];
  return { headline, lines, notes: [], alt: headline };
}

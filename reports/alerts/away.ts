import { addDays, type Day, dayOf } from '../../db/days.ts';
import type { Away } from '../../db/incident.ts';
import type { Db } from '../../db/open.ts';
import { mostActive, type Writer } from '../../db/public-messages.ts';
import { isAway, userNameOf } from '../../db/users.ts';
import type { Words } from '../report.ts';
import { dayName, isolated, percent } from '../words.ts';

/** Days, today excluded, that tell who is the most active person. */
const DAYS = 28;

/** Whoever writes most in the public channels of a workspace; undefined when nobody does. */
export function mostActiveLately(db: Db, workspaceId: string, today: Day): Writer | undefined {
  return mostActive(db, workspaceId, addDays(today, -DAYS), addDays(today, -1));
}

/** What is posted for the admins when that person is away, or was, at the instant `now`. */
export function awayWords(
  db: Db,
  { workspaceId, personId, openedDay, closedDay, outcome }: Away,
  now: number,
): Words {
  const name = isolated(userNameOf(db, workspaceId, personId) ?? personId);
  if (closedDay !== null) {
    const end =
      outcome === 'not watched'
        ? `this has not been watched since ${dayName(closedDay)}`
        : isAway(db, workspaceId, personId, now)
          ? 'is still, but others write most of the messages now'
          : 'is back';
    const headline = `${name} was away from ${dayName(openedDay)}, and ${end}.`;
    return { headline, lines: [], notes: [], alt: headline };
  }
  const one = mostActiveLately(db, workspaceId, dayOf(now));
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

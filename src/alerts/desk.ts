import type { AlertDesk } from '../../commands/alert-desk.ts';
import { noIncident } from '../../commands/incident-handling.ts';
import { zoneOfKind } from '../../db/alert-places.ts';
import { followAgain } from '../../db/alert-posts.ts';
import type { Incident } from '../../db/incident.ts';
import {
  acknowledgeIncident,
  incidentById,
  reopenIncident,
  snoozeIncident,
  voteOnIncident,
} from '../../db/incidents.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import { knownZone } from '../../db/wall-time.ts';
import { dayName } from '../../reports/words.ts';
import type { Posts } from '../slack/posts.ts';
import { createTuning } from './tuning.ts';

interface AlertDeskDeps {
  readonly db: Db;
  readonly posts: Pick<Posts, 'zoneOf'>;
  /** Starts posting what has changed. */
  readonly tell: () => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a person of a workspace can do with incidents. */
export function createAlertDesk(
  { db, posts, now, tell }: AlertDeskDeps,
  workspaceId: string,
  userId: string,
): AlertDesk {
  return {
    ...createTuning(db, now),
    acknowledge(id) {
      mustBeOpen(id);
      acknowledgeIncident(db, id, userId);
      tell();
    },
    snooze(id, until) {
      mustBeOpen(id);
      snoozeIncident(db, id, userId, new Date(until).toISOString());
      tell();
    },
    async zoneOf(kind) {
      const zone = zoneOfKind(db, workspaceId, kind) ?? knownZone(await posts.zoneOf(userId));
      return zone ?? 'UTC';
    },
    reopen(id) {
      const { state } = mustBeOpen(id);
      if (state === 'firing') {
        throw new InputError(`Incident ${id} is open as it is: neither acknowledged nor snoozed.`);
      }
      reopenIncident(db, id, userId);
      tell();
    },
    vote(id, isUseful) {
      mustBe(id);
      const votedAt = new Date(now()).toISOString();
      db.transaction(() => {
        voteOnIncident(db, id, { workspaceId, userId, isUseful, votedAt });
        followAgain(db, id);
      })();
      tell();
    },
  };

  function mustBe(id: number): Incident {
    const incident = incidentById(db, id, workspaceId);
    if (incident && (incident.workspaceId ?? workspaceId) === workspaceId) return incident;
    throw noIncident(id);
  }

  function mustBeOpen(id: number): Incident {
    const incident = mustBe(id);
    if (incident.closedDay === null) return incident;
    throw new InputError(`Incident ${id} has been over since ${dayName(incident.closedDay)}.`);
  }
}

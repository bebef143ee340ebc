import type { AlertDesk, TunedDrop } from '../../commands/alert-desk.ts';
import { noIncident } from '../../commands/incident-handling.ts';
import { zoneWords } from '../../commands/zones.ts';
import { setAlertPlace, zoneOfKind } from '../../db/alert-places.ts';
import { followAgain } from '../../db/alert-posts.ts';
import type { WatchedKey } from '../../db/alert-series.ts';
import { SENSITIVITIES } from '../../db/alert-settings.ts';
import { addDays, DAY_MS, dayOf } from '../../db/days.ts';
import type { Incident } from '../../db/incident.ts';
import {
  acknowledgeIncident,
  incidentById,
  snoozeIncident,
  voteOnIncident,
} from '../../db/incidents.ts';
import { InputError } from '../../db/input-error.ts';
import { dayIn } from '../../db/wall-time.ts';
import { dayName } from '../../reports/words.ts';
import { type ChosenPlaceDeps, chosenPlace } from './chosen-place.ts';
import { createFields, type Member } from './field.ts';
import { watchedMetrics } from './metrics.ts';
import { replay } from './replay.ts';
import { firstState } from './rule/judge.ts';
import { type Settings, settings } from './rule/settings.ts';

/** How far back a sensitivity is tried out. */
const TUNED_DAYS = 180;

export interface AlertDeskDeps extends ChosenPlaceDeps {
  /** Begins to tell what has changed. */
  readonly tell: () => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The incidents in the hands of a person of a workspace. */
export function createAlertDesk(
  { db, posts, now, tell }: AlertDeskDeps,
  workspaceId: string,
  userId: string,
) {
  return {
    async tellIn(channelId, wanted) {
      const place = await chosenPlace({ db, posts }, { workspaceId, userId, channelId }, wanted);
      setAlertPlace(db, workspaceId, 'alerts', place);
      tell();
      return {
        sentence: `From now on, alerts are posted in this channel, but nothing new between 22:00 and 7:00 in ${zoneWords(place.zone)}.`,
      };
    },
    tellNowhere() {
      setAlertPlace(db, workspaceId, 'alerts', undefined);
      return { sentence: 'Alerts are posted nowhere any more; “alerts” lists the incidents.' };
    },
    tunedDays: TUNED_DAYS,
    tune(series) {
      const member = memberOf(series);
      return SENSITIVITIES.map((sensitivity) => ({
        sensitivity,
        drops: member ? dropsOf(member, settings[sensitivity]) : [],
      }));
    },
    acknowledge(id) {
      mustBeOpen(id);
      acknowledgeIncident(db, id, userId);
      tell();
    },
    snooze(id, days) {
      const { kind } = mustBeOpen(id);
      const until = now() + days * DAY_MS;
      snoozeIncident(db, id, userId, new Date(until).toISOString());
      tell();
      return dayIn(zoneOfKind(db, workspaceId, kind), until);
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
  } satisfies AlertDesk;

  function memberOf({ subjectId, metric }: WatchedKey): Member | undefined {
    const watched = watchedMetrics.find((one) => one.metric === metric);
    return watched && createFields(db)(watched, firstDay()).get(subjectId);
  }

  function firstDay() {
    return addDays(dayOf(now()), -TUNED_DAYS);
  }

  function dropsOf(member: Member, wanted: Settings): TunedDrop[] {
    const { events } = replay(member, firstState(addDays(firstDay(), -1)), wanted);
    const drops: TunedDrop[] = [];
    for (const event of events) {
      if (event.kind === 'held') continue;
      if (event.kind === 'opened') drops.push({ openedDay: event.day, closedDay: null });
      else {
        const open = drops.pop();
        if (open) drops.push({ ...open, closedDay: event.day });
      }
    }
    return drops;
  }

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

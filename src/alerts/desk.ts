import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlertDesk, Tuned, TunedDrop } from '../../commands/alert-desk.ts';
import { noIncident } from '../../commands/incident-handling.ts';
import { zoneOfKind } from '../../db/alert-places.ts';
import { followAgain } from '../../db/alert-posts.ts';
import { SENSITIVITIES } from '../../db/alert-settings.ts';
import { addDays, dayOf } from '../../db/days.ts';
import type { Incident } from '../../db/incident.ts';
import {
  acknowledgeIncident,
  incidentById,
  reopenIncident,
  snoozeIncident,
  voteOnIncident,
} from '../../db/incidents.ts';
import { InputError } from '../../db/input-error.ts';
import { LAST_DAY, summedDays } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { knownZone } from '../../db/wall-time.ts';
import { hasCaughtUp } from '../../reports/catching-up.ts';
import { dayName } from '../../reports/words.ts';
import type { Posts } from '../slack/posts.ts';
import { createFields, type JudgedSeries, type Member, watchedSeries } from './field.ts';
import { watchedMetrics } from './metrics.ts';
import { replay } from './replay.ts';
import { firstState } from './rule/judge.ts';
import { type Settings, settings } from './rule/settings.ts';

/** Days among which each series has one that is complete. */
const NEWEST_DAYS = 8;

/** How far back a sensitivity is tried out. */
const TUNED_DAYS = 180;

export interface AlertDeskDeps {
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
    tunedDays: TUNED_DAYS,
    async tune(wanted) {
      const readField = createFields(db);
      const found: Tuned<(typeof wanted)[number]>[] = [];
      for (const series of wanted) {
        const watched = watchedMetrics.find(({ metric }) => metric === series.metric);
        const member = watched && readField(watched, firstDay()).get(series.subjectId);
        for (const sensitivity of SENSITIVITIES) {
          // A replay takes a while, and Slack's events are not to wait for all of them.
          await nextTurn();
          const drops = member ? dropsOf(member, settings[sensitivity]) : [];
          found.push({ series, sensitivity, drops });
        }
      }
      return found;
    },
    async addedBy(extra) {
      const readField = createFields(db);
      const first = addDays(dayOf(now()), -NEWEST_DAYS);
      const isDependency = extra === 'dependencies';
      let count = 0;
      const small: JudgedSeries[] = [];
      for (const metric of watchedMetrics) {
        // What is said in Slack is counted from the switch on, and is not for all to know.
        if (metric.source === 'slack' || !(isDependency || metric.extra === extra)) continue;
        const added = watchedSeries(db, metric).filter(
          ({ role }) => !isDependency || role !== 'own',
        );
        count += added.length;
        for (const [subjectId, member] of added.length > 0 ? readField(metric, first) : []) {
          const series = added.find((one) => one.subjectId === subjectId);
          if (!series) continue;
          await nextTurn();
          const { verdict } = replay(member, firstState(first), settings.normal);
          if (verdict === 'too small') small.push(series);
        }
      }
      return { series: count, small };
    },
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

  function firstDay() {
    return addDays(dayOf(now()), -TUNED_DAYS);
  }

  function dropsOf(member: Member, wanted: Settings): TunedDrop[] {
    const { events } = replay(member, firstState(addDays(firstDay(), -1)), wanted);
    const { parts } = member.series;
    const days = summedDays(db, parts, addDays(firstDay(), -TUNED_DAYS), LAST_DAY);
    const values = new Map(days.map(({ day, value }) => [day, value]));
    const drops: TunedDrop[] = [];
    let onset = firstDay();
    for (const event of events) {
      if (event.kind === 'held') continue;
      const { day } = event;
      if (event.kind === 'opened') {
        onset = addDays(day, 1 - event.days);
        drops.push({ openedDay: day, closedDay: null, isMadeUp: false });
        continue;
      }
      const open = drops.pop();
      const isMadeUp = event.outcome === 'recovered' && hasCaughtUp(values, parts, onset, day);
      if (open) drops.push({ ...open, closedDay: day, isMadeUp });
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

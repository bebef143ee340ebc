import type { AlertDesk, TunedFall } from '../../commands/alert-desk.ts';
import type { WatchedKey } from '../../db/alert-series.ts';
import { SENSITIVITIES } from '../../db/alert-settings.ts';
import { addDays, dayOf } from '../../db/days.ts';
import { acknowledgeIncident, snoozeIncident, voteOnIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { createFields, type Member } from './field.ts';
import { watchedMetrics } from './metrics.ts';
import { replay } from './replay.ts';
import { firstState } from './rule/judge.ts';
import { type Settings, settings } from './rule/settings.ts';

/** How far back a sensitivity is tried out. */
const TUNED_DAYS = 180;

export interface AlertDeskDeps {
  readonly db: Db;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The incidents in the hands of a person of a workspace. */
export function createAlertDesk({ db, now }: AlertDeskDeps, workspaceId: string, userId: string) {
  return {
    tunedDays: TUNED_DAYS,
    tune(series) {
      const member = memberOf(series);
      return SENSITIVITIES.map((sensitivity) => ({
        sensitivity,
        falls: member ? fallsOf(member, settings[sensitivity]) : [],
      }));
    },
    acknowledge: (id) => acknowledgeIncident(db, id, userId),
    snooze: (id, until) => snoozeIncident(db, id, userId, until),
    vote(id, isUseful) {
      const votedAt = new Date(now()).toISOString();
      voteOnIncident(db, id, { workspaceId, userId, isUseful, votedAt });
    },
  } satisfies AlertDesk;

  function memberOf({ subjectId, metric }: WatchedKey): Member | undefined {
    const watched = watchedMetrics.find((one) => one.metric === metric);
    return watched && createFields(db)(watched, firstDay()).get(subjectId);
  }

  function firstDay() {
    return addDays(dayOf(now()), -TUNED_DAYS);
  }

  function fallsOf(member: Member, wanted: Settings): TunedFall[] {
    const { events } = replay(member, firstState(addDays(firstDay(), -1)), wanted);
    const falls: TunedFall[] = [];
    for (const event of events) {
      if (event.kind === 'opened') falls.push({ openedDay: event.day, closedDay: null });
      else {
        const open = falls.pop();
        if (open) falls.push({ ...open, closedDay: event.day });
      }
    }
    return falls;
  }
}

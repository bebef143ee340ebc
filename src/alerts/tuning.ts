import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlertDesk, Tuned, TunedDrop } from '../../commands/alert-desk.ts';
import { SENSITIVITIES } from '../../db/alert-settings.ts';
import { addDays, type Day, dayOf } from '../../db/days.ts';
import { LAST_DAY, summedDays } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { hasCaughtUp } from '../../reports/catching-up.ts';
import { createFields, type JudgedSeries, type Member, watchedSeries } from './field.ts';
import { watchedMetrics } from './metrics.ts';
import { replay } from './replay.ts';
import { firstState } from './rule/judge.ts';
import { type Settings, settings } from './rule/settings.ts';

/** How far back a sensitivity is tried out. */
const TUNED_DAYS = 180;

/** Nothing that is open so many days before may go on, or have its rest, when the first of them is judged. */
const LEAD_DAYS = 42;

/** Days among which each series has one that is complete. */
const NEWEST_DAYS = 8;

/** The rule, tried out on what has arrived by `now` (milliseconds since the epoch); nothing is kept. */
export function createTuning(
  db: Db,
  now: () => number,
): Pick<AlertDesk, 'tunedDays' | 'tune' | 'addedBy'> {
  return {
    tunedDays: TUNED_DAYS,
    async tune(wanted) {
      const from = addDays(dayOf(now()), -TUNED_DAYS);
      const readField = createFields(db);
      const found: Tuned<(typeof wanted)[number]>[] = [];
      for (const series of wanted) {
        const watched = watchedMetrics.find(({ metric }) => metric === series.metric);
        const member =
          watched && readField(watched, addDays(from, -LEAD_DAYS)).get(series.subjectId);
        for (const sensitivity of SENSITIVITIES) {
          // A replay takes a while, and Slack's events are not to wait for all of them.
          await nextTurn();
          const drops = member ? dropsOf(db, member, from, settings[sensitivity]) : [];
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
  };
}

/**
 * The drops that open from the day `from` on, by the numbers as they are known now. An incident may be
 * missing among them, or be longer there: it was judged by the numbers of its day, and what was wrong
 * with them may have been corrected since.
 */
function dropsOf(db: Db, member: Member, from: Day, wanted: Settings): TunedDrop[] {
  const { events } = replay(member, firstState(addDays(from, -1 - LEAD_DAYS)), wanted);
  const { parts } = member.series;
  const days = summedDays(db, parts, addDays(from, -TUNED_DAYS), LAST_DAY);
  const values = new Map(days.map(({ day, value }) => [day, value]));
  const drops: TunedDrop[] = [];
  let onset = from;
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
  return drops.filter(({ openedDay }) => openedDay >= from);
}

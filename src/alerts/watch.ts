import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { judgedOf, type Standing, saveJudged, type WatchedKey } from '../../db/alert-series.ts';
import { extrasOf, sensitivityOf } from '../../db/alert-settings.ts';
import { addDays, type Day, dayOf, daysBetween } from '../../db/days.ts';
import { closeIncident, openIncident, openIncidents, wakeIncidents } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { PUBLIC_MESSAGES } from '../../db/public-messages.ts';
import { subjectById } from '../../db/subjects.ts';
import { saveSuspectDay } from '../../db/suspect-days.ts';
import { createFields, type JudgedSeries, type Member, watchedSeries } from './field.ts';
import { forgetUnwatched, movementKeyFor } from './forgetting.ts';
import { type WatchedMetric, watchedMetrics } from './metrics.ts';
import { type Remembered, replay } from './replay.ts';
import { firstState, type Verdict } from './rule/judge.ts';
import { settings } from './rule/settings.ts';

interface WatchDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

interface Watch {
  /**
   * Judges the days that are complete and were not judged yet, each once, of one source or of all.
   * What a stop cuts off is judged the next time. Never throws.
   */
  judge(sourceId?: string): Promise<void>;
}

/** How many days are judged of a series that was not watched before. */
const FIRST_DAYS = 120;

/** What is found open there is news when it opened this many days before the last one, or fewer. */
const NEWS_DAYS = 14;

export function createWatch({ db, log, now, signal }: WatchDeps): Watch {
  const readField = createFields(db);

  /** One series that can't be judged holds up no other. */
  function judgeAlone(member: Member, series: WaitingSeries, rises: boolean): void {
    try {
      db.transaction(() => judgeMember(db, member, series, rises))();
    } catch (error) {
      const { subjectId, metric } = member;
      log.error({ subjectId, metric, err: error }, 'a series could not be judged');
    }
  }

  async function judgeMetric(metric: WatchedMetric, rises: boolean): Promise<void> {
    const watched = watchedSeries(db, metric);
    forgetUnwatched(db, metric, watched, dayOf(now()));
    const waiting = watched.filter((series) => isWaiting(db, series));
    const [last] = waiting.map((series) => lastJudged(db, series)).toSorted();
    if (last === undefined) return;
    const field = readField(metric, addDays(last, 1));
    const known = new Set(waiting.filter((series) => judgedOf(db, series)));
    for (const series of waiting) {
      if (signal?.aborted) return;
      const member = field.get(series.subjectId);
      // Between two turns, somebody may have taken it off the list, or changed what is added to it.
      const isForgotten = known.has(series) && !judgedOf(db, series);
      if (member && !isForgotten && isListed(db, metric, series)) {
        judgeAlone(member, series, rises);
      }
      await nextTurn();
    }
  }

  return {
    async judge(sourceId) {
      try {
        // The job of each minute does so too, but not before the first judging after a stop: what is over
        // by then would keep who had snoozed it.
        wakeIncidents(db, new Date(now()).toISOString());
        // Whoever switches rises off between two series is heard the next time.
        const rises = extrasOf(db).has('rises');
        if (!rises) closeRises(db, dayOf(now()));
        for (const metric of watchedMetrics) {
          if (signal?.aborted) return;
          if (metric.source === (sourceId ?? metric.source)) await judgeMetric(metric, rises);
        }
      } catch (error) {
        log.error({ source: sourceId, err: error }, 'the newest days could not be judged');
      }
    },
  };
}

/** Slack messages are watched without being on the list. */
function isListed(db: Db, { metric }: WatchedMetric, { subjectId }: JudgedSeries): boolean {
  return metric === PUBLIC_MESSAGES || subjectById(db, subjectId)?.trackedAt != null;
}

/** A series with complete days that were not judged yet. */
interface WaitingSeries extends JudgedSeries {
  readonly completeThrough: Day;
}

function isWaiting(db: Db, series: JudgedSeries): series is WaitingSeries {
  const { completeThrough } = series;
  if (completeThrough === null) return false;
  const judged = judgedOf(db, series);
  return judged === undefined || judged.judgedThrough < completeThrough;
}

/** The last day that was judged of a series, or the one before the first that is. */
function lastJudged(db: Db, series: WaitingSeries): Day {
  return judgedOf(db, series)?.judgedThrough ?? addDays(series.completeThrough, -FIRST_DAYS);
}

/** Judges what has arrived of one series. The state is read here, so that no day is judged twice. */
function judgeMember(db: Db, member: Member, waiting: WaitingSeries, rises: boolean): void {
  const judged = judgedOf(db, member);
  const before: Remembered = judged
    ? withoutClosed(db, member, JSON.parse(judged.state) as Remembered)
    : firstState(lastJudged(db, waiting));
  const { subjectId, metric, series } = member;
  const { others } = series;
  const sensitivity = sensitivityOf(db, subjectId);
  const { state, events, verdict } = replay(member, before, { ...settings[sensitivity], rises });
  if (verdict === undefined || state.judged === null) return;
  for (const event of events) {
    if (event.kind === 'held') saveSuspectDay(db, metric, event.day);
    else if (event.kind === 'closed') {
      closeIncident(db, movementKeyFor(db, event.of, member), event.day, event.outcome);
    } else {
      const isNews = judged !== undefined || daysBetween(event.day, state.judged) <= NEWS_DAYS;
      const { day: openedDay, days } = event;
      const key = movementKeyFor(db, event.of, member);
      openIncident(db, { ...key, openedDay, days, sensitivity, isNews, others });
    }
  }
  saveJudged(db, member, {
    judgedThrough: state.judged,
    state: JSON.stringify(state),
    standing: STANDINGS[verdict],
    others,
  });
}

/** Rises are not watched any more. */
function closeRises(db: Db, today: Day): void {
  for (const rise of openIncidents(db, 'rise')) {
    closeIncident(db, movementKeyFor(db, 'rise', rise), today, 'not watched');
  }
}

/** A rise whose incident was closed, because rises were not watched for a while, is not followed on. */
function withoutClosed(db: Db, key: WatchedKey, { rise, ...state }: Remembered): Remembered {
  const isOpen = openIncidents(db, 'rise').some(
    ({ subjectId, metric }) => subjectId === key.subjectId && metric === key.metric,
  );
  return rise?.since && !isOpen ? state : { ...state, rise };
}

const STANDINGS: Readonly<Record<Verdict, Standing>> = {
  learning: 'learning',
  'too small': 'small',
  'on hold': 'hold',
  normal: 'normal',
  fell: 'firing',
  firing: 'firing',
  recovered: 'resting',
  'new level': 'resting',
  resting: 'resting',
};

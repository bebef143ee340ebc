import { isDeepStrictEqual } from 'node:util';
import { forgetJudged, judgedOf, listAlertSeries, type WatchedKey } from '../../db/alert-series.ts';
import type { Day } from '../../db/days.ts';
import { movementKey } from '../../db/incident.ts';
import { closeIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { PUBLIC_MESSAGES } from '../../db/public-messages.ts';
import { workspaceOfSubject } from '../recording/public-messages.ts';
import { type JudgedSeries, watchedSeries } from './field.ts';
import { type WatchedMetric, watchedMetrics } from './metrics.ts';
import { judgeSourceState } from './source-state.ts';

/**
 * After the list of a source has changed: ends at once what is open and not watched any more, and judges
 * how the source is by what is left.
 */
export function followListChange(db: Db, sourceId: string, today: Day): void {
  for (const metric of watchedMetrics) {
    if (metric.source === sourceId) forgetUnwatched(db, metric, watchedSeries(db, metric), today);
  }
  judgeSourceState(db, sourceId, today);
}

/**
 * What has left the list is judged no more, and is begun anew when it comes back. With what it
 * replaces, a series is another one than it was without, and is begun anew as well.
 */
export function forgetUnwatched(
  db: Db,
  { metric }: WatchedMetric,
  watched: readonly JudgedSeries[],
  today: Day,
): void {
  const kept = new Set(watched.map(({ subjectId }) => subjectId));
  for (const known of listAlertSeries(db)) {
    if (known.metric === metric && !kept.has(known.subjectId)) forget(db, known, today);
  }
  for (const series of watched) {
    const judged = judgedOf(db, series);
    if (judged && !isDeepStrictEqual(judged.others, series.others)) forget(db, series, today);
  }
}

function forget(db: Db, key: WatchedKey, today: Day): void {
  db.transaction(() => {
    for (const kind of ['drop', 'rise'] as const) {
      closeIncident(db, movementKeyFor(db, kind, key), today, 'not watched');
    }
    forgetJudged(db, key);
  })();
}

/** What was said in a workspace is that workspace's alone. */
export function movementKeyFor(db: Db, kind: 'drop' | 'rise', key: WatchedKey) {
  const workspaceId =
    key.metric === PUBLIC_MESSAGES ? workspaceOfSubject(db, key.subjectId) : undefined;
  return movementKey(kind, key, workspaceId);
}

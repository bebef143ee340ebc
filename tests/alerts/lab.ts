import { setAlertPlace } from '../../db/alert-places.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { movementKey } from '../../db/incident.ts';
import { closeIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { createTelling } from '../../src/alerts/telling.ts';
import { createPosts, type Posts } from '../../src/slack/posts.ts';
import { PIXEL } from '../playground/server/workspace.ts';
import { community, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import { quiet } from '../sources/cases.ts';

export const MINUTE = 60_000;
const SETTLE = 30_000;
const NOON = dayMs(TODAY) + 12 * 3_600_000;

/** A package whose downloads dropped yesterday, and whoever tells it in the channel CGEN. */
export function startAlertLab(apiUrl: string, wrap: (posts: Posts) => Posts = (posts) => posts) {
  const { db } = community();
  let now = NOON;
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
  packageIn(db, {
    name: 'low',
    from: addDays(TODAY, -100),
    downloads: [...steady(98, 100), 30, 30],
  });
  const subjectId = watching(db, 'pypi', 'low', { openedDay: addDays(TODAY, -1) });
  const real = createPosts({ botToken: 'xoxb-1', apiUrl, log: quiet });
  const fresh = () => tellingOf(db, wrap(real), () => now);
  let telling = fresh();
  return {
    db,
    /** The job runs once. */
    run: () => telling.run(),
    /** Lets the minutes pass, and the job run in each. */
    async pass(minutes: number): Promise<void> {
      for (let minute = 0; minute < minutes; minute++) {
        await telling.run();
        now += MINUTE;
      }
    },
    /** Lets the minutes pass with nobody there. */
    wait(minutes: number) {
      now += minutes * MINUTE;
    },
    /** The process ends, and another one goes on. */
    restart() {
      telling = fresh();
    },
    recover() {
      const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
      closeIncident(db, key, TODAY, 'recovered');
    },
    posts: () =>
      db
        .prepare('SELECT id, parent_id, ts, outcome FROM alert_post ORDER BY claimed_at, parent_id')
        .all() as Readonly<Record<'id' | 'parent_id' | 'ts' | 'outcome', string | null>>[],
  };
}

/** Whoever tells incidents in a channel, over a database of the test. */
export function tellingOf(db: Db, posts: Posts, now: () => number) {
  return createTelling({
    db,
    log: quiet,
    now,
    posts,
    renderer: { png: async () => PIXEL },
    isSample: false,
    settleMs: SETTLE,
    workspaceId: () => 'T1',
    signal: new AbortController().signal,
  });
}

/** Lets the job run so many times, and a minute pass behind each; answers what time it is then. */
export async function tellFor(
  db: Db,
  { apiUrl }: { readonly apiUrl: string },
  from: number,
  times: number,
): Promise<number> {
  const posts = createPosts({ botToken: 'xoxb-1', apiUrl, log: quiet });
  let now = from;
  const telling = tellingOf(db, posts, () => now);
  for (let time = 0; time < times; time++) {
    await telling.run();
    now += MINUTE;
  }
  return now;
}

/** The drop of downloads is over. */
export function recover(db: Db, subjectId: number): void {
  const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
  closeIncident(db, key, TODAY, 'recovered');
}

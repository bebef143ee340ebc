import { setImmediate as nextTurn } from 'node:timers/promises';
import { dayOf } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { packNext } from '../db/packing.ts';
import { forgetOldRuns } from '../db/runs.ts';
import { listWorkspaces } from '../db/workspaces.ts';
import type { Judging } from './alerts/judging.ts';
import { createRereads } from './alerts/rereads.ts';
import type { Telling } from './alerts/telling.ts';
import type { Digests } from './digest.ts';
import { pollJobs } from './poll/jobs.ts';
import type { Poller } from './poll.ts';
import { HOURLY_JOB, noteStops } from './recording/gaps.ts';
import type { Job } from './schedule.ts';
import type { Source } from './sources/source.ts';

interface JobsDeps {
  readonly db: Db;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly sources: readonly Source[];
  readonly poller: Poller;
  readonly judging: Judging;
  readonly telling: Telling;
  readonly digests: Digests;
}

/** All that the bot does by the clock. */
export function botJobs(deps: JobsDeps): Job[] {
  const { db, now, sources, poller, judging, telling, digests } = deps;
  const rereads = createRereads(deps);
  return [
    ...pollJobs(sources, poller, judging.afterPoll),
    { name: 'pack days', cron: '*/10 * * * *', run: () => packSome(deps) },
    {
      name: 'forget old runs',
      cron: '17 3 * * *',
      async run() {
        forgetOldRuns(db, dayOf(now()));
      },
    },
    {
      name: 'digests',
      cron: '* * * * *',
      async run() {
        // One that is caught up with must know of the stop behind it.
        noteStops(db, now());
        await digests.run();
      },
    },
    { name: 'alerts', cron: '* * * * *', run: telling.run },
    { name: HOURLY_JOB, cron: '7 * * * *', run: judging.hourly },
    {
      name: 'read suspect days again',
      cron: '37 * * * *',
      async run() {
        for (const sourceId of await rereads.run()) await judging.afterPoll(sourceId);
      },
    },
  ];
}

/** Days and months that one run packs at most of a workspace, each in a turn of its own. */
const PACK_A_RUN = 60;

async function packSome({ db, now, signal }: JobsDeps): Promise<void> {
  for (const { id } of listWorkspaces(db)) {
    for (let packed = 0; packed < PACK_A_RUN && !signal.aborted; packed += 1) {
      if (!packNext(db, id, dayOf(now()))) break;
      await nextTurn();
    }
  }
}

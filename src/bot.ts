import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { dayOf } from '../db/days.ts';
import { packDays } from '../db/message-counts.ts';
import type { Db } from '../db/open.ts';
import { listWorkspaces } from '../db/workspaces.ts';
import { atMost } from './at-most.ts';
import type { Config } from './config.ts';
import { createPoller, pollJobs } from './poll.ts';
import { createRenderer } from './render/renderer.ts';
import { createSchedule, type Job } from './schedule.ts';
import { createSlack } from './slack/connection.ts';
import { registerMetrics } from './slack/dispatcher.ts';
import { registerHome } from './slack/home.ts';
import { createSources } from './sources/index.ts';
import { createTracking } from './tracking.ts';

export interface BotOptions {
  readonly config: Config;
  readonly slack: { readonly botToken: string; readonly appToken: string; readonly apiUrl: string };
  /** Open and migrated; stop() leaves it open. */
  readonly db: Db;
  readonly isSample: boolean;
  readonly log: Logger;
}

export interface Bot {
  /** Ends what is running: answers on their way, jobs, the connection. Takes a few seconds at most. */
  stop(): Promise<void>;
}

/** Days that one run of the packing job does at most, each in a turn of its own. */
const PACK_A_RUN = 60;

/** How long a stop waits for a job, and then for a chart. */
const PATIENCE_MS = 3000;

/** Wires the rooms together and connects to Slack; resolves when connected. */
export async function startBot({ config, slack, db, isSample, log }: BotOptions): Promise<Bot> {
  const now = Date.now;
  const sources = createSources(config, log);
  const stopping = new AbortController();
  const poller = createPoller({ db, sources, log, now, signal: stopping.signal });
  const tracker = createTracking({ db, sources, poller, now });
  const renderer = createRenderer();
  const connection = createSlack({
    ...slack,
    db,
    log,
    register(app) {
      const deps = { db, renderer, tracker, isSample, log, now };
      registerMetrics(app, deps);
      registerHome(app, deps);
    },
  });
  const schedule = createSchedule({
    db,
    log,
    now,
    jobs: [...pollJobs(sources, poller), packJob()],
  });

  await connection.start();
  schedule.start();
  return {
    async stop() {
      stopping.abort();
      await Promise.all([atMost(PATIENCE_MS, schedule.stop()), connection.stop()]);
      await atMost(PATIENCE_MS, renderer.close());
    },
  };

  function packJob(): Job {
    return {
      name: 'pack days',
      cron: '*/10 * * * *',
      async run() {
        for (const { id } of listWorkspaces(db)) {
          for (let days = 0; days < PACK_A_RUN && !stopping.signal.aborted; days += 1) {
            if (packDays(db, id, dayOf(now()), 1) === 0) break;
            await nextTurn();
          }
        }
      },
    };
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { dayOf } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { packNext } from '../db/packing.ts';
import { cutOpenRuns, forgetOldRuns } from '../db/runs.ts';
import { markSample } from '../db/sample.ts';
import { listWorkspaces } from '../db/workspaces.ts';
import { createAdminChannel } from './alerts/admin-channel.ts';
import { judgeAway } from './alerts/away.ts';
import { createAlertDesk } from './alerts/desk.ts';
import { judgeExposure } from './alerts/exposure.ts';
import { judgeSource } from './alerts/failing.ts';
import { HOURLY_JOB, noteDeafDays } from './alerts/listening.ts';
import { createRereads } from './alerts/rereads.ts';
import { createSentinels } from './alerts/sentinels.ts';
import { countTalk } from './alerts/talk.ts';
import { createTelling } from './alerts/telling.ts';
import { createWatch } from './alerts/watch.ts';
import { atMost } from './at-most.ts';
import type { Config } from './config.ts';
import { writeEdition } from './digest/edition.ts';
import { createDigests } from './digest.ts';
import { createLineage } from './lineage.ts';
import { pollJobs } from './poll/jobs.ts';
import { createPoller } from './poll.ts';
import { createRenderer } from './render/renderer.ts';
import { sampleSources } from './sample-sources.ts';
import { createSchedule, type Job } from './schedule.ts';
import { registerAlertActions } from './slack/alert-actions.ts';
import { createSlack } from './slack/connection.ts';
import { registerDigestChoice } from './slack/digest-modal.ts';
import { registerMetrics } from './slack/dispatcher.ts';
import { registerHome } from './slack/home.ts';
import { createPosts } from './slack/posts.ts';
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

/** Days and months that one run of the packing job does at most, each in a turn of its own. */
const PACK_A_RUN = 60;

/** How long Slack may still be at work on a message that it has not answered. */
const SETTLE_MS = 30_000;

/** How long a stop waits for a job, and then for a chart. */
const PATIENCE_MS = 3000;

/** Wires the rooms together and connects to Slack; resolves when connected. */
export async function startBot({ config, slack, db, isSample, log }: BotOptions): Promise<Bot> {
  const now = Date.now;
  const real = createSources(config, log);
  if (isSample) markSample(db);
  const sources = isSample ? sampleSources(real, db) : real;
  const stopping = new AbortController();
  cutOpenRuns(db, new Date(now()).toISOString());
  const { openLineageUrl: url } = config;
  const lineage = url
    ? createLineage({ url, db, sources, endpoints: config, log, now })
    : undefined;
  const observers = lineage ? [lineage.observer] : [];
  const poller = createPoller({ db, sources, log, now, signal: stopping.signal, observers });
  const watch = createWatch({ db, log, now, signal: stopping.signal });
  const sentinels = createSentinels({
    db,
    sources,
    references: isSample ? [] : config.alertSentinels,
    log,
    now,
    signal: stopping.signal,
  });
  const rereads = createRereads({ db, poller, now });
  const begun = new Set<Promise<void>>();
  const tracker = createTracking({ db, sources, poller, now, begin });
  const renderer = createRenderer();
  const told = {
    db,
    log,
    now,
    renderer,
    isSample,
    posts: createPosts({ ...slack, log }),
    settleMs: SETTLE_MS,
    workspaceId: () => connection.workspaceId,
    signal: stopping.signal,
  };
  const digests = createDigests({ ...told, write: writeEdition });
  const telling = createTelling(told);
  const connection = createSlack({
    ...slack,
    db,
    log,
    register(app) {
      const desk = { ...told, tell: () => keep(telling.run()) };
      const adminChannelFor = (workspaceId: string, userId: string) =>
        createAdminChannel(desk, workspaceId, userId);
      const alertDeskFor = (workspaceId: string, userId: string) =>
        createAlertDesk(desk, workspaceId, userId);
      const given = { db, renderer, tracker, digests, isSample, log, now };
      const deps = { ...given, adminChannelFor, alertDeskFor };
      registerMetrics(app, deps);
      registerDigestChoice(app, deps);
      registerAlertActions(app, deps);
      registerHome(app, deps);
    },
  });
  const schedule = createSchedule({
    db,
    log,
    now,
    jobs: [
      ...pollJobs(sources, poller, afterPoll),
      packJob(),
      forgetJob(),
      digestJob(),
      alertJob(),
      hourlyJob(),
      rereadJob(),
    ],
  });

  lineage?.start();
  await connection.start();
  schedule.start();
  keep(judgeAll());
  return {
    async stop() {
      stopping.abort();
      const work = [schedule.stop(), ...begun];
      await Promise.all([atMost(PATIENCE_MS, Promise.all(work)), connection.stop()]);
      lineage?.stop();
      await atMost(PATIENCE_MS, renderer.close());
    },
  };

  /** Begins at once with what is new on the list; nobody waits for it. */
  function begin(sourceId: string): void {
    keep(poller.resume(sourceId).then(() => afterPoll(sourceId)));
  }

  function keep(promise: Promise<void>): void {
    const work = promise.finally(() => begun.delete(work));
    begun.add(work);
  }

  /** What came in before the last stop, and was not judged by then. */
  async function judgeAll(): Promise<void> {
    await watch.judge();
    for (const { id } of sources) judgeState(id);
  }

  /** What has come in is judged, and what keeps failing. */
  async function afterPoll(sourceId: string): Promise<void> {
    await sentinels.read(sourceId);
    await watch.judge(sourceId);
    judgeState(sourceId);
  }

  /** What goes wrong here is no failure of a poll, and does not end the process. */
  function judgeState(sourceId: string): void {
    try {
      judgeSource(db, sourceId, dayOf(now()));
      if (sourceId === 'pypi') judgeExposure(db, dayOf(now()));
    } catch (error) {
      log.error(
        { source: sourceId, err: error },
        'what fails or is vulnerable could not be judged',
      );
    }
  }

  /** What is said in Slack is judged each hour. */
  function hourlyJob(): Job {
    return {
      name: HOURLY_JOB,
      cron: '7 * * * *',
      async run() {
        noteDeafDays(db, now());
        countTalk(db, now());
        await watch.judge('slack');
        judgeAway(db, now());
      },
    };
  }

  /** Days that looked wrong are read once more. */
  function rereadJob(): Job {
    return {
      name: 'read suspect days again',
      cron: '37 * * * *',
      async run() {
        for (const sourceId of await rereads.run()) await afterPoll(sourceId);
      },
    };
  }

  function alertJob(): Job {
    return { name: 'alerts', cron: '* * * * *', run: telling.run };
  }

  function digestJob(): Job {
    return {
      name: 'digests',
      cron: '* * * * *',
      async run() {
        // One that is caught up with must know of the stop behind it.
        noteDeafDays(db, now());
        await digests.run();
      },
    };
  }

  function forgetJob(): Job {
    return {
      name: 'forget old runs',
      cron: '17 3 * * *',
      async run() {
        forgetOldRuns(db, dayOf(now()));
      },
    };
  }

  function packJob(): Job {
    return {
      name: 'pack days',
      cron: '*/10 * * * *',
      async run() {
        for (const { id } of listWorkspaces(db)) {
          for (let packed = 0; packed < PACK_A_RUN && !stopping.signal.aborted; packed += 1) {
            if (!packNext(db, id, dayOf(now()))) break;
            await nextTurn();
          }
        }
      },
    };
  }
}

import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Db } from '../db/open.ts';
import { cutOpenRuns } from '../db/runs.ts';
import { markSample } from '../db/sample.ts';
import { createAlertDesk } from './alerts/desk.ts';
import { createJudging } from './alerts/judging.ts';
import { createPlaceDesk } from './alerts/place-desk.ts';
import { createTelling } from './alerts/telling.ts';
import { atMost } from './at-most.ts';
import type { Config } from './config.ts';
import { writeEdition } from './digest/edition.ts';
import { openDigestChoice, registerDigestChoice } from './digest/modal.ts';
import { createDigests } from './digest.ts';
import { botJobs } from './jobs.ts';
import { lineageFor } from './lineage.ts';
import { createPoller } from './poll.ts';
import { noteLost, noteStopBefore } from './recording/gaps.ts';
import { createRenderer } from './render/renderer.ts';
import { sampleSources } from './sample/sources.ts';
import { createSchedule } from './schedule.ts';
import { registerAlertActions } from './slack/alert-actions.ts';
import { createSlack } from './slack/connection.ts';
import { type DispatcherDeps, registerMetrics } from './slack/dispatcher.ts';
import { registerHome } from './slack/home.ts';
import { createPosts } from './slack/posts.ts';
import { createSources } from './sources/index.ts';
import { createTracking } from './tracking.ts';

interface BotOptions {
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

/** How long Slack may still be at work on a message that it has not answered. */
const SETTLE_MS = 30_000;

/** How long a stop waits for a job, and then for a chart. */
const PATIENCE_MS = 3000;

/** Wires the rooms together and connects to Slack; resolves when connected. */
export async function startBot({ config, slack, db, isSample, log }: BotOptions): Promise<Bot> {
  const now = Date.now;
  const stopping = new AbortController();
  const common = { db, log, now, signal: stopping.signal };
  const begun = new Set<Promise<void>>();
  if (isSample) markSample(db);
  cutOpenRuns(db, new Date(now()).toISOString());

  const real = createSources(config, log);
  const sources = isSample ? sampleSources(real, db) : real;
  const lineage = lineageFor(config, { db, sources, log, now });
  const observers = lineage ? [lineage.observer] : [];
  const poller = createPoller({ ...common, sources, observers });
  const references = isSample ? [] : config.alertSentinels;
  const judging = createJudging({ ...common, sources, references });
  const tracker = createTracking({ db, sources, poller, now, begin });

  const renderer = createRenderer();
  const posts = createPosts({ ...slack, log });
  const workspaceId = () => connection.workspaceId;
  const posting = { ...common, posts, renderer, isSample, settleMs: SETTLE_MS, workspaceId };
  const digests = createDigests({ ...posting, write: writeEdition });
  const telling = createTelling(posting);
  const connection = createSlack({ ...slack, db, log, register, onLost });
  const jobs = botJobs({ ...common, sources, poller, judging, telling, digests });
  const schedule = createSchedule({ db, log, now, jobs });

  lineage?.start();
  await connection.start();
  noteStopBefore(db, now());
  schedule.start();
  keep(judging.catchUp());
  return {
    async stop() {
      stopping.abort();
      const work = [schedule.stop(), ...begun];
      await Promise.all([atMost(PATIENCE_MS, Promise.all(work)), connection.stop()]);
      lineage?.stop();
      await atMost(PATIENCE_MS, renderer.close());
    },
  };

  /** What was written while Slack could not reach the bot was not recorded. */
  function onLost(from: number, to: number): void {
    noteLost(db, { from, to });
  }

  /** All that people can ask for in Slack. */
  function register(app: App): void {
    const desk = { db, log, now, posts, tell: () => keep(telling.run()) };
    const deps: DispatcherDeps = {
      ...{ db, renderer, tracker, isSample, log, now },
      pictureOf: digests.pictureOf,
      placeDeskFor: (workspace, user) => createPlaceDesk(desk, workspace, user),
      alertDeskFor: (workspace, user) => createAlertDesk(desk, workspace, user),
      digestDeskFor: (asker, client, triggerId) =>
        digests.deskFor(asker, (draft) => openDigestChoice(client, triggerId, db, draft)),
    };
    registerMetrics(app, deps);
    registerDigestChoice(app, { digests, log });
    registerAlertActions(app, deps);
    registerHome(app, deps);
  }

  /** Begins at once with what is new on the list; nobody waits for it. */
  function begin(sourceId: string): void {
    keep(poller.resume(sourceId).then(() => judging.afterPoll(sourceId)));
  }

  /** What only a stop waits for. */
  function keep(promise: Promise<void>): void {
    const work = promise.finally(() => begun.delete(work));
    begun.add(work);
  }
}

import type { Logger } from 'pino';
import { dayOf } from '../../db/days.ts';
import { type Db, openDatabase } from '../../db/open.ts';
import { cutOpenRuns } from '../../db/runs.ts';
import { judgeFailing } from '../../src/alerts/failing.ts';
import { createRereads } from '../../src/alerts/rereads.ts';
import { createTelling } from '../../src/alerts/telling.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { writeEdition } from '../../src/digest/edition.ts';
import { createDigests, type Digests } from '../../src/digest.ts';
import { createPoller, type Poller } from '../../src/poll.ts';
import type { Posts } from '../../src/slack/posts.ts';
import { PIXEL } from '../playground/server/workspace.ts';
import { sources } from './sources.ts';

/** One process of the bot, from its start to its stop: the parts that bot.ts wires, but its clock. */
export interface Life {
  readonly db: Db;
  readonly digests: Digests;
  readonly poller: Poller;
  /** What follows a poll. */
  afterPoll(sourceId: string): Promise<void>;
  hourly(): Promise<void>;
  /** The jobs of each minute. */
  minute(): Promise<void>;
  stop(): void;
}

export async function begin(
  path: string,
  deps: { readonly now: () => number; readonly posts: Posts; readonly log: Logger },
): Promise<Life> {
  const { now, posts, log } = deps;
  const db = openDatabase(path);
  // No power cut is simulated, and the disk is slow.
  db.pragma('synchronous = OFF');
  const stopping = new AbortController();
  const { signal } = stopping;
  cutOpenRuns(db, new Date(now()).toISOString());
  const poller = createPoller({ db, sources, log, now, signal });
  const watch = createWatch({ db, log, now, signal });
  const rereads = createRereads({ db, poller, now });
  const told = {
    db,
    log,
    now,
    posts,
    signal,
    renderer: { png: async () => PIXEL },
    isSample: false,
    settleMs: 30_000,
    workspaceId: () => 'T1',
  };
  const digests = createDigests({ ...told, write: writeEdition });
  const telling = createTelling(told);
  await watch.judge();

  async function afterPoll(sourceId: string): Promise<void> {
    await watch.judge(sourceId);
    judgeFailing(db, sourceId, dayOf(now()));
  }

  return {
    db,
    digests,
    poller,
    afterPoll,
    async hourly() {
      for (const sourceId of await rereads.run()) await afterPoll(sourceId);
    },
    async minute() {
      await digests.run();
      await telling.run();
    },
    stop() {
      stopping.abort();
      db.close();
    },
  };
}

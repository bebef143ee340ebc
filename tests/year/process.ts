import { dayOf } from '../../db/days.ts';
import { openDatabase } from '../../db/open.ts';
import { judgeExposure } from '../../src/alerts/exposure.ts';
import { judgeSource } from '../../src/alerts/failing.ts';
import { createTelling } from '../../src/alerts/telling.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { writeEdition } from '../../src/digest/edition.ts';
import { createDigests } from '../../src/digest.ts';
import { createPoller } from '../../src/poll.ts';
import { createPosts } from '../../src/slack/posts.ts';
import { PIXEL } from '../playground/server/workspace.ts';
import { quiet } from '../sources/cases.ts';
import { yearSources } from './sources.ts';

/** The bot as it runs between two restarts, without timers and sockets. */
export function startProcess(path: string, apiUrl: string, now: () => number) {
  const db = openDatabase(path);
  // A year of commits, none of which has to outlive a power cut.
  db.pragma('synchronous = OFF');
  const sources = yearSources(now);
  const poller = createPoller({ db, sources, log: quiet, now });
  const watch = createWatch({ db, log: quiet, now });
  const told = {
    db,
    log: quiet,
    now,
    posts: createPosts({ botToken: 'xoxb-1', apiUrl, log: quiet }),
    renderer: { png: async () => PIXEL },
    isSample: false,
    settleMs: 30_000,
    workspaceId: () => 'T1',
    signal: new AbortController().signal,
  };
  const digests = createDigests({ ...told, write: writeEdition });
  const telling = createTelling(told);
  return {
    db,
    async poll(): Promise<void> {
      for (const { id } of sources) {
        await poller.pollSource(id);
        await watch.judge(id);
        judgeSource(db, id, dayOf(now()));
      }
      judgeExposure(db, dayOf(now()));
    },
    async tell(): Promise<void> {
      await digests.run();
      await telling.run();
    },
    end() {
      db.close();
    },
  };
}

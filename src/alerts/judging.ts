import type { Logger } from 'pino';
import { dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { noteStops } from '../recording/gaps.ts';
import { countPublicMessages } from '../recording/public-messages.ts';
import type { Source } from '../sources/source.ts';
import { judgeAway } from './away.ts';
import { createSentinels } from './sentinels.ts';
import { judgeSourceState } from './source-state.ts';
import { createWatch } from './watch.ts';

interface JudgingDeps {
  readonly db: Db;
  readonly sources: readonly Source[];
  /** The sentinels: `pypi:requests`, `docker:library/nginx`. */
  readonly references: readonly string[];
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** What is judged when: all that opens incidents and closes them. */
export interface Judging {
  /** What came in before the last stop, and was not judged by then. Never throws. */
  catchUp(): Promise<void>;
  /** What has come in from a source, and what keeps failing there. Never throws. */
  afterPoll(sourceId: string): Promise<void>;
  /** What is said in Slack, and who is away. */
  hourly(): Promise<void>;
}

export function createJudging({ references, ...deps }: JudgingDeps): Judging {
  const { db, sources, log, now } = deps;
  const watch = createWatch(deps);
  const sentinels = createSentinels({ ...deps, references });

  /** What goes wrong here is no failure of a poll, and does not end the process. */
  function judgeState(sourceId: string): void {
    try {
      judgeSourceState(db, sourceId, dayOf(now()));
    } catch (error) {
      log.error(
        { source: sourceId, err: error },
        'what fails or is vulnerable could not be judged',
      );
    }
  }

  return {
    async catchUp() {
      await watch.judge();
      for (const { id } of sources) judgeState(id);
    },
    async afterPoll(sourceId) {
      await sentinels.read(sourceId);
      await watch.judge(sourceId);
      judgeState(sourceId);
    },
    async hourly() {
      noteStops(db, now());
      countPublicMessages(db, now());
      await watch.judge('slack');
      judgeAway(db, now());
    },
  };
}

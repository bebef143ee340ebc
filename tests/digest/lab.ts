import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveSubscription, type WantedSubscription } from '../../db/subscriptions.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import type { Editor } from '../../src/digest/delivery.ts';
import { createDigests } from '../../src/digest.ts';
import { createPosts, type Posts } from '../../src/slack/posts.ts';
import { PIXEL, sample } from '../playground/server/workspace.ts';
import { quiet } from '../sources/cases.ts';
import { DUE, edition, SETTLE, weekly } from './edition.ts';

/** A clock that a test moves. */
function clockAt(iso: string) {
  let at = Date.parse(iso);
  return {
    now: () => at,
    go(ms: number) {
      at += ms;
    },
  };
}

interface Lab {
  readonly db: Db;
  readonly clock: ReturnType<typeof clockAt>;
  readonly digests: ReturnType<typeof createDigests>;
  /** Everything noted of digests, the oldest first. */
  rows(): Record<string, unknown>[];
}

/** Digests over a database in memory, for the Slack at `apiUrl`. */
export function startLab(
  apiUrl: string,
  options: {
    readonly botToken?: string;
    readonly wanted?: readonly WantedSubscription[];
    readonly write?: Editor;
    readonly db?: Db;
    readonly clock?: ReturnType<typeof clockAt>;
    readonly wrap?: (posts: Posts) => Posts;
  } = {},
): Lab {
  const { botToken = 'xoxb-playground', wanted = [weekly], write = () => edition() } = options;
  const { clock = clockAt(DUE), db = openDatabase(IN_MEMORY), wrap = (posts) => posts } = options;
  saveWorkspace(db, { ...sample.team, botUserId: 'UBOT' }, DUE);
  for (const one of wanted) saveSubscription(db, one);
  const digests = createDigests({
    db,
    log: quiet,
    now: clock.now,
    posts: wrap(createPosts({ botToken, apiUrl, log: quiet })),
    renderer: { png: async () => PIXEL },
    write,
    isSample: false,
    settleMs: SETTLE,
    workspaceId: () => 'T1',
    signal: new AbortController().signal,
  });
  const rows = () =>
    db
      .prepare(
        'SELECT due_at, ts, details_ts, sent_at, retry_at, outcome FROM digest ORDER BY due_at',
      )
      .all() as Record<string, unknown>[];
  return { db, clock, digests, rows };
}

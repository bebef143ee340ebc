import { setAlertPlace } from '../../db/alert-places.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { closeIncident, movementKey } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { createTelling } from '../../src/alerts/telling.ts';
import { createPosts } from '../../src/slack/posts.ts';
import { PIXEL } from '../playground/server/workspace.ts';
import { community, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import type { FakeSlack, Method } from '../slack/fake-slack.ts';
import { quiet } from '../sources/cases.ts';

export const MINUTE = 60_000;
export const SETTLE = 30_000;
const NOON = dayMs(TODAY) + 12 * 3_600_000;

/** A message that the fake Slack keeps. */
export interface Kept {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  text: string;
  blocks: string;
  readonly metadata: { readonly event_payload?: Readonly<Record<string, string>> };
}

/** A channel that keeps what is posted; `around` may answer otherwise, after or without the work. */
export function keepMessages(
  slack: FakeSlack,
  around: (name: string, work: Method) => Method = (_name, work) => work,
): Kept[] {
  const kept: Kept[] = [];
  const page: Method = (args) => ({
    ok: true,
    messages: kept.filter(({ thread }) => thread === args.get('ts')),
  });
  const methods: Readonly<Record<string, Method>> = {
    'conversations.history': page,
    'conversations.replies': page,
    'chat.postMessage': (args) => {
      const ts = `17000${String(kept.length).padStart(5, '0')}.000000`;
      kept.push({
        channel: args.get('channel') ?? '',
        ts,
        thread: args.get('thread_ts'),
        text: args.get('text') ?? '',
        blocks: args.get('blocks') ?? '',
        metadata: JSON.parse(args.get('metadata') ?? '{}'),
      });
      return { ok: true, ts };
    },
    'chat.update': (args) => {
      const found = kept.find(({ ts }) => ts === args.get('ts'));
      if (!found) return { ok: false, error: 'message_not_found' };
      found.text = args.get('text') ?? '';
      found.blocks = args.get('blocks') ?? '';
      return { ok: true, ts: found.ts };
    },
    'files.getUploadURLExternal': () => ({
      ok: true,
      upload_url: `${slack.apiUrl}upload`,
      file_id: 'F1',
    }),
    upload: () => ({}),
    'files.completeUploadExternal': () => ({ ok: true }),
    'files.info': () => ({ ok: true, file: { mimetype: 'image/png' } }),
  };
  for (const [name, work] of Object.entries(methods)) slack.methods[name] = around(name, work);
  return kept;
}

/** A package whose downloads dropped yesterday, and whoever tells it in the channel CGEN. */
export function startAlertLab(apiUrl: string) {
  const { db } = community();
  let now = NOON;
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
  packageIn(db, {
    name: 'low',
    from: addDays(TODAY, -100),
    downloads: [...steady(98, 100), 30, 30],
  });
  const subjectId = watching(db, 'pypi', 'low', { openedDay: addDays(TODAY, -1) });
  const fresh = () => tellingOf(db, apiUrl, () => now);
  let telling = fresh();
  return {
    db,
    /** Lets the minutes pass, and the job run in each. */
    async pass(minutes: number): Promise<void> {
      for (let minute = 0; minute < minutes; minute++) {
        await telling.run();
        now += MINUTE;
      }
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

function tellingOf(db: Db, apiUrl: string, now: () => number) {
  return createTelling({
    db,
    log: quiet,
    now,
    posts: createPosts({ botToken: 'xoxb-1', apiUrl, log: quiet }),
    renderer: { png: async () => PIXEL },
    isSample: false,
    settleMs: SETTLE,
    workspaceId: () => 'T1',
    signal: new AbortController().signal,
  });
}

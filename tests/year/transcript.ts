import type { WorkspaceServer } from '../../playground/server/index.ts';
import type { DigestPosts } from '../../src/slack/digest-posts.ts';
import { BOT, webClient } from '../playground/server/workspace.ts';
import { stamp } from './calendar.ts';

/** A message as Slack has it in the end, and when the bot posted it by the clock of the year. */
export interface Said {
  readonly ms: number;
  readonly channel: string;
  readonly isNote: boolean;
  readonly text: string;
  /** `Incident 1: open.` and the like, as they stand there now. */
  readonly states: readonly string[];
}

/** Posts that remember when they were made. */
export function dated(posts: DigestPosts, now: () => number) {
  const at = new Map<string, number>();
  return {
    at,
    posts: {
      ...posts,
      async post(...args: Parameters<DigestPosts['post']>) {
        const ts = await posts.post(...args);
        at.set(ts, now());
        return ts;
      },
    },
  };
}

/** Everything that Slack has of the bot, in the order in which it was posted. */
export async function saidIn(
  server: WorkspaceServer,
  channels: readonly string[],
  at: ReadonlyMap<string, number>,
): Promise<Said[]> {
  const client = webClient(server);
  const said: (Said & { readonly ts: string })[] = [];
  for (const channel of channels) {
    const { messages = [] } = await client.conversations.history({ channel, limit: 999 });
    for (const { ts: parent = '', reply_count } of messages) {
      const thread = reply_count
        ? (await client.conversations.replies({ channel, ts: parent, limit: 999 })).messages
        : messages.filter(({ ts }) => ts === parent);
      for (const { ts = '', user, text = '', blocks } of thread ?? []) {
        if (user !== BOT) continue;
        const states = JSON.stringify(blocks ?? []).match(/Incident \d+: [^"]*/g) ?? [];
        const ms = at.get(ts) ?? Number.NaN;
        said.push({ ms, ts, channel, isNote: ts !== parent, text, states });
      }
    }
  }
  return said.toSorted((a, b) => a.ts.localeCompare(b.ts));
}

/** `2026-01-28 08:00 CGEN Downloads of steps have been 60% below…` */
export function lineOf({ ms, channel, isNote, text, states }: Said): string {
  return [stamp(ms), channel, ...(isNote ? ['↳'] : []), text, ...states].join(' ');
}

import type { WorkspaceServer } from '../../playground/server/index.ts';
import type { Posts } from '../../src/slack/posts.ts';
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
export function dated(posts: Posts, now: () => number) {
  const at = new Map<string, number>();
  return {
    at,
    posts: {
      ...posts,
      async post(...args: Parameters<Posts['post']>) {
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

/** The first words of a message, the title of a digest. */
const FIRST_WORDS = 4;

export function isDigest({ text }: Said): boolean {
  return /^(Week of|More on|\d)/.test(text);
}

/** `2026-02-25 10:20 CGEN Downloads of outage were … Incident 2: recovered on 28 Feb 2026.` */
export function lineOf(said: Said): string {
  const { ms, channel, isNote, text, states } = said;
  const more = / And \d+ more\.$/.exec(text)?.[0].trim();
  const words = isNote
    ? ['↳', text]
    : isDigest(said)
      ? text.split(':').slice(0, 1)
      : [text.split(' ').slice(0, FIRST_WORDS).join(' '), '…', ...(more ? [more] : [])];
  return [stamp(ms), channel, ...words, ...states].join(' ');
}

/** The hour of the clocks in Berlin. */
export function hourInBerlin({ ms }: Said): number {
  const format = { timeZone: 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23' } as const;
  return Number(new Intl.DateTimeFormat('en-GB', format).format(ms));
}

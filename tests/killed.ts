import { pino } from 'pino';
import { openDatabase } from '../db/open.ts';
import { createPosts } from '../src/slack/posts.ts';

/** What a process that is to be killed tells with; the arguments are those of startChild. */
export function killedParts() {
  const [path = '', apiUrl = '', botToken = ''] = process.argv.slice(2);
  const log = pino({ level: 'silent' });
  return {
    db: openDatabase(path),
    log,
    posts: createPosts({ botToken, apiUrl, log }),
    renderer: { png: () => Promise.reject(new Error('nothing is drawn here')) },
    isSample: false,
    // Whoever was killed is not at work on anything any more.
    settleMs: 0,
    workspaceId: () => 'T1',
    signal: new AbortController().signal,
  };
}

/** Works at each instant that the test sends. */
export function workWhenTold(run: () => Promise<void>, setClock: (at: number) => void): void {
  process.on('message', async (instant: number) => {
    setClock(instant);
    await run();
    process.send?.('done');
  });
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}

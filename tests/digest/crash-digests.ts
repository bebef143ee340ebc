import { pino } from 'pino';
import { openDatabase } from '../../db/open.ts';
import { createDigests } from '../../src/digest.ts';
import { createPosts } from '../../src/slack/posts.ts';
import { edition } from './edition.ts';

/**
 * Digests in a process of their own, for crash.test.ts to kill: posts what is due at the instant it
 * is told, again and again.
 */
const [path = '', apiUrl = '', botToken = ''] = process.argv.slice(2);
const db = openDatabase(path);
const log = pino({ level: 'silent' });
let at = 0;
const digests = createDigests({
  db,
  log,
  now: () => at,
  posts: createPosts({ botToken, apiUrl, log }),
  renderer: { png: () => Promise.reject(new Error('nothing is drawn here')) },
  write: () => edition({ chart: () => undefined }),
  isSample: false,
  // Whoever was killed is not at work on anything any more.
  settleMs: 0,
  workspaceId: () => 'T1',
  signal: new AbortController().signal,
});

process.on('message', async (instant: number) => {
  at = instant;
  await digests.run();
  process.send?.('done');
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

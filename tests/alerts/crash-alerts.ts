import { pino } from 'pino';
import { openDatabase } from '../../db/open.ts';
import { createTelling } from '../../src/alerts/telling.ts';
import { createPosts } from '../../src/slack/posts.ts';

/** Alerts in a process of their own, for crash.test.ts to kill: tells what is open at an instant. */
const [path = '', apiUrl = '', botToken = ''] = process.argv.slice(2);
const db = openDatabase(path);
const log = pino({ level: 'silent' });
let at = 0;
const telling = createTelling({
  db,
  log,
  now: () => at,
  posts: createPosts({ botToken, apiUrl, log }),
  renderer: { png: () => Promise.reject(new Error('nothing is drawn here')) },
  isSample: false,
  // Whoever was killed is not at work on anything any more.
  settleMs: 0,
  workspaceId: () => 'T1',
  signal: new AbortController().signal,
});

process.on('message', async (instant: number) => {
  at = instant;
  await telling.run();
  process.send?.('done');
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

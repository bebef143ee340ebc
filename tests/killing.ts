import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkspaceServer } from '../playground/server/index.ts';
import type { Message } from '../playground/server/store/types.ts';

/** A process of a test's own, which works at each instant that it is sent, and says so. */
export async function startChild(
  script: string,
  path: string,
  { apiUrl, botToken }: WorkspaceServer,
): Promise<ChildProcess> {
  const child = fork(script, [path, apiUrl, botToken]);
  await once(child, 'message');
  return child;
}

/** Lets the process work at an instant, to its end. */
export async function work(child: ChildProcess, at: number): Promise<void> {
  child.send(at);
  await once(child, 'message');
}

/** Lets it begin, and kills it when `moment` has come, or a second is over. */
export async function killAt(
  child: ChildProcess,
  at: number,
  moment: () => Promise<void>,
): Promise<void> {
  const gone = once(child, 'exit');
  const came = moment();
  child.send(at);
  await Promise.race([came, sleep(1000)]);
  child.kill('SIGKILL');
  await gone;
}

/** The moment at which the `count`-th message from now on is posted, and its answer is on its way. */
export function atPost({ store }: WorkspaceServer, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    const end = store.feed.subscribe((change) => {
      if (change.type === 'posted') left -= 1;
      if (left > 0) return;
      end();
      resolve();
    });
  });
}

/** All that is posted from now on. */
export function postsOf({ store }: WorkspaceServer): Message[] {
  const posted: Message[] = [];
  store.feed.subscribe((change) => {
    if (change.type === 'posted') posted.push(change.message);
  });
  return posted;
}

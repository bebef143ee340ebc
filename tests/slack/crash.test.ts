import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/open.ts';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { startServer } from '../playground/server/workspace.ts';
import { random } from '../reports/random.ts';
import { recount, tables } from './history.ts';

const ROUNDS = 5;
const POSTS_A_ROUND = 60;

let folder: string;
let server: WorkspaceServer;
let bot: ChildProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-crash-'));
  server = await startServer({
    timing: { ackMs: 500, retryMs: Array(100).fill(100), processingMs: 1 },
  });
});

afterEach(async () => {
  bot.kill('SIGKILL');
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function startBot(): Promise<void> {
  const { apiUrl, botToken, appToken } = server;
  bot = fork(join(import.meta.dirname, 'crash-bot.ts'), [
    join(folder, 'crash.db'),
    apiUrl,
    botToken,
    appToken,
  ]);
  await once(bot, 'message');
}

async function stopBot(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const gone = once(bot, 'exit');
  bot.kill(signal);
  await gone;
}

/** Posts, edits and deletes in a public and a private channel; what must be left of it. */
async function talk(left: Map<string, string>, round: number): Promise<void> {
  const { messages } = server.store;
  for (let i = 0; i < POSTS_A_ROUND; i += 1) {
    const channel = i % 3 ? 'CGEN' : 'CSEC';
    const { ts } = messages.post({ channel, user: 'UADA', text: `${round}/${i}` });
    left.set(ts, `${round}/${i}`);
    if (i % 5 === 0) {
      messages.edit(channel, ts, { text: `${round}/${i} better` }, 'UADA');
      left.set(ts, `${round}/${i} better`);
    }
    if (i % 7 === 0) {
      messages.remove(channel, ts);
      left.delete(ts);
    }
    if (i % 10 === 9) await sleep(1);
  }
}

function standing(db: Db): Map<string, string> {
  const rows = db.prepare('SELECT ts, text FROM message WHERE is_deleted = 0').raw().all();
  return new Map(rows as [string, string][]);
}

test('killed at any point and started again, every event is in the tables exactly once', async () => {
  const next = random(5);
  const left = new Map<string, string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    await startBot();
    const talking = talk(left, round);
    await sleep(next() * 60);
    await stopBot('SIGKILL');
    await talking;
  }
  await startBot();
  const db = openDatabase(join(folder, 'crash.db'));
  const isSettled = () =>
    db.prepare('SELECT count(*) FROM inbox').pluck().get() === 0 &&
    db.prepare('SELECT count(*) FROM message').pluck().get() === ROUNDS * POSTS_A_ROUND;
  await expect.poll(isSettled, { timeout: 15_000 }).toBe(true);
  await expect.poll(() => standing(db), { timeout: 5000 }).toEqual(left);
  await stopBot('SIGTERM');

  expect(standing(db)).toEqual(left);
  expect(tables(db).counts).toEqual(recount(db));
  const total = db.prepare('SELECT sum(messages) FROM message_count').pluck().get();
  expect(total).toBe(left.size);
  db.close();
});

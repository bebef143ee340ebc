import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { saveSubscription } from '../../db/subscriptions.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import type { Message } from '../../playground/server/store/types.ts';
import { atPost, killAt, postsOf, startChild, work } from '../killing.ts';
import { sample, startServer } from '../playground/server/workspace.ts';
import { random } from '../reports/random.ts';
import { DAY, MINUTE, weekly } from './edition.ts';

/** More of them take longer: DIGEST_KILLS=200 npx vitest run tests/digest/crash.test.ts */
const KILLS = Number(process.env.DIGEST_KILLS ?? 4);
const SEED = Number(process.env.DIGEST_SEED ?? 1);
/** What is due in one turn takes about as long. */
const LONGEST_MS = 150;

let folder: string;
let server: WorkspaceServer;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-digests-'));
  server = await startServer({ timing: { processingMs: 1 } });
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'crash-digests.ts');
  child = await startChild(script, join(folder, 'crash.db'), server);
  return child;
}

test(
  'killed at any point, every digest is in its channel once, with its details once',
  async () => {
    const next = random(SEED);
    // A day for each kill, all of them before the server's today.
    let at = Math.floor(Date.now() / DAY) * DAY - (KILLS + 1) * DAY + weekly.minute * MINUTE;
    const since = new Date(at - 1).toISOString();
    const db = openDatabase(join(folder, 'crash.db'));
    saveWorkspace(db, { ...sample.team, botUserId: 'UBOT' }, since);
    for (const channelId of ['CGEN', 'CSEC']) {
      saveSubscription(db, { ...weekly, channelId, every: 'day', zone: 'UTC', since });
    }
    const posted = postsOf(server);
    const open = db.prepare('SELECT count(*) FROM digest WHERE outcome IS NULL').pluck();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await killAt(await start(), at, () =>
        next() < 0.5 ? atPost(server, 1 + Math.floor(next() * 4)) : sleep(next() * LONGEST_MS),
      );
      // What is open is gone on with a minute later; what is done makes way for the next day.
      at += Number(open.get()) > 0 ? MINUTE : DAY - ((at - weekly.minute * MINUTE) % DAY);
    }
    const last = await start();
    for (let turn = 0; turn < 2; turn += 1) {
      await work(last, at + turn * MINUTE);
    }
    const rows = db
      .prepare('SELECT id, outcome, ts, details_ts AS detailsTs FROM digest')
      .all() as { id: string; outcome: string; ts: string; detailsTs: string }[];
    expect(rows.length).toBeGreaterThanOrEqual(2);
    const marks = posted.map(({ metadata }) => JSON.stringify(metadata?.event_payload));
    expect(new Set(marks).size).toBe(marks.length);
    for (const { id, outcome, ts, detailsTs } of rows) {
      const isOf = (part: string) => (message: Message) =>
        JSON.stringify(message.metadata?.event_payload) === JSON.stringify({ id, part });
      expect([outcome, ts, detailsTs]).toEqual([
        'posted',
        posted.find(isOf('message'))?.ts,
        posted.find(isOf('details'))?.ts,
      ]);
      expect(posted.find(isOf('details'))?.threadTs).toBe(ts);
    }
    expect(posted).toHaveLength(2 * rows.length);
    db.close();
  },
  30_000 + KILLS * 2000,
);

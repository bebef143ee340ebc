import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setAlertPlace } from '../db/alert-places.ts';
import { ensureSubject, setTracked } from '../db/subjects.ts';
import { saveWorkspace } from '../db/workspaces.ts';
import type { WorkspaceServer } from '../playground/server/index.ts';
import { createDigestPosts } from '../src/slack/digest-posts.ts';
import { BOT, sample, startServer } from './playground/server/workspace.ts';
import { random } from './reports/random.ts';
import { quiet } from './sources/cases.ts';
import { FIRST, stamp, steps } from './year/calendar.ts';
import { images, packages } from './year/happenings.ts';
import { begin, type Life } from './year/life.ts';
import { dated, lineOf, saidIn } from './year/transcript.ts';

const SECRET = ['COPS', 'CDAY'];
let folder: string;
let server: WorkspaceServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
  const channel = (id: string) => ({
    id,
    name: id.toLowerCase(),
    isPrivate: SECRET.includes(id),
    topic: '',
    members: ['UADA', BOT],
  });
  const channels = ['CGEN', ...SECRET].map(channel);
  server = await startServer({
    sample: { ...sample, channels, messages: [] },
    timing: { processingMs: 0 },
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** What people do, by the minute. */
const wishes: Readonly<Record<string, (life: Life) => unknown>> = {
  '2025-09-01 10:20': (life) => desk(life, 'CGEN').subscribe({ every: 'week', minute: 540 }),
  '2026-03-02 12:59': (life) =>
    desk(life, 'CDAY').subscribe({
      every: 'day',
      minute: 900,
      whenQuiet: 'nothing',
      sections: ['releases'],
      subjectIds: [ensureSubject(life.db, 'pypi', 'bursts', 'bursts').id],
    }),
  '2026-04-01 13:00': (life) => desk(life, 'CDAY').subscribe({ every: 'day', whenQuiet: 'line' }),
  '2026-04-08 10:20': (life) => desk(life, 'CDAY').unsubscribe('day'),
  '2026-06-17 13:00': (life) =>
    desk(life, 'CGEN').subscribe({ every: 'week', zone: 'America/New_York' }),
};

function desk({ digests }: Life, channelId: string) {
  return digests.deskFor({ workspaceId: 'T1', userId: 'UADA', channelId }, async () => {});
}

function prepare({ db }: Life): void {
  const since = `${FIRST}T00:00:00.000Z`;
  saveWorkspace(db, { ...sample.team, botUserId: BOT }, since);
  const tracked = [
    ...Object.keys(packages).map((name) => ['pypi', name] as const),
    ...Object.keys(images).map((name) => ['docker', name] as const),
  ];
  for (const [source, name] of tracked) {
    setTracked(db, ensureSubject(db, source, name, name).id, since);
  }
  const place = { zone: 'Europe/Berlin', userId: 'UADA' };
  setAlertPlace(db, 'T1', 'alerts', { ...place, channelId: 'CGEN' });
  setAlertPlace(db, 'T1', 'admin', { ...place, channelId: 'COPS' });
}

/** The process is not there: from four to two on a Monday. */
function isOff(ms: number): boolean {
  return stamp(ms) >= '2026-02-09 04:00' && stamp(ms) < '2026-02-09 14:00';
}

/** Lives through the year; answers when each message was posted. */
async function live(): Promise<{ at: ReadonlyMap<string, number>; lives: number }> {
  let clock = 0;
  const now = () => clock;
  const { posts, at } = dated(
    createDigestPosts({ botToken: server.botToken, apiUrl: server.apiUrl, log: quiet }),
    now,
  );
  const next = random(2025);
  const path = join(folder, 'year.db');
  let life: Life | undefined;
  let lives = 0;
  for (const { ms, source, isHourly } of steps()) {
    clock = ms;
    if (isOff(ms)) {
      life?.stop();
      life = undefined;
      continue;
    }
    if (life === undefined) {
      life = await begin(path, { now, posts });
      if (lives++ === 0) prepare(life);
    }
    await wishes[stamp(ms)]?.(life);
    if (source) {
      await life.poller.pollSource(source);
      // Stopped between a poll and what follows it; begun again, the watch goes on with it.
      if (next() < 0.01) {
        life.stop();
        life = await begin(path, { now, posts });
        lives++;
      } else await life.afterPoll(source);
    }
    if (isHourly) await life.hourly();
    await life.minute();
    // What the jobs find to say about what they have just said.
    if (source) await life.minute();
    if (next() < 0.005) {
      life.stop();
      life = undefined;
    }
  }
  life?.stop();
  return { at, lives };
}

test('a year, from the polls to what is said in Slack', async () => {
  const { at, lives } = await live();
  const said = await saidIn(server, ['CGEN', ...SECRET], at);
  console.log(lives, said.map((x) => lineOf(x).slice(0, 330)).join('\n'));
  expect(said.length).toBeGreaterThan(3);
}, 120_000);

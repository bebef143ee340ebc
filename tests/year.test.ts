import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setAlertPlace } from '../db/alert-places.ts';
import { listAlertSeries } from '../db/alert-series.ts';
import { addDays } from '../db/days.ts';
import { openDatabase } from '../db/open.ts';
import { ensureSubject, setTracked } from '../db/subjects.ts';
import { saveWorkspace } from '../db/workspaces.ts';
import type { WorkspaceServer } from '../playground/server/index.ts';
import { createPosts } from '../src/slack/posts.ts';
import { BOT, sample, startServer } from './playground/server/workspace.ts';
import { random } from './reports/random.ts';
import { quiet } from './sources/cases.ts';
import { FIRST, LAST, stamp, steps } from './year/calendar.ts';
import { expected } from './year/expected.ts';
import { images, packages } from './year/happenings.ts';
import { begin, type Life } from './year/life.ts';
import { dated, hourInBerlin, isDigest, lineOf, type Said, saidIn } from './year/transcript.ts';

const SECRET = ['COPS', 'CDAY'];
let folder: string;
let server: WorkspaceServer;
const path = () => join(folder, 'year.db');
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
    createPosts({ botToken: server.botToken, apiUrl: server.apiUrl, log: quiet }),
    now,
  );
  const next = random(2025);
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
      life = await begin(path(), { now, posts });
      if (lives++ === 0) prepare(life);
    }
    await wishes[stamp(ms)]?.(life);
    if (source) {
      await life.poller.pollSource(source);
      // Stopped between a poll and what follows it; begun again, the watch goes on with it.
      if (next() < 0.01) {
        life.stop();
        life = await begin(path(), { now, posts });
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

let lives: number;
let said: readonly Said[];
beforeAll(async () => {
  const lived = await live();
  lives = lived.lives;
  said = await saidIn(server, ['CGEN', ...SECRET], lived.at);
}, 240_000);

test('a year is told in Slack, each thing once and nothing else', async () => {
  (await import('node:fs')).writeFileSync('/tmp/gs/lines.json', JSON.stringify(said.map(lineOf)));
  expect(said.map(lineOf)).toEqual(expected);
  expect(lives).toBeGreaterThan(20);
});

test('no alert is posted at night', () => {
  const hours = said.filter((one) => !isDigest(one)).map(hourInBerlin);
  expect(hours.length).toBeGreaterThan(5);
  expect(Math.min(...hours)).toBeGreaterThanOrEqual(7);
  expect(Math.max(...hours)).toBeLessThan(22);
});

test('a digest comes on every Monday, at nine by the clocks of its zone', () => {
  const weekly = said.filter(({ text }) => text.startsWith('Week of'));
  expect(weekly.map(({ ms }) => stamp(ms))).toEqual(mondays());
});

/** Nine in Berlin, later in New York; once the process was off until two. */
function mondays(): string[] {
  const due: string[] = [];
  for (let day = addDays(FIRST, 7); day <= LAST; day = addDays(day, 7)) {
    const isWinter = day >= '2025-10-26' && day < '2026-03-29';
    const inBerlin = isWinter ? '08:00' : '07:00';
    const usual = day > '2026-06-17' ? '13:00' : inBerlin;
    due.push(`${day} ${day === '2026-02-09' ? '14:00' : usual}`);
  }
  return due;
}

test('what happens to all of a source is put on hold, and asked for again', () => {
  const db = openDatabase(path());
  const suspect = db
    .prepare(
      "SELECT concat_ws(' ', day, metric) FROM suspect_day WHERE asked_at > day ORDER BY day",
    )
    .pluck()
    .all();
  const standings = listAlertSeries(db).map((one) => [one.subjectName, one.standing]);
  db.close();
  expect(suspect).toEqual([
    // One counter stood still while another was low: to the third and fourth, that is the source.
    '2026-03-04 docker.pulls',
    '2026-06-09 pypi.downloads',
    '2026-06-10 pypi.downloads',
    // The evening's totals are missing.
    '2026-07-07 docker.pulls',
  ]);
  const names = [...Object.keys(packages), ...Object.keys(images)];
  expect(Object.fromEntries(standings)).toEqual({
    ...Object.fromEntries(names.map((name) => [name, 'normal'])),
    tiny: 'small',
  });
});

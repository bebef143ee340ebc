import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlertSeries } from '../db/alert-series.ts';
import { addDays } from '../db/days.ts';
import { openDatabase } from '../db/open.ts';
import type { WorkspaceServer } from '../playground/server/index.ts';
import { createPosts } from '../src/slack/posts.ts';
import { BOT, sample, startServer } from './playground/server/workspace.ts';
import { random } from './reports/random.ts';
import { FIRST, LAST, stamp, steps } from './year/calendar.ts';
import { expected } from './year/expected.ts';
import { images, packages } from './year/happenings.ts';
import { begin, type Life } from './year/life.ts';
import { prepare, wishes } from './year/people.ts';
import { dated, hourInBerlin, isDigest, lineOf, type Said, saidIn } from './year/transcript.ts';

const SECRET = ['COPS', 'CDAY'];
let folder: string;
let server: WorkspaceServer;
/** What the bot complains of. */
const errors: string[] = [];
const log = pino({ level: 'error' }, { write: (line) => errors.push(line) });
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

/** The process is not there: from four to two on a Monday. */
function isOff(ms: number): boolean {
  return stamp(ms) >= '2026-02-09 04:00' && stamp(ms) < '2026-02-09 14:00';
}

/** Lives through the year; answers when each message was posted. */
async function live(): Promise<{ at: ReadonlyMap<string, number>; lives: number }> {
  let clock = 0;
  const now = () => clock;
  const { posts, at } = dated(
    createPosts({ botToken: server.botToken, apiUrl: server.apiUrl, log }),
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
      life = await begin(path(), { now, posts, log });
      if (lives++ === 0) prepare(life);
    }
    await wishes[stamp(ms)]?.(life);
    if (source) {
      await life.poller.pollSource(source);
      // Stopped between a poll and what follows it; begun again, the watch goes on with it.
      if (next() < 0.015) {
        life.stop();
        life = await begin(path(), { now, posts, log });
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

test('a year is told in Slack, each thing once and nothing else', () => {
  expect(errors).toEqual([]);
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

test('what happens to all of a source is put on hold, and asked for again where the past is told', () => {
  const db = openDatabase(path());
  const suspect = db
    .prepare(
      `SELECT concat_ws(' ', day, metric, iif(asked_at > day, 'asked again', NULL))
       FROM suspect_day ORDER BY day`,
    )
    .pluck()
    .all();
  const standings = listAlertSeries(db).map((one) => [one.subjectName, one.standing]);
  db.close();
  expect(suspect).toEqual([
    // One counter stood still while another was low: to the third and fourth, that is the source.
    '2026-03-04 docker.pulls',
    '2026-06-09 pypi.downloads asked again',
    '2026-06-10 pypi.downloads asked again',
    // The evening's totals are missing.
    '2026-07-07 docker.pulls',
  ]);
  const names = [...Object.keys(packages), ...Object.keys(images)];
  expect(Object.fromEntries(standings)).toEqual({
    ...Object.fromEntries(names.map((name) => [name, 'normal'])),
    tiny: 'small',
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { daysBetween } from '../../db/days.ts';
import { openDatabase } from '../../db/open.ts';
import { ensureSubject, setTracked } from '../../db/subjects.ts';
import { saveSubscription } from '../../db/subscriptions.ts';
import { saveWorkspace } from '../../db/workspaces.ts';
import { DAY, HOUR, MINUTE, weekly } from '../digest/edition.ts';
import { sample } from '../playground/server/workspace.ts';
import { random } from '../reports/random.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { keepMessages } from '../slack/kept-messages.ts';
import { startProcess } from './process.ts';
import { at, DAYS, FIRST, tracked } from './sources.ts';

const START = Date.parse(`${FIRST}T00:01Z`);
/** Hours in which something happens: polls, digests, the end of the night. */
const POLLS = [2, 14];
const HOURS = [2, 5, 6, 7, 8, 13, 14, 20];
/** On this day nobody is there from three to two in the afternoon: the digest is late. */
const OFF = at(189);
/** The subscription moves from Berlin to New York. */
const MOVED = at(360);

let slack: FakeSlack;
let folder: string;
let now: number;
/** What was posted: when, where (a thread is marked), and what. */
let posted: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-year-'));
  slack = await startFakeSlack();
  slack.methods['conversations.info'] = () => ({ ok: true, channel: { is_private: false } });
  now = START;
  posted = [];
  keepMessages(slack, (name, work) => (args) => {
    if (name === 'chat.postMessage') {
      const where = `${args.get('channel')}${args.get('thread_ts') ? ' thread' : ''}`;
      const when = new Date(now).toISOString().slice(0, 16);
      posted.push(`${when} ${where}: ${args.get('text')}`);
    }
    return work(args);
  });
});
afterEach(async () => {
  await slack.stop();
  rmSync(folder, { recursive: true });
});

function prepare(path: string): void {
  const db = openDatabase(path);
  const since = new Date(now).toISOString();
  saveWorkspace(db, { ...sample.team, botUserId: 'UBOT' }, since);
  for (const reference of tracked) {
    const [source = '', key = ''] = reference.split(':');
    setTracked(db, ensureSubject(db, source, key, key).id, since);
  }
  const place = { zone: 'Europe/Berlin', userId: 'UADA' };
  setAlertPlace(db, 'T1', 'alerts', { ...place, channelId: 'CALERT' });
  setAlertPlace(db, 'T1', 'admin', { ...place, channelId: 'CADMIN' });
  saveSubscription(db, { ...weekly, channelId: 'CWEEK', since });
  db.close();
}

/** The Mondays of the year, each at nine by the clocks of the zone that holds then. */
function mondays(): string[] {
  return Array.from({ length: DAYS }, (_, age) => at(age))
    .filter((day) => new Date(day).getUTCDay() === 1 && day >= FIRST)
    .map((day) => {
      if (day === OFF) return `${day}T14:01`;
      const isSummer = day < '2025-10-26' || day >= '2026-03-29';
      if (day >= MOVED) return `${day}T13:01`;
      return `${day}T${isSummer ? '07' : '08'}:01`;
    });
}

test('four hundred days: what is to be told is told once, at its time, and nothing else', async () => {
  const next = random(11);
  const path = join(folder, 'year.db');
  prepare(path);
  let running = startProcess(path, slack.apiUrl, () => now);
  for (let age = 0; age < DAYS; age++) {
    const day = at(age);
    for (const hour of HOURS) {
      now = START + age * DAY + hour * HOUR;
      if (day === OFF && hour >= 3 && hour < 14) continue;
      if (next() < 0.02) {
        running.end();
        running = startProcess(path, slack.apiUrl, () => now);
      }
      if (day === MOVED && hour === HOURS[0]) {
        const since = new Date(now).toISOString();
        const moved = { ...weekly, channelId: 'CWEEK', zone: 'America/New_York', since };
        saveSubscription(running.db, moved);
      }
      if (POLLS.includes(hour)) await running.poll();
      await running.tell();
      now += MINUTE;
      await running.tell();
    }
  }
  running.end();

  const digests = posted.filter((line) => line.includes(' CWEEK: '));
  expect(digests.map((line) => line.slice(0, 16))).toEqual(mondays());
  expect(new Set(digests.map((line) => line.slice(17))).size).toBe(digests.length);
  const told = posted.filter((line) => !line.includes(' CWEEK'));
  // Nothing of what only looked like a drop, and nothing between 22:00 and 7:00 in Berlin.
  expect(told.map(ageOf)).toEqual([
    '202T06:01 CALERT: Downloads of falls have been 58% below usual since 20 Mar 2026.',
    '230T05:01 CALERT thread: Incident 1 (downloads of falls) is over: taken for the new level on 18 Apr 2026.',
    '251T05:01 CALERT: Downloads of breaks have been 100% below usual since 9 May 2026.',
    '255T05:01 CALERT thread: Incident 2 (downloads of breaks) is over: back on 13 May 2026.',
    '322T05:01 CALERT: Downloads of twin-a have been 71% below usual since 18 Jul 2026. And 1 more.',
    '334T05:01 CALERT thread: Incident 3 (downloads of twin-a) is over: back on 31 Jul 2026.',
    '334T05:01 CALERT thread: Incident 4 (downloads of twin-b) is over: back on 31 Jul 2026.',
    '341T05:01 CADMIN: PyPI keeps failing: 8 readings have gone wrong three times in a row.',
    '341T14:02 CADMIN thread: PyPI works again: incident 5 is over.',
    '382T05:01 CALERT: Pulls of x/stalls have been 75% below usual since 16 Sep 2026.',
  ]);
}, 180_000);

/** The number of the day in place of its date. */
function ageOf(line: string): string {
  return `${daysBetween(FIRST, line.slice(0, 10))}${line.slice(10)}`;
}

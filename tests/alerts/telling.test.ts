import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { alertPlaceOf, setAlertPlace } from '../../db/alert-places.ts';
import { claimAlertPosts } from '../../db/alert-posts.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { type IncidentOutcome, movementKey } from '../../db/incident.ts';
import { acknowledgeIncident, closeIncident, voteOnIncident } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { createPosts, type Posts } from '../../src/slack/posts.ts';
import { pageOf, startServer, webClient } from '../playground/server/workspace.ts';
import { community, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import { quiet } from '../sources/cases.ts';
import { MINUTE, tellingOf } from './lab.ts';

const NOON = dayMs(TODAY) + 12 * 3_600_000;

let server: WorkspaceServer;
beforeAll(async () => {
  server = await startServer({ timing: { processingMs: 1 } });
});
afterAll(() => server.stop());

let db: Db;
let now: number;
let unique = 0;
beforeEach(() => {
  now = NOON;
  ({ db } = community());
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
});

/** A package whose fall was noticed yesterday, by a name that no other test has. */
function falls(): { readonly name: string; readonly subjectId: number } {
  const name = `low-${unique++}-`;
  const downloads = [...steady(98, 100), 30, 30];
  packageIn(db, { name, from: addDays(TODAY, -100), downloads });
  return { name, subjectId: watching(db, 'pypi', name, { openedDay: addDays(TODAY, -1) }) };
}

const real = () => createPosts({ botToken: 'xoxb-playground', apiUrl: server.apiUrl, log: quiet });

const telling = (posts: Posts = real()) => tellingOf(db, posts, () => now);

async function run(times = 1): Promise<void> {
  const one = telling();
  for (let time = 0; time < times; time++) {
    await one.run();
    now += MINUTE;
  }
}

/** What the bot has said of a name in the channel, or in a thread. */
async function said(name: string, thread?: string, channel = 'CGEN') {
  const more = thread === undefined ? '' : `&thread=${thread}`;
  const { messages } = await pageOf(server, 'UADA').messages(channel, more);
  return messages.filter(
    ({ user, ts, text }) => user === 'UBOT' && ts !== thread && text.includes(name),
  );
}

const over = (subjectId: number, outcome: IncidentOutcome = 'recovered') =>
  closeIncident(db, movementKey('drop', { subjectId, metric: 'pypi.downloads' }), TODAY, outcome);

describe('a fall', () => {
  test('is told once, with picture and buttons', async () => {
    const { name } = falls();
    await run(3);
    const [message, ...others] = await said(name);
    expect(others).toEqual([]);
    expect(message?.text).toContain(`Downloads of ${name} have been 70% below usual`);
    const blocks = JSON.stringify(message?.blocks);
    expect(blocks).toContain('"type":"image"');
    for (const label of ['Acknowledge', 'Snooze', '1 day', '30 days', 'Not useful']) {
      expect(blocks).toContain(label);
    }
  });

  test('is brought up to date in place, with its history in the thread', async () => {
    const { name, subjectId } = falls();
    await run();
    const [message] = await said(name);
    voteOnIncident(db, 1, { workspaceId: 'T1', userId: 'UBO', isUseful: true, votedAt: '' });
    await run(2);
    expect(await said(name, message?.ts)).toEqual([]);
    acknowledgeIncident(db, 1, 'UADA');
    await run(2);
    over(subjectId);
    await run(3);
    const [updated, ...others] = await said(name);
    expect(others).toEqual([]);
    expect(updated?.ts).toBe(message?.ts);
    expect(JSON.stringify(updated?.blocks)).toMatch(
      /over since 22 Nov 2026; votes: 1 useful, 0 not useful/,
    );
    expect(JSON.stringify(updated?.blocks)).not.toContain('Acknowledge');
    expect((await said(name, message?.ts)).map(({ text }) => text)).toEqual([
      `Somebody acknowledged incident 1 (downloads of ${name}).`,
      `Incident 1 is over. Downloads of ${name} were 70% below usual on 20 Nov 2026 (about 30 a day instead of 100), and the alert is over, though 21 Nov was still 70% below usual.`,
    ]);
  });

  test('is told with those that fell with it', async () => {
    const [first, second] = [falls(), falls()];
    await run(2);
    const [message, ...others] = await said(first.name);
    expect(others).toEqual([]);
    expect(JSON.stringify(message?.blocks)).toContain(`Downloads of ${second.name} have been`);
  });

  test('ends in the order in which those with it are shown', async () => {
    const all = [falls(), falls(), falls(), falls(), falls()];
    await run();
    const [message] = await said(all[0]?.name ?? '');
    for (const { subjectId } of all) over(subjectId);
    await run(2);
    const notes = await said('Incident', message?.ts);
    expect(notes.map(({ text }) => /^Incident (\d)/.exec(text)?.[1])).toEqual([...'12345']);
  });

  test('waits for the morning; over by then, it is no news', async () => {
    const [waits, passes] = [falls(), falls()];
    setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'Asia/Tokyo', userId: 'UADA' });
    now = NOON + 2 * 3_600_000;
    await run(2);
    expect(await said(waits.name)).toEqual([]);
    over(passes.subjectId);
    now = NOON + 10 * 3_600_000;
    await run(2);
    expect(await said(waits.name)).toHaveLength(1);
    expect(await said(passes.name)).toEqual([]);
  });

  test('is told nowhere when nobody chose a channel, and in the chosen one later', async () => {
    const { name } = falls();
    setAlertPlace(db, 'T1', 'alerts', undefined);
    await run(2);
    setAlertPlace(db, 'T1', 'alerts', { channelId: 'CSEC', zone: 'UTC', userId: 'UADA' });
    await run(2);
    expect(await said(name)).toEqual([]);
    expect(await said(name, undefined, 'CSEC')).toHaveLength(1);
  });
});

test('one that was long open when it was found is not posted', async () => {
  const { name, subjectId } = falls();
  db.prepare('UPDATE incident SET is_news = 0 WHERE subject_id = ?').run(subjectId);
  const news = falls();
  await run(2);
  expect(await said(name)).toEqual([]);
  expect(await said(news.name)).toHaveLength(1);
});

describe('one that opens again', () => {
  const again = (name: string) => {
    watching(db, 'pypi', name, { openedDay: addDays(TODAY, -1) });
  };

  test('is shown so in the message that told it', async () => {
    const { name, subjectId } = falls();
    await run();
    over(subjectId, 'not watched');
    await run(2);
    again(name);
    await run(3);
    const [message, ...others] = await said(name);
    expect(others).toEqual([]);
    expect(JSON.stringify(message?.blocks)).toContain('Acknowledge');
    expect((await said(name, message?.ts)).map(({ text }) => text)).toEqual([
      `Incident 1 is over. Downloads of ${name} were 70% below usual from 20 to 21 Nov 2026 (about 30 a day instead of 100), and are no longer watched.`,
      `Incident 1 (downloads of ${name}) is open again.`,
    ]);
  });

  test('is told when it was not before', async () => {
    const { name, subjectId } = falls();
    const at = new Date(now).toISOString();
    claimAlertPosts(db, 'T1', { channelId: 'CGEN', kinds: ['drop'], midnight: at }, at);
    over(subjectId, 'not watched');
    await run(2);
    expect(await said(name)).toEqual([]);
    again(name);
    await run(2);
    expect(await said(name)).toHaveLength(1);
  });
});

test('a message that somebody deleted is followed no more', async () => {
  const { name, subjectId } = falls();
  await run();
  const [message] = await said(name);
  await webClient(server).chat.delete({ channel: 'CGEN', ts: message?.ts ?? '' });
  over(subjectId);
  await run(3);
  expect(await said(name)).toEqual([]);
  expect(alertPlaceOf(db, 'T1', 'alerts')).toBeDefined();
  expect(db.prepare('SELECT outcome FROM alert_post').pluck().all()).toEqual(['refused']);
});

test('two processes tell a fall, and what becomes of it, once', async () => {
  const { name, subjectId } = falls();
  const both = [telling(), telling()];
  for (const change of [() => {}, () => over(subjectId)]) {
    change();
    for (let time = 0; time < 3; time++) await Promise.all(both.map((one) => one.run()));
  }
  const messages = await said(name);
  expect(messages).toHaveLength(1);
  expect(await said(name, messages[0]?.ts)).toHaveLength(1);
});

test('a channel that takes no message is given up, and the next one gets it', async () => {
  const { name } = falls();
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CHID', zone: 'UTC', userId: 'UADA' });
  await run(3);
  expect(alertPlaceOf(db, 'T1', 'alerts')).toBeUndefined();
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
  await run(3);
  expect(await said(name)).toHaveLength(1);
});

test('a channel that is chosen while the one before says no is kept', async () => {
  falls();
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CHID', zone: 'UTC', userId: 'UADA' });
  const place = { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' };
  const posts = real();
  await telling({
    ...posts,
    async post(...args) {
      setAlertPlace(db, 'T1', 'alerts', place);
      return posts.post(...args);
    },
  }).run();
  expect(alertPlaceOf(db, 'T1', 'alerts')).toEqual(place);
});

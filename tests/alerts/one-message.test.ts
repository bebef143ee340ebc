import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { acknowledgeIncident, openIncident } from '../../db/incidents.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { community, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { MINUTE, recover, tellFor } from './lab.ts';

const HOUR = 60 * MINUTE;
const YESTERDAY = addDays(TODAY, -1);

let slack: FakeSlack;
let kept: Kept[];
let now: number;
let db: ReturnType<typeof community>['db'];
beforeEach(async () => {
  slack = await startFakeSlack();
  kept = keepMessages(slack);
  ({ db } = community());
  now = dayMs(TODAY) + 12 * HOUR;
  chosen('COLD', 'UTC');
});
afterEach(() => slack.stop());

const chosen = (channelId: string, zone: string) =>
  setAlertPlace(db, 'T1', 'alerts', { channelId, zone, userId: 'UADA' });

async function run(times = 3): Promise<void> {
  now = await tellFor(db, slack, now, times);
}

function drops(name: string): number {
  const downloads = [...steady(98, 100), 30, 30];
  packageIn(db, { name, from: addDays(TODAY, -100), downloads });
  return watching(db, 'pypi', name, { openedDay: YESTERDAY });
}

const vulnerable = (subjectId: number) =>
  openIncident(db, { kind: 'vulnerable', source: 'pypi', subjectId, openedDay: YESTERDAY });
const over = (subjectId: number) => recover(db, subjectId);

const messages = () => kept.filter(({ thread }) => thread === null);
const notes = () => kept.filter(({ thread }) => thread !== null);

test('a day is that of the channel’s clocks', async () => {
  chosen('COLD', 'America/Los_Angeles');
  now = dayMs(TODAY) + 23.5 * HOUR;
  const subjectId = drops('one');
  await run();
  now += HOUR;
  vulnerable(subjectId);
  await run();
  expect(messages()).toHaveLength(1);
  expect(notes()).toHaveLength(1);
});

test('what could not be posted before the night is of the next day', async () => {
  now = dayMs(TODAY) + 21 * HOUR + 57 * MINUTE;
  const post = slack.methods['chat.postMessage'];
  slack.methods['chat.postMessage'] = () => ({ ok: false, error: 'internal_error' });
  const subjectId = drops('one');
  await run();
  if (post) slack.methods['chat.postMessage'] = post;
  now = dayMs(TODAY) + 31 * HOUR;
  await run();
  vulnerable(subjectId);
  await run();
  expect(messages()).toHaveLength(1);
  now += 24 * HOUR;
  drops('two');
  await run();
  expect(messages()).toHaveLength(2);
});

test('of two incidents of a subject that join a message, the channel sees the first', async () => {
  drops('one');
  await run();
  vulnerable(drops('two'));
  await run(4);
  expect(messages()).toHaveLength(1);
  expect(notes()).toHaveLength(2);
  expect(slack.calls.filter((call) => call.includes('reply_broadcast=true'))).toHaveLength(1);
});

test('the picture stands with the incident that it shows', async () => {
  vulnerable(ensureSubject(db, 'pypi', 'old', 'old').id);
  drops('one');
  await run();
  const [message] = messages();
  const blocks = JSON.parse(message?.blocks ?? '[]') as { type: string; alt_text?: string }[];
  expect(blocks.map(({ type }) => type).indexOf('image')).toBeGreaterThan(
    blocks.findIndex(({ type }) => type === 'actions'),
  );
  expect(blocks.find(({ type }) => type === 'image')?.alt_text).toContain('Downloads of one');
});

test('a picture that can’t be drawn anew stays as it was', async () => {
  drops('one');
  await run();
  slack.methods['files.getUploadURLExternal'] = () => ({ ok: false, error: 'internal_error' });
  acknowledgeIncident(db, 1, 'UADA');
  await run();
  expect(messages()[0]?.blocks).toContain('acknowledged');
  expect(messages()[0]?.blocks).toContain('"image"');
});

test('a message that is out keeps its thread when another channel is chosen', async () => {
  const subjectId = drops('one');
  await run();
  chosen('CNEW', 'UTC');
  over(subjectId);
  await run();
  expect(notes().map(({ channel, text }) => [channel, /is over/.test(text)])).toEqual([
    ['COLD', true],
  ]);
  expect(messages()).toHaveLength(1);
});

test('an incident that can not be put into words holds up no other', async () => {
  drops('one');
  db.exec("UPDATE incident SET opened_day = '2026-11-xx'");
  drops('two');
  await run(9);
  expect(messages()).toHaveLength(1);
  expect(messages()[0]?.blocks).toContain('(downloads of one) could not be put into words');
  expect(messages()[0]?.blocks).toContain('two');
});

test('what is out stays while its words fail for once, and is brought up to date later', async () => {
  drops('one');
  await run();
  const [before] = messages().map(({ blocks }) => blocks);
  db.exec('ALTER TABLE github_release RENAME TO elsewhere');
  watching(db, 'pypi', 'one', { judgedThrough: TODAY });
  await run(3);
  expect(messages()[0]?.blocks).toBe(before);
  db.exec('ALTER TABLE elsewhere RENAME TO github_release');
  acknowledgeIncident(db, 1, 'UADA');
  await run(15);
  expect(messages()[0]?.blocks).toContain('acknowledged');
});

test('many that join a message at once are one note', async () => {
  drops('one');
  await run();
  for (const name of ['a', 'b', 'c', 'd', 'e']) drops(name);
  await run(9);
  expect(messages()).toHaveLength(1);
  expect(notes().map(({ text }) => text)).toEqual([
    '5 more incidents: downloads of a, downloads of b, downloads of c and 2 more.',
  ]);
});

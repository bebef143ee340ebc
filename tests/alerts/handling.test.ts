import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { addDays, DAY_MS } from '../../db/days.ts';
import { movementKey } from '../../db/incident.ts';
import { closeIncident, incidentById, wakeIncidents } from '../../db/incidents.ts';
import { saveUser } from '../../db/users.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { changesOf } from '../../src/alerts/changes.ts';
import { createAlertDesk } from '../../src/alerts/desk.ts';
import { shownOf } from '../../src/alerts/shown.ts';
import { createPosts } from '../../src/slack/posts.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { quiet } from '../sources/cases.ts';
import { MINUTE, tellingOf } from './lab.ts';

const HOUR = 60 * MINUTE;
const silent = { headline: '', lines: [] };

let slack: FakeSlack;
let kept: Kept[];
let now: number;
let db: ReturnType<typeof community>['db'];
let subjectId: number;

beforeEach(async () => {
  slack = await startFakeSlack();
  kept = keepMessages(slack);
  now = Date.parse(`${TODAY}T12:00:00Z`);
  ({ db } = community());
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CALERT', zone: 'UTC', userId: 'UADA' });
  const downloads = [...steady(98, 100), 30, 30];
  packageIn(db, { name: 'low', from: addDays(TODAY, -100), downloads });
  subjectId = watching(db, 'pypi', 'low', { openedDay: addDays(TODAY, -1) });
});
afterEach(() => slack.stop());

const posts = () => createPosts({ botToken: 'xoxb-1', apiUrl: slack.apiUrl, log: quiet });

const deskOf = (userId: string) =>
  createAlertDesk({ db, posts: posts(), now: () => now, tell() {} }, 'T1', userId);

async function run(times = 2): Promise<void> {
  const telling = tellingOf(db, posts(), () => now);
  for (let time = 0; time < times; time++) {
    await telling.run();
    now += MINUTE;
  }
}

/** What the hourly job does before it judges. */
const wake = () => wakeIncidents(db, new Date(now).toISOString());

const notes = () => kept.filter(({ thread }) => thread !== null).map(({ text }) => text);
const broadcasts = () => slack.calls.filter((call) => call.includes('reply_broadcast=true')).length;

describe('a snooze', () => {
  test('of a day lasts 24 hours, however late in the UTC day it begins', () => {
    now = Date.parse(`${TODAY}T23:55:00Z`);
    deskOf('UADA').snooze(1, now + DAY_MS);
    now += 23 * HOUR;
    wake();
    expect(incidentById(db, 1, 'T1')).toMatchObject({
      state: 'snoozed',
      snoozedUntil: `${addDays(TODAY, 1)} 23:55`,
    });
    now += HOUR;
    wake();
    expect(incidentById(db, 1, 'T1')).toMatchObject({ state: 'firing', snoozedUntil: null });
  });

  test('that ends is told in the channel as well, and what else becomes of it is not', async () => {
    await run();
    deskOf('UADA').snooze(1, now + DAY_MS);
    await run();
    deskOf('UADA').acknowledge(1);
    await run();
    deskOf('UADA').snooze(1, now + DAY_MS);
    await run();
    expect(broadcasts()).toBe(0);
    now += 24 * HOUR;
    wake();
    await run();
    expect(notes().at(-1)).toBe(
      'Incident 1 (downloads of low) is open again. Its snooze has ended. Downloads of low have been 70% below usual since 20 Nov 2026 (about 30 a day instead of 100).',
    );
    expect(broadcasts()).toBe(1);
  });
});

test('a snooze ends on its minute, whenever something is judged', async () => {
  await run();
  deskOf('UADA').snooze(1, now + DAY_MS);
  await run();
  now += 24 * HOUR - 3 * MINUTE;
  await run();
  expect(notes()).toHaveLength(1);
  await run();
  expect(notes().at(-1)).toMatch('Its snooze has ended.');
});

describe('with other clocks of the channel', () => {
  const at = (zone: string) =>
    setAlertPlace(db, 'T1', 'alerts', { channelId: 'CALERT', zone, userId: 'UADA' });

  test('a snooze is shown by them, and is none anew', async () => {
    await run();
    deskOf('UADA').snooze(1, now + 7 * DAY_MS);
    await run();
    expect(kept[0]?.blocks).toContain('snoozed until 29 Nov, 12:02');
    expect(notes()).toHaveLength(1);
    at('Asia/Tokyo');
    await run();
    expect(kept[0]?.blocks).toContain('snoozed until 29 Nov, 21:02');
    setAlertPlace(db, 'T1', 'alerts', undefined);
    await run();
    expect(kept[0]?.blocks).toContain('snoozed until 29 Nov, 12:02');
    expect(notes()).toHaveLength(1);
  });

  test('a zone that this machine does not know is UTC, and alerts go on', async () => {
    at('Mars/Olympus');
    await run();
    deskOf('UADA').snooze(1, now + DAY_MS);
    await run();
    expect(kept).toHaveLength(2);
    expect(incidentById(db, 1, 'T1')).toMatchObject({
      snoozedUntil: `${addDays(TODAY, 1)} 12:02`,
    });
  });

  test('what was snoozed when it ended is not over once more', async () => {
    await run();
    deskOf('UADA').snooze(1, now + 7 * DAY_MS);
    await run();
    const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
    closeIncident(db, key, TODAY, 'recovered');
    await run(3);
    expect(notes()).toHaveLength(2);
    at('Europe/Berlin');
    deskOf('UBO').vote(1, true);
    await run(3);
    expect(kept[0]?.blocks).toContain('votes: 1 useful');
    expect(notes()).toHaveLength(2);
  });

  test.each(['2026-11-29', '2026-11-29 12:02'])(
    'nor is one that an older version has shown: %s',
    (snoozedUntil) => {
      const incident = incidentById(db, 1, 'T1');
      if (!incident) throw new Error('there is one');
      const later = {
        ...incident,
        state: 'snoozed',
        snoozeEnds: '2026-11-29T12:02:00.000Z',
      } as const;
      const said = { incident: { ...later, snoozedUntil: '2026-11-29 12:02' }, words: silent };
      const shown = shownOf(later, () => said);
      const { snoozeEnds: _, ...was } = { ...shown, snoozedUntil };
      expect(changesOf([was], [said])).toEqual([]);
    },
  );
});

describe('a snooze that ends at night', () => {
  const recover = () => {
    const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
    closeIncident(db, key, addDays(TODAY, 1), 'recovered');
  };
  const untilMorning = async () => {
    now = Date.parse(`${addDays(TODAY, 2)}T07:00:00Z`);
    await run();
  };

  beforeEach(async () => {
    await run();
    now = Date.parse(`${TODAY}T23:00:00Z`);
    deskOf('UADA').snooze(1, now + DAY_MS);
    await run();
    now += 24 * HOUR;
    wake();
    await run();
  });

  test('is told in the morning', async () => {
    const calls = slack.calls.length;
    await run(3);
    expect(slack.calls).toHaveLength(calls);
    await untilMorning();
    expect(notes().at(-1)).toMatch('is open again. Its snooze has ended.');
    expect(kept[0]?.blocks).toContain('Incident 1: open.');
    expect(broadcasts()).toBe(1);
  });

  test('is no news when it is over by the morning', async () => {
    recover();
    await run();
    await untilMorning();
    expect(notes()).toEqual([
      'Somebody snoozed incident 1 (downloads of low) until 23 Nov, 23:00.',
      'Incident 1 is over. Downloads of low were 70% below usual on 20 Nov 2026 (about 30 a day instead of 100), and the alert is over, though 21 Nov was still 70% below usual.',
    ]);
    expect(broadcasts()).toBe(0);
  });

  test('is told in the channel of the message also when another one was chosen', async () => {
    setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
    await run();
    expect(notes().at(-1)).toMatch('Its snooze has ended.');
  });
});

test('a vote on what is over is shown in its message, and said nowhere else', async () => {
  await run();
  const key = movementKey('drop', { subjectId, metric: 'pypi.downloads' });
  closeIncident(db, key, TODAY, 'recovered');
  await run(3);
  const messages = kept.length;
  deskOf('UBO').vote(1, false);
  await run(3);
  expect(kept[0]?.blocks).toContain('over since 22 Nov 2026; votes: 0 useful, 1 not useful.');
  expect(kept).toHaveLength(messages);
  const calls = slack.calls.length;
  await run(3);
  expect(slack.calls.length).toBe(calls);
});

test('when a snooze ends is told by the clocks of the zone of the channel, wherever it is said', async () => {
  const place = { channelId: 'CALERT', zone: 'Asia/Tokyo', userId: 'UADA' };
  setAlertPlace(db, 'T1', 'alerts', place);
  now = Date.parse(`${TODAY}T00:00:00Z`);
  await run();
  now = Date.parse(`${TODAY}T20:00:00Z`);
  const moment = '30 Nov, 5:00';
  deskOf('UADA').snooze(1, now + 7 * DAY_MS);
  await run();
  expect(kept[0]?.blocks).toContain(`Incident 1: snoozed until ${moment}.`);
  now += 3 * HOUR;
  await run();
  expect(notes().at(-1)).toBe(`Somebody snoozed incident 1 (downloads of low) until ${moment}.`);
  const { words } = ask(alerts, db, { today: TODAY }, everyone);
  expect(words.lines).toContainEqual(
    expect.stringContaining(`, snoozed until ${moment} in Asia/Tokyo.`),
  );
});

test('who acknowledged or snoozed it stands in the message, and is not pinged', async () => {
  const ada = { id: 'UADA', name: '@Ada <b>', isBot: false, isDeleted: false, tz: null };
  saveUser(db, 'T1', ada, `${TODAY}T12:00:00Z`);
  await run();
  expect(kept[0]?.blocks).toContain('Incident 1: open.');
  deskOf('UADA').acknowledge(1);
  await run();
  expect(kept[0]?.blocks).toContain(
    '{"type":"plain_text","text":"Incident 1: acknowledged by @Ada <b>.","emoji":false}',
  );
  deskOf('UADA').snooze(1, now + 7 * DAY_MS);
  await run();
  expect(kept[0]?.blocks).toContain('Incident 1: snoozed by @Ada <b> until 29 Nov, 12:04.');
  deskOf('UNKNOWN').snooze(1, now + DAY_MS);
  await run();
  expect(kept[0]?.blocks).toContain('Incident 1: snoozed until 23 Nov, 12:06.');
  expect(notes()).toEqual([
    '@Ada &lt;b&gt; acknowledged incident 1 (downloads of low).',
    '@Ada &lt;b&gt; snoozed incident 1 (downloads of low) until 29 Nov, 12:04.',
    'Somebody snoozed incident 1 (downloads of low) until 23 Nov, 12:06.',
  ]);
});

test('the thread says of what is over how it went', () => {
  const incident = incidentById(db, 1, 'T1');
  if (!incident) throw new Error('there is one');
  const headline = 'Downloads of low were 70% below usual, and recovered.';
  const said = { incident, words: { ...silent, headline } };
  const over = { state: 'resolved', outcome: 'recovered', closedDay: TODAY } as const;
  const after = { ...said, incident: { ...incident, ...over } };
  expect(changesOf([shownOf(incident, () => said)], [after])).toEqual([
    {
      text: `Incident 1 is over. ${headline}`,
      isBroadcast: false,
    },
  ]);
});

describe('what was acknowledged or snoozed', () => {
  const ada = { id: 'UADA', name: 'Ada', isBot: false, isDeleted: false, tz: null };
  const buttons = () => [...(kept[0]?.blocks ?? '').matchAll(/"action_id":"alert_(\w+)"/g)];
  const pressable = () => buttons().map(([, action]) => action);

  beforeEach(() => saveUser(db, 'T1', ada, `${TODAY}T12:00:00Z`));

  test.each([
    ['acknowledged', ['snooze'], () => deskOf('UADA').acknowledge(1)],
    ['snoozed', ['acknowledge', 'snooze'], () => deskOf('UADA').snooze(1, now + DAY_MS)],
  ])('is open again when somebody says so: %s', async (state, still, handle) => {
    await run();
    expect(pressable().slice(0, 2)).toEqual(['acknowledge', 'snooze']);
    handle();
    await run();
    expect(incidentById(db, 1, 'T1')).toMatchObject({ state });
    expect(pressable()).toEqual([...still, 'reopen', 'useful', 'not_useful', 'more']);
    deskOf('UADA').reopen(1);
    await run();
    expect(notes().at(-1)).toBe('Ada reopened incident 1 (downloads of low).');
    expect(broadcasts()).toBe(0);
    expect(kept[0]?.blocks).toContain('Incident 1: reopened by Ada.');
    expect(pressable()).toContain('acknowledge');
    expect(() => deskOf('UADA').reopen(1)).toThrow('neither acknowledged nor snoozed');
  });

  test('is said to be open again at night as well, where somebody is at work', async () => {
    await run();
    deskOf('UADA').snooze(1, now + DAY_MS);
    await run();
    now = Date.parse(`${TODAY}T23:00:00Z`);
    deskOf('UADA').reopen(1);
    await run();
    expect(kept[0]?.blocks).toContain('Incident 1: reopened by Ada.');
  });
});

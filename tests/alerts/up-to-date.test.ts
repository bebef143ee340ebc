import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { addDays, DAY_MS, dayMs } from '../../db/days.ts';
import { movementKey } from '../../db/incident.ts';
import { closeIncident } from '../../db/incidents.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { createPosts } from '../../src/slack/posts.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { quiet } from '../sources/cases.ts';
import { MINUTE, tellingOf } from './lab.ts';

let slack: FakeSlack;
let kept: Kept[];
let db: ReturnType<typeof community>['db'];
let today: string;
let subjectId: number;
beforeEach(async () => {
  slack = await startFakeSlack();
  kept = keepMessages(slack);
  ({ db } = community());
  today = TODAY;
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
  const downloads = [...steady(98, 100), 40, 40];
  packageIn(db, { name: 'low', from: addDays(TODAY, -100), downloads });
  subjectId = watching(db, 'pypi', 'low', { openedDay: addDays(TODAY, -1) });
  await run();
});
afterEach(() => slack.stop());

/** The job of a few minutes around noon. */
async function run(): Promise<void> {
  const posts = createPosts({ botToken: 'xoxb-1', apiUrl: slack.apiUrl, log: quiet });
  let now = dayMs(today) + DAY_MS / 2;
  const telling = tellingOf(db, posts, () => now);
  for (let time = 0; time < 4; time++) {
    await telling.run();
    now += MINUTE;
  }
}

/** The day is over, has so many downloads, and is judged. */
async function comes(...values: readonly number[]): Promise<void> {
  for (const value of values) {
    const days = [{ day: today, value }];
    const completeThrough = today;
    saveDays(db, { subjectId, metric: 'pypi.downloads', kind: 'count' }, days, {
      ...{ origin: 'poll', seenAt: `${today}T20:00:00Z`, completeThrough },
    });
    watching(db, 'pypi', 'low', { judgedThrough: today });
    today = addDays(today, 1);
    await run();
  }
}

const over = () =>
  closeIncident(
    db,
    movementKey('drop', { subjectId, metric: 'pypi.downloads' }),
    addDays(today, -1),
    'recovered',
  );
const alertWords = () => ask(alerts, db, { today, incident: 1 }, everyone).words.around;
const edits = () => slack.calls.filter((call) => call.startsWith('chat.update')).length;
const message = () => kept[0]?.text ?? '';
const notes = () => kept.filter(({ thread }) => thread !== null).map(({ text }) => text);
const outcome = () =>
  db.prepare('SELECT outcome FROM alert_post WHERE parent_id IS NULL').pluck().get();

describe('a message about what is open', () => {
  test('is brought up to date when it is back, and when it is not any more', async () => {
    await comes(100);
    expect(message()).toMatch(/22 Nov was as usual, which may not last\.$/);
    expect(edits()).toBe(1);
    await comes(101);
    expect(edits()).toBe(1);
    await comes(40, 40, 40);
    expect(message()).toMatch(/have been 60% below usual on 3 of the 5 days since 20 Nov 2026/);
    expect(edits()).toBe(2);
    expect(notes()).toEqual([]);
  });

  test('is brought up to date when the share is ten points off, however slowly it went', async () => {
    await comes(38, 36, 34, 32, 30, 28, 26);
    expect(edits()).toBe(0);
    await comes(24, 22, 20);
    expect(message()).toMatch(/7\d% below usual/);
    expect(edits()).toBe(1);
  });

  test('stays as an older version left it until it changes', async () => {
    const { shown } = db.prepare('SELECT shown FROM alert_post').get() as { shown: string };
    const [{ lost, ...old }] = JSON.parse(shown);
    expect(lost).toBeCloseTo(0.6);
    db.prepare('UPDATE alert_post SET shown = ?').run(JSON.stringify([old]));
    await comes(10);
    expect(edits()).toBe(0);
    await comes(0, 0, 0);
    expect(message()).toMatch(/8\d% below usual/);
    expect(edits()).toBe(1);
  });
});

describe('a recovery', () => {
  test('that did not hold is said once, with a note in the thread', async () => {
    await comes(100, 100);
    over();
    await run();
    const before = edits();
    expect(message()).toMatch(/and recovered\.$/);
    await comes(50, 50, 50, 50);
    expect(edits()).toBe(before);
    await comes(50, 40, 30, 20);
    expect(edits()).toBe(before + 1);
    const said =
      'Downloads of low were 60% below usual from 20 to 21 Nov 2026 (about 40 a day instead of 100), recovered on 22 and 23 Nov, and were 50% below usual in the 5 days after.';
    expect(message()).toBe(said);
    expect(notes().slice(1)).toEqual([`After the end of incident 1, it was low again. ${said}`]);
    expect(outcome()).toBe('done');
  });

  test('that held is looked at for nine days, and nothing is said', async () => {
    // Beside it stands another one, which goes on.
    packageIn(db, { name: 'other', from: addDays(TODAY, -100), downloads: steady(102, 100) });
    watching(db, 'pypi', 'other', { judgedThrough: addDays(TODAY, 1) });
    await comes(100, 100);
    over();
    await run();
    const before = edits();
    const said = JSON.stringify(alertWords());
    const other = ensureSubject(db, 'pypi', 'other', 'other').id;
    const fell = [-2, -1, 0, 1].map((at) => ({ day: addDays(TODAY, at), value: 20 }));
    saveDays(db, { subjectId: other, metric: 'pypi.downloads', kind: 'count' }, fell, {
      ...{ origin: 'poll', seenAt: `${today}T20:00:00Z` },
    });
    expect(JSON.stringify(alertWords())).not.toBe(said);
    await comes(100, 98, 102, 40, 99, 101, 100, 100);
    expect(outcome()).toBeNull();
    await comes(100, 100);
    expect(outcome()).toBe('done');
    expect(edits()).toBe(before);
    expect(notes()).toHaveLength(1);
  });
});

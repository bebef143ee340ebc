import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { WantedSubscription } from '../../db/subscriptions.ts';
import { writeEdition } from '../../src/digest/edition.ts';
import { community } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { DAY, HOUR, weekly } from './edition.ts';
import { startLab } from './lab.ts';

const FROM = '2026-06-01';
/** The day before the first digest, a Sunday. */
const FIRST = '2026-11-22';

const CHANGED = /Downloads of slow [a-z0-9% ]+ (?:to|at) (\d,?\d+)/g;

let slack: FakeSlack;
let kept: Kept[];

beforeEach(async () => {
  slack = await startFakeSlack();
  kept = keepMessages(slack);
  slack.methods['conversations.info'] = () => ({ ok: true, channel: { is_private: false } });
});
afterEach(() => slack.stop());

/** A channel with a digest, and a package with so many downloads on each day. */
function startTelling(wanted: Partial<WantedSubscription>, valueOn: (day: Day) => number) {
  const { db } = community();
  const lab = startLab(slack.apiUrl, {
    db,
    wanted: [{ ...weekly, ...wanted, since: '2026-11-01T00:00:00Z' }],
    write: writeEdition,
  });
  return {
    lab,
    /** The digest of the morning, when downloads are known through a day; what it says has changed. */
    async tell(through: Day): Promise<string[]> {
      const days = daysBetween(FROM, through) + 1;
      const downloads = steady(days, 0).map((_, at) => valueOn(addDays(FROM, at)));
      packageIn(db, { name: 'slow', from: FROM, downloads, completeThrough: through });
      kept.length = 0;
      await lab.digests.run();
      const found = kept.flatMap(({ text, blocks }) => [...`${text} ${blocks}`.matchAll(CHANGED)]);
      return [...new Set(found.map(([, value = '']) => value.replace(',', '')))].toSorted();
    },
    next: (days: number) => lab.clock.go(days * DAY),
  };
}

test('what changed on each day is told once, and days that come in together are all told', async () => {
  const { tell, next, lab } = startTelling({ every: 'day' }, (day) =>
    day < FIRST ? 1000 : 500 + daysBetween(FIRST, day),
  );
  expect(await tell(FIRST)).toEqual(['500']);
  next(1);
  // Nothing has come in: the day before was told.
  expect(await tell(FIRST)).toEqual([]);
  expect(kept[0]?.text).toContain('Nothing stands out: 500 downloads on 22 Nov 2026.');
  next(1);
  expect(await tell(addDays(FIRST, 2))).toEqual(['501', '502']);
  expect(JSON.stringify(kept)).toContain(' on 23 Nov 2026');
  next(1);
  expect(await tell(addDays(FIRST, 2))).toEqual([]);
  next(1);
  expect(await tell(addDays(FIRST, 3))).toEqual(['503']);
  next(1);
  expect(await tell(addDays(FIRST, 5))).toEqual(['504', '505']);
  expect(lab.rows().every(({ outcome }) => outcome === 'posted')).toBe(true);
});

test('a week that was not all in is told with the next one, and none twice', async () => {
  const { tell, next } = startTelling({}, (day) => {
    const weeks = Math.floor(daysBetween('2026-11-16', day) / 7);
    return weeks < 0 ? 1000 : 500 + weeks;
  });
  expect(await tell(FIRST)).toEqual(['3500']);
  next(7);
  expect(await tell(addDays(FIRST, 6))).toEqual([]);
  next(7);
  expect(await tell(addDays(FIRST, 14))).toEqual(['3507', '3514']);
});

test('what is asked for by hand tells the latest day, told or not, and takes nothing from the next', async () => {
  const { tell, lab } = startTelling({ every: 'day' }, (day) => (day < FIRST ? 1000 : 500));
  const deskOf = () =>
    lab.digests.deskFor({ workspaceId: 'T1', userId: 'UADA', channelId: 'CGEN' }, async () => {});
  lab.clock.go(-HOUR);
  await tell(addDays(FIRST, -1));
  lab.clock.go(HOUR / 2);
  await tell(FIRST);
  await deskOf().sendNow(undefined);
  expect(JSON.stringify(kept)).toContain('Downloads of slow fell 50% to 500');
  lab.clock.go(HOUR / 2);
  expect(await tell(FIRST)).toEqual(['500']);
  lab.clock.go(HOUR);
  kept.length = 0;
  await deskOf().sendNow(undefined);
  expect(JSON.stringify(kept)).toContain('Downloads of slow fell 50% to 500');
  expect((await deskOf().preview(undefined)).headline).toContain('fell 50% to 500');
});

test('a digest that Slack refused has told nothing', async () => {
  const { tell, lab, next } = startTelling({ every: 'day' }, (day) => (day < FIRST ? 1000 : 500));
  const post = slack.methods['chat.postMessage'];
  slack.methods['chat.postMessage'] = () => ({ ok: false, error: 'some_refusal' });
  expect(await tell(FIRST)).toEqual([]);
  expect(lab.rows()).toMatchObject([{ outcome: 'refused' }]);
  if (post) slack.methods['chat.postMessage'] = post;
  next(1);
  lab.db.exec('UPDATE subscription SET paused = NULL');
  expect(await tell(FIRST)).toEqual(['500']);
});

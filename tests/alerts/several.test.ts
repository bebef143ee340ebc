import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { addDays, DAY_MS, dayMs } from '../../db/days.ts';
import { movementKey } from '../../db/incident.ts';
import { openIncident } from '../../db/incidents.ts';
import { saveDays } from '../../db/series.ts';
import { community, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';
import { watching } from '../reports/watching.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { MINUTE, recover, tellFor } from './lab.ts';

const YESTERDAY = addDays(TODAY, -1);

let slack: FakeSlack;
let kept: Kept[];
let now: number;
let db: ReturnType<typeof community>['db'];
beforeEach(async () => {
  slack = await startFakeSlack();
  kept = keepMessages(slack);
  ({ db } = community());
  now = dayMs(TODAY) + 12 * 60 * MINUTE;
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CALERT', zone: 'UTC', userId: 'UADA' });
});
afterEach(() => slack.stop());

async function run(times = 3): Promise<void> {
  now = await tellFor(db, slack, now, times);
}

function packageOf(name: string, last: number, openedDay?: string): number {
  packageIn(db, {
    name,
    from: addDays(TODAY, -100),
    downloads: [...steady(98, 100), last, last],
  });
  return watching(db, 'pypi', name, openedDay ? { openedDay } : {});
}

const blocksOf = () => JSON.parse(kept[0]?.blocks ?? '[]') as { type: string; alt_text?: string }[];
const timesSaid = (text: string) =>
  JSON.stringify(blocksOf().filter(({ type }) => type !== 'image')).split(text).length - 1;
const edits = () => slack.calls.filter((call) => call.startsWith('chat.update')).length;

describe('a message with several', () => {
  const over = (subjectId: number) => recover(db, subjectId);

  test('says once what is around them, and of none that another one dropped as well', async () => {
    packageOf('one', 30, YESTERDAY);
    packageOf('two', 30, YESTERDAY);
    packageOf('three', 30, addDays(YESTERDAY, -1));
    packageOf('steady', 100);
    await run();
    expect(timesSaid('The other one that can be judged moved as usual.')).toBe(1);
    expect(timesSaid('in the same days')).toBe(0);
    expect(timesSaid('below usual')).toBeGreaterThanOrEqual(3);
  });

  test('holds none of them against another, of whatever kind', async () => {
    packageOf('low', 30, YESTERDAY);
    const subjectId = packageOf('high', 400);
    const rise = movementKey('rise', { subjectId, metric: 'pypi.downloads' });
    openIncident(db, {
      ...rise,
      openedDay: YESTERDAY,
      days: 2,
      sensitivity: 'normal',
      isNews: true,
    });
    packageOf('steady', 100);
    await run();
    expect(timesSaid('Downloads of high')).toBeGreaterThan(0);
    expect(timesSaid('higher')).toBe(0);
    expect(timesSaid('The other one that can be judged moved as usual.')).toBe(1);
  });

  test('shows and notifies of the first that is open', async () => {
    const one = packageOf('one', 30, YESTERDAY);
    packageOf('two', 30, YESTERDAY);
    await run();
    const first = kept[0]?.text ?? '';
    const [shown, other] = first.includes('of one') ? ['one', 'two'] : ['two', 'one'];
    expect(blocksOf().find(({ type }) => type === 'image')?.alt_text).toContain(`of ${shown} `);
    over(shown === 'one' ? one : one + 1);
    await run();
    expect(kept[0]?.text).toMatch(new RegExp(`^Downloads of ${other} .* And 1 more\\.$`));
    expect(blocksOf().find(({ type }) => type === 'image')?.alt_text).toContain(`of ${other} `);
  });

  test('shows no picture of another one when it can not be drawn', async () => {
    const one = packageOf('one', 30, YESTERDAY);
    packageOf('two', 30, YESTERDAY);
    await run();
    slack.methods['files.getUploadURLExternal'] = () => ({ ok: false, error: 'internal_error' });
    const [first, second] = kept[0]?.text.includes('of one') ? [one, one + 1] : [one + 1, one];
    over(first);
    await run();
    expect(blocksOf().filter(({ type }) => type === 'image')).toEqual([]);
    // Nor later, when nothing but the old file would be left to show.
    over(second);
    await run();
    expect(blocksOf().filter(({ type }) => type === 'image')).toEqual([]);
  });
});

test('how the others go is brought up to date once for each day that is judged', async () => {
  packageOf('low', 30, YESTERDAY);
  const subjectId = packageOf('other', 100);
  await run();
  expect(timesSaid('The other one that can be judged moved as usual.')).toBe(1);
  const save = (day: string, value: number) =>
    saveDays(db, { subjectId, metric: 'pypi.downloads', kind: 'count' }, [{ day, value }], {
      origin: 'poll',
      seenAt: `${addDays(day, 2)}T08:00:00Z`,
      completeThrough: day,
    });
  const judged = (judgedThrough: string) => {
    watching(db, 'pypi', 'low', { judgedThrough });
    watching(db, 'pypi', 'other', { judgedThrough });
  };
  save(YESTERDAY, 10);
  await run();
  expect(edits()).toBe(0);
  now += DAY_MS;
  judged(TODAY);
  await run();
  expect(timesSaid('The other one that can be judged was 45% lower as well.')).toBe(1);
  expect(edits()).toBe(1);
  // What comes on the same day waits, and a day that changes nothing is no reason.
  save(YESTERDAY, 20);
  await run();
  save(YESTERDAY, 10);
  now += DAY_MS;
  judged(addDays(TODAY, 1));
  await run();
  expect(edits()).toBe(1);
  expect(kept).toHaveLength(1);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAlertPlace } from '../../db/alert-places.ts';
import { addDays, DAY_MS, type Day, dayMs } from '../../db/days.ts';
import { saveDays } from '../../db/series.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn } from '../reports/package.ts';
import { movements } from '../reports/watching.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { quiet } from '../sources/cases.ts';
import { tellFor } from './lab.ts';
import { usual } from './world.ts';

let slack: FakeSlack;
let kept: Kept[];
let db: ReturnType<typeof community>['db'];
let subjectId: number;
beforeEach(async () => {
  slack = await startFakeSlack();
  kept = keepMessages(slack);
  ({ db } = community());
  setAlertPlace(db, 'T1', 'alerts', { channelId: 'CGEN', zone: 'UTC', userId: 'UADA' });
  subjectId = packageIn(db, { name: 'low', from: TODAY, downloads: [] });
  for (let age = -150; age < 0; age++) save(addDays(TODAY, age));
});
afterEach(() => slack.stop());

const level = usual(TODAY, 1000, 3);

function save(day: Day, share = 1): void {
  const days = [{ day, value: Math.round(share * level(day)) }];
  saveDays(db, { subjectId, metric: 'pypi.downloads', kind: 'count' }, days, {
    ...{ origin: 'poll', seenAt: `${day}T20:00:00Z`, completeThrough: day },
  });
}

/** Falls for three days, is back for two and so many more, and falls again: until so many days later. */
async function goes(backFor: number, through: number, again = 0.3): Promise<void> {
  const shares = [1, ...Array(3).fill(0.4), ...Array(2 + backFor).fill(1)];
  for (let age = 0; age <= through; age++) {
    const day = addDays(TODAY, age);
    save(day, shares[age] ?? again);
    const noon = dayMs(day) + 1.5 * DAY_MS;
    await createWatch({ db, log: quiet, now: () => noon }).judge();
    await tellFor(db, slack, noon, 4);
  }
}

const dates = () =>
  movements(db).map(({ openedDay, closedDay }) => [
    openedDay.slice(5),
    closedDay?.slice(5) ?? null,
  ]);
const messages = () => kept.filter(({ thread }) => thread === null).map(({ text }) => text);
const notes = () => kept.filter(({ thread }) => thread !== null).map(({ text }) => text);
const aboutIt = (incident: number) =>
  ask(alerts, db, { today: addDays(TODAY, 30), incident }, everyone).words;

const RECOVERED =
  /^Downloads of low were 60% below usual from 23 to 25 Nov 2026 .*, and recovered\.$/;

describe('a fall in the week after a recovery', () => {
  test('is told by the message that was there, until it is noticed as one of its own', async () => {
    await goes(0, 10);
    expect(dates()).toEqual([['11-24', '11-27']]);
    expect(messages()).toEqual([
      expect.stringMatching(/and were \d+% below usual in the 5 days after/),
    ]);
    expect(notes()).toHaveLength(2);
  });

  test.each([
    { backFor: 0, share: 0.3, said: '70% below usual since 28 Nov', notesThen: 2 },
    { backFor: 4, share: 0.2, said: '80% below usual since 2 Dec', notesThen: 1 },
  ])('is told by its own message alone: $said', async ({ backFor, share, said, notesThen }) => {
    await goes(backFor, 16, share);
    expect(dates()).toEqual([
      ['12-04', null],
      ['11-24', '11-27'],
    ]);
    expect(messages()).toEqual([
      expect.stringMatching(RECOVERED),
      expect.stringContaining(`have been ${said} 2026`),
    ]);
    // What had been said of it by then stays in the thread, and nothing is added.
    expect(notes()).toHaveLength(notesThen);
    expect(kept.at(-1)?.thread).toBeNull();
    expect(aboutIt(1).headline).toMatch(RECOVERED);
    expect(aboutIt(2).lines).toContain(
      'The drop before it, incident 1, had been over since 27 Nov 2026.',
    );
  });
});

test('a fall that began more than a week later leaves what is said of the first', async () => {
  await goes(8, 20);
  expect(dates()).toHaveLength(2);
  expect(messages()[0]).toMatch(RECOVERED);
  expect(aboutIt(2).lines.join()).not.toContain('incident 1');
});

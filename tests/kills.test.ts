import { afterEach, beforeEach, expect, test } from 'vitest';
import { acknowledgeIncident } from '../db/incidents.ts';
import type { Posts } from '../src/slack/posts.ts';
import { startAlertLab } from './alerts/lab.ts';
import { DAY, MINUTE, weekly } from './digest/edition.ts';
import { startLab } from './digest/lab.ts';
import { type Dying, dying, outlive } from './dying.ts';
import { random } from './reports/random.ts';
import { type FakeSlack, startFakeSlack } from './slack/fake-slack.ts';
import { type Kept, keepMessages } from './slack/kept-messages.ts';

/** Of digests, and as many of alerts. */
const KILLS = 200;

let slack: FakeSlack;
let kept: Kept[];
beforeEach(async () => {
  slack = await startFakeSlack();
  slack.methods['conversations.info'] = () => ({ ok: true, channel: { is_private: false } });
  kept = keepMessages(slack);
});
afterEach(() => slack.stop());

/** A life that ends at one of the first calls, by the same dice each time. */
function lifeOf(next: () => number, calls: number): (posts: Posts) => Dying {
  const at = 1 + Math.floor(next() * calls);
  const isHeard = next() < 0.5;
  return (posts) => dying(posts, at, isHeard);
}

test('killed two hundred times, every digest is in its channel once, with its details once', async () => {
  const next = random(7);
  const daily = { ...weekly, every: 'day' as const };
  let { db, clock } = startLab(slack.apiUrl, { wanted: [daily] });
  let days = 0;
  for (let kills = 0; kills < KILLS; days++) {
    for (let lives = 0; lives < 4; lives++) {
      const life = lifeOf(next, 7);
      let one: Dying | undefined;
      const wrap = (posts: Posts) => {
        one = life(posts);
        return one.posts;
      };
      const lab = startLab(slack.apiUrl, { db, clock, wanted: [], wrap });
      if (one && (await outlive(lab.digests.run(), one))) kills += 1;
      clock.go(MINUTE);
    }
    const lab = startLab(slack.apiUrl, { db, clock, wanted: [] });
    for (let minute = 0; minute < 3; minute++) {
      await lab.digests.run();
      clock.go(MINUTE);
    }
    clock.go(DAY - 7 * MINUTE);
    ({ db, clock } = lab);
  }
  const { rows } = startLab(slack.apiUrl, { db, clock, wanted: [] });
  const marks = kept.map(({ metadata }) => JSON.stringify(metadata.event_payload));
  expect(new Set(marks).size).toBe(marks.length);
  expect(kept).toHaveLength(2 * days);
  // The ledger remembers the last ones.
  expect(rows().length).toBeGreaterThan(50);
  expect(rows().every(({ outcome }) => outcome === 'posted')).toBe(true);
  expect(rows().flatMap(({ ts, details_ts }) => [ts, details_ts])).toEqual(
    kept.slice(-2 * rows().length).map(({ ts }) => ts),
  );
}, 60_000);

test('killed two hundred times, each drop is told once and each change is noted once', async () => {
  const next = random(41);
  for (let kills = 0; kills < KILLS; ) {
    kept = keepMessages(slack);
    let one: Dying | undefined;
    let life: ((posts: Posts) => Dying) | undefined;
    const lab = startAlertLab(slack.apiUrl, (posts) => {
      one = life?.(posts);
      return one?.posts ?? posts;
    });
    for (const change of [
      () => {},
      () => acknowledgeIncident(lab.db, 1, 'UADA'),
      () => lab.recover(),
    ]) {
      change();
      for (let lives = 0; lives < 3; lives++) {
        life = lifeOf(next, 3);
        lab.restart();
        if (one && (await outlive(lab.run(), one))) kills += 1;
        await lab.wait(2);
      }
      life = undefined;
      lab.restart();
      await lab.pass(5);
    }
    // By then it can't be low again any more.
    lab.wait(10 * 24 * 60);
    await lab.pass(5);
    const marks = kept.map(({ metadata }) => JSON.stringify(metadata.event_payload));
    expect(new Set(marks).size).toBe(marks.length);
    const ended =
      'Downloads of low were 70% below usual on 20 Nov 2026 (about 30 a day instead of 100), and the alert is over, though 21 Nov was still 70% below usual.';
    expect(kept.map(({ text, thread }) => [thread === null, text])).toEqual([
      [true, ended],
      [false, 'Somebody acknowledged incident 1 (downloads of low).'],
      [false, `Incident 1 is over. ${ended}`],
    ]);
    const posts = lab.posts();
    expect(posts.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(posts.map(({ ts }) => ts).toSorted()).toEqual(kept.map(({ ts }) => ts).toSorted());
  }
}, 60_000);

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Posts } from '../../src/slack/posts.ts';
import { type FakeSlack, type Method, startFakeSlack } from '../slack/fake-slack.ts';
import { type Kept, keepMessages } from '../slack/kept-messages.ts';
import { MINUTE, SETTLE } from './edition.ts';
import { startLab } from './lab.ts';

let slack: FakeSlack;
let kept: Kept[];
/** What becomes of the next posts; the others go through. */
let next: ((work: () => ReturnType<Method>) => ReturnType<Method>)[];

beforeEach(async () => {
  slack = await startFakeSlack();
  slack.methods['conversations.info'] = () => ({ ok: true, channel: { is_private: false } });
  next = [];
  kept = keepMessages(slack, (name, work) => (args) => {
    const other = name === 'chat.postMessage' ? next.shift() : undefined;
    return other ? other(() => work(args)) : work(args);
  });
});
afterEach(() => slack.stop());

const goesThrough = (work: () => ReturnType<Method>) => work();
const isLost = () => 'broken' as const;
const mustWait = () => 60;
/** The message is in the channel, and nobody is told. */
function isUnanswered(work: () => ReturnType<Method>) {
  work();
  return 'broken' as const;
}

const parts = () => kept.map(({ metadata }) => metadata.event_payload?.part);

/**
 * Two processes on one database. The other one runs once while the first waits for Slack: before it
 * is asked, or before it is heard.
 */
function twoProcesses(call: 'find' | 'upload' | 'post', moment: 'before' | 'behind') {
  let isMet = false;
  const meet = async () => {
    if (isMet) return;
    isMet = true;
    clock.go(call === 'post' ? SETTLE : 0);
    await other.digests.run();
  };
  const wrap = (posts: Posts): Posts => ({
    ...posts,
    async [call](...args: unknown[]) {
      const ask = posts[call] as (...args: unknown[]) => Promise<unknown>;
      if (moment === 'before') await meet();
      const answer = await ask(...args);
      await meet();
      return answer;
    },
  });
  const lab = startLab(slack.apiUrl, { wrap });
  const { db, clock } = lab;
  const other = startLab(slack.apiUrl, { db, clock, wanted: [] });
  return {
    ...lab,
    async pass(minutes: number) {
      for (let minute = 0; minute < minutes; minute++) {
        clock.go(MINUTE);
        await lab.digests.run();
      }
    },
  };
}

test('both look for what is in doubt: the slower one leaves to the faster what that has posted', async () => {
  const lab = twoProcesses('find', 'behind');
  next = [isLost, isUnanswered];
  await lab.digests.run();
  await lab.pass(5);
  expect(parts()).toEqual(['message', 'details']);
});

test('a refusal that comes late does not take back what another process has noted since', async () => {
  const lab = twoProcesses('post', 'before');
  next = [isUnanswered, mustWait];
  await lab.digests.run();
  await lab.pass(5);
  expect(parts()).toEqual(['message', 'details']);
});

test('while one draws, the other posts, and has to wait with the details: nothing is repeated', async () => {
  const lab = twoProcesses('upload', 'before');
  next = [goesThrough, mustWait];
  await lab.digests.run();
  await lab.pass(5);
  expect(parts()).toEqual(['message', 'details']);
});

test('both find what is in doubt: the slower one does not forget that the other is at the details', async () => {
  const lab = twoProcesses('find', 'behind');
  next = [isUnanswered, isUnanswered];
  await lab.digests.run();
  await lab.pass(5);
  expect(parts()).toEqual(['message', 'details']);
});

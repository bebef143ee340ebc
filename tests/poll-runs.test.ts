import { describe, expect, test } from 'vitest';
import { listSourceParts } from '../db/collections.ts';
import type { PartProgress } from '../src/poll/part.ts';
import { createPoller } from '../src/poll.ts';
import type { Part } from '../src/sources/source.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { startPolling, told } from './polling.ts';
import { NOW, quiet } from './sources/cases.ts';

const withParts = (...parts: Part[]) => fakeSource('a', () => 5, { parts }).source;

test('two rounds at once read each part once, and one part at a time', async () => {
  let [active, most] = [0, 0];
  const slow = (name: string) =>
    fakePart(name, [
      async () => {
        active += 1;
        most = Math.max(most, active);
        await new Promise((resolve) => setTimeout(resolve, 2));
        active -= 1;
        return {};
      },
    ]);
  const parts = [slow('first'), slow('second')];
  const source = withParts(...parts.map(({ part }) => part));
  let at = NOW;
  const { poller } = startPolling([source], ['a:one', 'a:two'], {
    now: () => {
      at += 1;
      return at;
    },
  });
  await Promise.all([poller.resume('a'), poller.resume('a'), poller.pollSource('a')]);
  expect(most).toBe(1);
  for (const { asked } of parts) expect(asked).toEqual(['one -', 'two -']);
});

describe('two processes', () => {
  test('the one that is behind gives up, and the cursor of the other stays', async () => {
    const gate = Promise.withResolvers<void>();
    const saved: string[] = [];
    const step = (name: string) => ({ save: () => saved.push(name) });
    const slow = fakePart('list', [
      async () => {
        await gate.promise;
        return step('late');
      },
    ]);
    const quick = fakePart('list', [() => step('one'), () => step('two')]);
    const { db, poller, now, state } = startPolling([withParts(slow.part)], ['a:one']);
    const late = poller.pollSource('a');
    const sources = [withParts(quick.part)];
    const other = createPoller({ db, sources, log: quiet, now });
    await other.pollSource('a', { since: '2022-03-01' });
    gate.resolve();
    const outcome = (await late).at(-1);
    expect(outcome).toMatchObject({ part: 'list', status: 'cut', rows: 0 });
    expect(outcome?.error).toMatch(/^Another process of Groundswell is reading this/);
    expect(saved).toEqual(['one', 'two']);
    expect(state('list')).toMatchObject({ cursor: '2', failures: 0 });
  });

  test('the parts in the status are those of the one that polled last', async () => {
    const off = { ...fakePart('list', []).part, off: 'Set a token.' };
    const { db, poller, now } = startPolling([withParts(fakePart('list', []).part)], []);
    const isOff = () => listSourceParts(db).find(({ part }) => part === 'list')?.off;
    createPoller({ db, sources: [withParts(off)], log: quiet, now });
    expect(isOff()).toBe('Set a token.');
    await poller.resume('a');
    expect(isOff()).toBe(null);
  });
});

test('observers are told of every run, and one that throws harms nothing', async () => {
  const heard: string[] = [];
  const { poller } = startPolling([withParts(fakePart('list', [() => ({})]).part)], ['a:one'], {
    observers: [
      {
        started() {
          throw new Error('deaf');
        },
        ended() {},
      },
      {
        started: ({ part }) => heard.push(`started ${part}`),
        ended: ({ part, outcome, rows }) => heard.push(`ended ${part} ${outcome} ${rows}`),
      },
    ],
  });
  expect(told(await poller.pollSource('a'))).toEqual(['a:one - done 1', 'a:one list done 1']);
  expect(heard).toEqual(['started ', 'ended  done 1', 'started list', 'ended list done 1']);
});

describe('a backfill', () => {
  test('asks the parts that reach back, tells how far it is, and leaves the routine alone', async () => {
    const days = fakePart(
      'days',
      [1, 2].map((done) => () => ({ progress: { done, of: 2, unit: 'months' } })),
      { scope: 'source', canBackfill: true, everyHours: 24 },
    );
    const list = fakePart('list', [() => ({})]);
    const { poller, state, track, runs } = startPolling(
      [withParts(days.part, list.part)],
      ['a:one', 'a:two'],
    );
    await poller.pollSource('a');
    const before = state('days');
    const heard: PartProgress[] = [];
    const two = track('a:two');
    const outcomes = await poller.backfill(two, '2020-01-01', (progress) => heard.push(progress));
    expect(told(outcomes)).toEqual(['a:two days done 2']);
    expect(days.asked).toEqual(['one+two -', 'two - from 2020-01-01']);
    expect(heard.map(({ part, progress }) => `${part} ${progress.done}`)).toEqual([
      'days 1',
      'days 2',
    ]);
    expect(state('days')).toEqual(before);
    expect(runs()).toContain('a two days done 2 2');
  });
});

import { describe, expect, test } from 'vitest';
import { saveDays } from '../db/series.ts';
import { NotFound, NotReady, RateLimited, Unavailable } from '../src/errors.ts';
import type { Source } from '../src/sources/source.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { startPolling, told } from './polling.ts';
import { NOW } from './sources/cases.ts';

const HOUR_MS = 3_600_000;

const withParts = (...parts: Source['parts'][number][]) =>
  fakeSource('a', () => 5, { parts }).source;

describe('parts', () => {
  test('are read after the headline numbers, in order, each as a run of its own', async () => {
    const first = fakePart('first', [() => ({ save: () => 3 }), () => ({ save: () => 4 })]);
    const all = fakePart('all', [() => ({ note: 'Not the mirrors.' })], { scope: 'source' });
    const { poller, runs, state } = startPolling(
      [withParts(first.part, all.part)],
      ['a:one', 'a:two'],
    );
    expect(told(await poller.pollSource('a'))).toEqual([
      'a:one - done 1',
      'a:two - done 1',
      'a:one first done 7',
      'a:two first done 7',
      'a:* all done 1',
    ]);
    expect(all.asked).toEqual(['one+two -']);
    expect(runs()).toEqual([
      'a one  done 1 1',
      'a two  done 1 1',
      'a all done 1 1',
      'a one first done 7 2',
      'a two first done 7 2',
    ]);
    expect(state('all')).toMatchObject({
      subjectId: 0,
      doneAt: new Date(NOW).toISOString(),
      note: 'Not the mirrors.',
      failures: 0,
      error: null,
    });
  });

  test('one that breaks off keeps its batches and goes on behind them', async () => {
    let isDown = true;
    const saved: string[] = [];
    const step =
      (name: string, fails = false) =>
      () => {
        if (fails && isDown) throw new Unavailable('down');
        return { save: () => saved.push(name), progress: { done: 1, of: 3, unit: 'pages' } };
      };
    const list = fakePart('list', [step('a'), step('b', true), step('c')]);
    const other = fakePart('other', [() => ({})]);
    const { poller, state, runs } = startPolling([withParts(list.part, other.part)], ['a:one']);
    expect(told(await poller.pollSource('a'))).toEqual([
      'a:one - done 1',
      'a:one list failed 1',
      'a:one other done 1',
    ]);
    expect(state('list')).toMatchObject({
      cursor: '1',
      doneAt: null,
      failures: 1,
      error: 'A does not answer at the moment.',
      progress: { done: 1, of: 3, unit: 'pages' },
    });
    expect(runs()).toContain('a one list failed 1 2');
    isDown = false;
    await poller.resume('a');
    expect(saved).toEqual(['a', 'b', 'c']);
    expect(list.asked).toEqual(['one -', 'one 1']);
    expect(state('list')).toMatchObject({ failures: 0, error: null, progress: null });
    expect(await poller.resume('a')).toEqual([]);
  });

  test('a batch is saved whole with its cursor, or not at all, and a bug stops nothing else', async () => {
    const { source } = fakeSource('a', () => 5, {
      parts: [
        fakePart('broken', [
          () => ({}),
          () => ({
            save(db) {
              const key = { subjectId: 1, metric: 'a.more', kind: 'count' } as const;
              const days = [{ day: '2022-03-01', value: 1 }];
              saveDays(db, key, days, { origin: 'poll', seenAt: '2022-03-02' });
              throw new TypeError('a bug');
            },
          }),
        ]).part,
        fakePart('fine', [() => ({})]).part,
      ],
    });
    const { db, poller, state } = startPolling([source], ['a:one']);
    const outcomes = await poller.pollSource('a');
    expect(told(outcomes)).toEqual([
      'a:one - done 1',
      'a:one broken failed 1',
      'a:one fine done 1',
    ]);
    expect(outcomes[1]?.error).toMatch(/unexpected/);
    expect(state('broken')?.cursor).toBe('1');
    expect(db.prepare("SELECT count(*) FROM series WHERE metric = 'a.more'").pluck().get()).toBe(0);
  });

  test('a limit ends the round; the rest is put off until then, and nothing is asked before', async () => {
    let until = NOW + 2 * HOUR_MS;
    const list = fakePart('list', [
      () => ({}),
      () => {
        if (until > NOW) throw new RateLimited('slow down', until);
        return {};
      },
    ]);
    const later = fakePart('later', [() => ({})]);
    const { poller, state, wait, runs } = startPolling(
      [withParts(list.part, later.part)],
      ['a:one', 'a:two'],
    );
    const outcomes = await poller.pollSource('a');
    expect(told(outcomes).slice(2)).toEqual([
      'a:one list limited 1',
      'a:two list limited 0',
      'a:one later limited 0',
      'a:two later limited 0',
    ]);
    expect(outcomes.at(-1)?.error).toBe(
      'A wants us to wait until 2022-03-10 11:30 UTC before we ask again.',
    );
    expect(runs()).toHaveLength(3);
    expect(state('list')).toMatchObject({ failures: 0, retryAt: '2022-03-10T11:30:00.000Z' });
    wait(HOUR_MS);
    expect(await poller.resume('a')).toEqual([]);
    // A poll asks for what was not put off.
    expect(told(await poller.pollSource('a')).slice(0, 3)).toEqual([
      'a:one - done 0',
      'a:two - done 0',
      'a:one list limited 0',
    ]);
    until = 0;
    wait(HOUR_MS + 1);
    expect(told(await poller.resume('a'))).toEqual([
      'a:one list done 1',
      'a:two list done 2',
      'a:one later done 1',
      'a:two later done 1',
    ]);
    expect(list.asked).toEqual(['one -', 'one 1', 'two -']);
    expect(await poller.resume('a')).toEqual([]);
  });

  test('what is still being worked out waits alone', async () => {
    let until = NOW + HOUR_MS;
    const slow = fakePart('slow', [
      () => {
        if (until > NOW) throw new NotReady('computing', until);
        return {};
      },
    ]);
    const list = fakePart('list', [() => ({})]);
    const { poller, wait, track } = startPolling([withParts(slow.part, list.part)], ['a:one']);
    expect(told(await poller.pollSource('a')).slice(1)).toEqual([
      'a:one slow limited 0',
      'a:one list done 1',
    ]);
    until = 0;
    track('a:two');
    expect(told(await poller.resume('a'))).toEqual([
      'a:two - done 1',
      'a:two slow done 1',
      'a:two list done 1',
    ]);
    wait(HOUR_MS);
    expect(told(await poller.resume('a'))).toEqual(['a:one slow done 1']);
  });

  test('a subject that is not found is not asked for its parts, and the others are', async () => {
    const list = fakePart('list', [() => ({})]);
    const { source } = fakeSource(
      'a',
      (key) => {
        if (key === 'gone') throw new NotFound('404');
        return 1;
      },
      { parts: [list.part] },
    );
    const { poller } = startPolling([source], ['a:gone', 'a:here']);
    expect(told(await poller.pollSource('a'))).toEqual([
      'a:gone - failed 0',
      'a:here - done 1',
      'a:here list done 1',
    ]);
    expect(told(await poller.resume('a'))).toEqual(['a:gone - failed 0']);
    expect(list.asked).toEqual(['here -']);
  });

  test('a subject that was never seen is not asked for its parts, which may be private', async () => {
    let isDown = true;
    const list = fakePart('list', [() => ({})]);
    const { source } = fakeSource(
      'a',
      () => {
        if (isDown) throw new Unavailable('down');
        return 1;
      },
      { parts: [list.part] },
    );
    const { poller } = startPolling([source], ['a:one']);
    expect(told(await poller.pollSource('a'))).toEqual(['a:one - failed 0']);
    isDown = false;
    expect(told(await poller.pollSource('a'))).toEqual(['a:one - done 1', 'a:one list done 1']);
    isDown = true;
    // Seen before, it is asked for although its numbers can't be read now.
    expect(told(await poller.pollSource('a'))).toEqual(['a:one - failed 0', 'a:one list done 1']);
  });

  test('a part that is not found keeps no other from being read', async () => {
    const lost = fakePart('lost', [
      () => {
        throw new NotFound('404');
      },
    ]);
    const list = fakePart('list', [() => ({})]);
    const { poller } = startPolling([withParts(lost.part, list.part)], ['a:one']);
    expect(told(await poller.pollSource('a')).slice(1)).toEqual([
      'a:one lost failed 0',
      'a:one list done 1',
    ]);
  });

  test('a stop is no failure: what is left goes on from where it was', async () => {
    const stopping = new AbortController();
    const list = fakePart('list', [
      () => ({}),
      () => {
        stopping.abort();
        return {};
      },
      () => ({}),
    ]);
    const source = withParts(list.part, fakePart('other', [() => ({})]).part);
    const { db, poller, state } = startPolling([source], ['a:one'], { signal: stopping.signal });
    expect(told(await poller.pollSource('a')).slice(1)).toEqual([
      'a:one list cut 2',
      'a:one other cut 0',
    ]);
    expect(state('list')).toMatchObject({ cursor: '2', failures: 0, error: null });
    expect(db.prepare('SELECT count(*) FROM run WHERE ended_at IS NULL').pluck().get()).toBe(0);
  });
});

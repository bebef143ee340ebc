import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepLineageEvent, MOST_LINEAGE_EVENTS } from '../db/lineage.ts';
import type { Lineage } from '../src/lineage.ts';
import { created, type Receiving, startReceiving, taking } from './receiving.ts';
import { type Answer, reply } from './sources/server.ts';

let receiving: Receiving;
beforeEach(async () => {
  receiving = await startReceiving();
});
afterEach(() => receiving.close());

describe('a receiver that does not take events', () => {
  const tell = ({ observer }: Lineage) => {
    const run = receiving.runOf();
    observer.started(run);
    observer.ended(receiving.endOf(run));
  };

  test.each<[string, Answer]>([
    ['answers with an error', reply(500, 'oops')],
    ['is somewhere else', reply(404, 'no such page')],
    ['moved', reply(301, '', { location: 'http://127.0.0.1:1/' })],
    ['wants us to wait', reply(429, '{}')],
    ['does not answer', () => {}],
    ['hangs up', (_request, response) => response.destroy()],
  ])('%s: all is kept, and sent in order once it does', async (_name, answer) => {
    const impatient = receiving.prepare(100);
    receiving.server.answer = answer;
    tell(impatient);
    await impatient.flush();
    expect(receiving.taken).toEqual([]);
    const kept = receiving.waiting();
    expect(kept).toBe(10);
    receiving.server.answer = taking(receiving.taken, created);
    const lineage = receiving.prepare();
    tell(lineage);
    await lineage.flush();
    expect(receiving.waiting()).toBe(0);
    expect(receiving.taken).toHaveLength(2 * kept);
    expect(receiving.told().slice(0, 3)).toEqual([
      'START poll docker',
      'START docker.headline.acme/rocket',
      'COMPLETE docker.headline.acme/rocket',
    ]);
  });

  test('an event that it will never take is dropped, and the others go on', async () => {
    const lineage = receiving.prepare();
    let asked = 0;
    receiving.server.answer = (request, response) => {
      asked += 1;
      taking(receiving.taken, asked === 2 ? reply(400, '{"message":"not an event"}') : created)(
        request,
        response,
      );
    };
    tell(lineage);
    await lineage.flush();
    expect(receiving.waiting()).toBe(0);
    expect(receiving.told().slice(0, 2)).toEqual([
      'START poll docker',
      'COMPLETE docker.headline.acme/rocket',
    ]);
  });

  test('what waits is bounded: the oldest make room', () => {
    receiving.db.transaction(() => {
      for (let count = 0; count < MOST_LINEAGE_EVENTS; count += 1) {
        expect(keepLineageEvent(receiving.db, { count }, '2022-03-10T09:30:00Z')).toBe(0);
      }
    })();
    tell(receiving.prepare());
    expect(receiving.waiting()).toBe(MOST_LINEAGE_EVENTS);
  });
});

describe('in the background', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  /** Waits without the faked clock going on, which only moves as told. */
  async function until(isSo: () => boolean): Promise<void> {
    const end = performance.now() + 3000;
    while (!isSo() && performance.now() < end) await nextTurn();
    expect(isSo()).toBe(true);
  }

  test('events are sent soon, and a round that stays quiet is over', async () => {
    const { start, observer } = receiving.prepare();
    start();
    const run = receiving.runOf();
    observer.started(run);
    observer.ended(receiving.endOf(run));
    vi.advanceTimersByTime(100);
    await until(() => receiving.taken.length === 3);
    vi.advanceTimersByTime(30_000);
    vi.advanceTimersByTime(100);
    await until(() => receiving.taken.length === 10);
    expect(receiving.told().at(-1)).toBe('COMPLETE poll docker');
  });

  test('a receiver that is down is left alone for a while, and asked again', async () => {
    receiving.server.answer = reply(503, '');
    const { start, observer } = receiving.prepare();
    start();
    observer.started(receiving.runOf());
    vi.advanceTimersByTime(100);
    await until(() => receiving.server.requests.length === 1);
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    receiving.server.answer = taking(receiving.taken, created);
    observer.started(receiving.runOf());
    vi.advanceTimersByTime(10_000);
    await nextTurn();
    expect(receiving.server.requests).toHaveLength(1);
    vi.advanceTimersByTime(5_000);
    await until(() => receiving.taken.length === 4 && receiving.waiting() === 0);
  });
});

test('what a process left open is ended by the next one, and what it kept is sent first', async () => {
  const first = receiving.prepare();
  receiving.server.answer = reply(500, '');
  const [done, open] = [receiving.runOf(), receiving.runOf()];
  first.observer.started(done);
  first.observer.ended(receiving.endOf(done));
  first.observer.started(open);
  await first.flush();
  first.stop();
  expect(receiving.taken).toEqual([]);

  receiving.server.answer = taking(receiving.taken, created);
  const next = receiving.prepare();
  next.start();
  await next.flush();
  expect(receiving.waiting()).toBe(0);
  expect(receiving.told()[0]).toBe('START poll docker');
  const ends = receiving.taken.filter(
    ({ run, eventType }) => eventType !== 'START' && [open.id, open.parentId].includes(run.runId),
  );
  expect(ends.map(({ eventType }) => eventType)).toEqual(['FAIL', 'FAIL']);
  expect(ends[0]?.run.facets.errorMessage).toMatchObject({
    message: 'Groundswell stopped before this came to its end.',
  });
  // The end that comes too late after all is not told again.
  first.observer.ended(receiving.endOf(open));
  expect(receiving.waiting()).toBe(0);
});

import { describe, expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../db/open.ts';
import { daysOf, seriesOf } from '../db/series.ts';
import { ensureSubject, setTracked } from '../db/subjects.ts';
import { RateLimited, Unavailable } from '../src/errors.ts';
import { createPoller, pollJobs } from '../src/poll.ts';
import type { FetchContext, Source } from '../src/sources/source.ts';
import { NOW, quiet } from './sources/cases.ts';

const DAY_MS = 86_400_000;

/** A source that counts what it is asked, and answers through `answer`. */
function fakeSource(id: string, answer: (key: string) => Promise<number> | number) {
  const asked: { key: string; first: boolean }[] = [];
  const source: Source = {
    id,
    title: id,
    form: 'name',
    schedule: '0 12 * * *',
    metrics: [`${id}.things`],
    parse: (reference) => ({ key: reference.toLowerCase(), name: reference }),
    async fetch({ key }, { now, first }: FetchContext) {
      asked.push({ key, first });
      const body = `${await answer(key)}`;
      return [{ kind: 'things', takenAt: new Date(now).toISOString(), body }];
    },
    daily: ({ takenAt, body }) => [
      {
        metric: `${id}.things`,
        kind: 'total',
        origin: 'poll',
        values: [{ day: takenAt.slice(0, 10), value: Number(body) }],
      },
    ],
  };
  return { source, asked };
}

function prepare(sources: readonly Source[], tracked: readonly string[]) {
  const db = openDatabase(IN_MEMORY);
  for (const reference of tracked) {
    const [source = '', key = ''] = reference.split(':');
    setTracked(db, ensureSubject(db, source, key, key).id, '2022-01-01T00:00:00Z');
  }
  let now = NOW;
  const poller = createPoller({ db, sources, log: quiet, now: () => now });
  return {
    db,
    poller,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

const told = (outcomes: Awaited<ReturnType<ReturnType<typeof createPoller>['pollAll']>>) =>
  outcomes.map(({ status, subject }) => `${subject.source}:${subject.key} ${status}`).toSorted();

describe('polling what is tracked', () => {
  test("neither a subject's nor a source's failure stops another", async () => {
    const a = fakeSource('a', (key) => {
      if (key === 'two') throw new Unavailable('down');
      return 5;
    });
    const b = fakeSource('b', () => Promise.reject(new TypeError('a bug')));
    const c = fakeSource('c', () => 6);
    const { db, poller } = prepare(
      [a.source, b.source, c.source],
      ['a:one', 'a:two', 'a:three', 'b:x', 'c:y'],
    );
    ensureSubject(db, 'a', 'untracked', 'untracked');
    expect(told(await poller.pollAll())).toEqual([
      'a:one done',
      'a:three done',
      'a:two failed',
      'b:x failed',
      'c:y done',
    ]);
    expect(seriesOf(db, 'a.things').map(({ subjectName }) => subjectName)).toEqual([
      'one',
      'three',
    ]);
    expect(seriesOf(db, 'b.things')).toEqual([]);
  });

  test('a source that wants us to wait is left alone', async () => {
    const { source, asked } = fakeSource('a', () => {
      throw new RateLimited('slow down', NOW + 1);
    });
    const { poller } = prepare([source], ['a:one', 'a:two']);
    expect(told(await poller.pollSource('a'))).toEqual(['a:one failed', 'a:two failed']);
    expect(asked).toHaveLength(1);
  });

  test('two polls of one subject are one, and only the first asks for history', async () => {
    const { source, asked } = fakeSource('a', () => new Promise((done) => setTimeout(done, 5, 7)));
    const { poller } = prepare([source], ['a:one']);
    const [subject] = (await Promise.all([poller.pollAll(), poller.pollAll()])).flat();
    expect(subject?.status).toBe('done');
    expect(asked).toEqual([{ key: 'one', first: true }]);
    await poller.pollAll();
    expect(asked.at(-1)).toEqual({ key: 'one', first: false });
  });

  test('the second of several series fails, and the first is as before', async () => {
    const { source } = fakeSource('a', () => 5);
    const broken: Source = {
      ...source,
      daily: (snapshot) => [
        ...source.daily(snapshot),
        {
          metric: 'a.others',
          kind: 'total',
          origin: 'poll',
          values: [{ day: '2022-01-01', value: Number.NaN }],
        },
      ],
    };
    const { db, poller } = prepare([broken], ['a:one']);
    expect(told(await poller.pollAll())).toEqual(['a:one failed']);
    expect(db.prepare('SELECT count(*) FROM snapshot').pluck().get()).toBe(0);
    expect(db.prepare('SELECT count(*) FROM series').pluck().get()).toBe(0);
  });

  test('four polls a day for a year: one row a day, and few snapshots', async () => {
    let value = 0;
    const { source } = fakeSource('a', () => {
      value += 1;
      return value;
    });
    const { db, poller, wait } = prepare([source], ['a:one']);
    for (let poll = 0; poll < 4 * 365; poll += 1) {
      await poller.pollAll();
      wait(DAY_MS / 4);
    }
    const [series] = seriesOf(db, 'a.things');
    const days = daysOf(db, series?.id ?? 0, '0000-01-01', '9999-12-31');
    expect(days).toHaveLength(366);
    // Each day keeps what its last poll said.
    expect(days.at(-2)?.value).toBe(4 * 365 - 1);
    const kept = db.prepare('SELECT body FROM snapshot ORDER BY taken_at').pluck().all();
    expect(kept.length).toBeGreaterThan(90);
    expect(kept.length).toBeLessThan(90 + 12);
    expect(kept.at(-1)).toBe(`${4 * 365}`);
  });
});

test('the scheduled job fails with a count when polls fail', async () => {
  const { source } = fakeSource('a', (key) => {
    if (key === 'two') throw new Unavailable('down');
    return 1;
  });
  const { poller } = prepare([source], ['a:one', 'a:two']);
  const [job] = pollJobs([source], poller);
  expect(job).toMatchObject({ name: 'poll a', cron: '0 12 * * *' });
  await expect(job?.run()).rejects.toThrow('1 of 2 polls failed');
});

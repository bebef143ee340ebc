import { describe, expect, test } from 'vitest';
import { daysOf, seriesOf } from '../db/series.ts';
import { ensureSubject } from '../db/subjects.ts';
import { RateLimited, Unavailable } from '../src/errors.ts';
import { between, pollJobs } from '../src/poll/jobs.ts';
import type { Outcome } from '../src/poll/round.ts';
import type { Source } from '../src/sources/source.ts';
import { fakeSource } from './fake-source.ts';
import { startPolling } from './polling.ts';
import { NOW } from './sources/cases.ts';

const DAY_MS = 86_400_000;

const told = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ status, source, subject }) => `${source}:${subject?.key} ${status}`).toSorted();

describe('polling what is tracked', () => {
  test("neither a subject's nor a source's failure stops another", async () => {
    const a = fakeSource('a', (key) => {
      if (key === 'two') throw new Unavailable('down');
      return 5;
    });
    const b = fakeSource('b', () => Promise.reject(new TypeError('a bug')));
    const c = fakeSource('c', () => 6);
    const { db, poller } = startPolling(
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
    const { poller } = startPolling([source], ['a:one', 'a:two']);
    expect(told(await poller.pollSource('a'))).toEqual(['a:one limited', 'a:two limited']);
    expect(asked).toHaveLength(1);
  });

  test('two polls of one subject are one, and only the first asks for history', async () => {
    const { source, asked } = fakeSource('a', () => new Promise((done) => setTimeout(done, 5, 7)));
    const { poller } = startPolling([source], ['a:one']);
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
    const { db, poller } = startPolling([broken], ['a:one']);
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
    const { db, poller, wait } = startPolling([source], ['a:one']);
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

describe('the jobs of a source', () => {
  test('a poll fails with a count when readings fail, and whoever waits is told', async () => {
    const { source } = fakeSource('a', (key) => {
      if (key === 'two') throw new Unavailable('down');
      return 1;
    });
    const { poller } = startPolling([source], ['a:one', 'a:two']);
    const told: string[] = [];
    const [poll, resume] = pollJobs([source], poller, async (id) => void told.push(id));
    expect(poll).toMatchObject({ name: 'poll a', cron: '0 12 * * *' });
    await expect(poll?.run()).rejects.toThrow('1 of 2 readings failed');
    expect(told).toEqual(['a']);
    expect(resume?.name).toBe('resume a');
    await expect(resume?.run()).rejects.toThrow('1 of 1 readings failed');
    expect(told).toEqual(['a', 'a']);
  });

  test.each([
    ['48 5,11,17,23 * * *', '38 0,1,2,3,4,6,7,8,9,10,12,13,14,15,16,18,19,20,21,22 * * *'],
    ['5 0,12 * * *', '55 0,1,2,3,4,5,6,7,8,9,10,12,13,14,15,16,17,18,19,20,21,22 * * *'],
  ])('what is unfinished goes on in the hours between polls: %s', (schedule, expected) => {
    expect(between(schedule)).toBe(expected);
  });
});

import { describe, expect, test, vi } from 'vitest';
import { claimRun, finishRun, latestRuns } from '../db/jobs.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import { createSchedule, type Job } from '../src/schedule.ts';
import { quiet } from './sources/cases.ts';

const at = (text: string) => Date.parse(text);
const NOON = '2022-03-10T12:00:00.000Z';

function job(run: () => Promise<void> = async () => {}, more: Partial<Job> = {}) {
  const spy = vi.fn(run);
  return { spy, job: { name: 'noon', cron: '0 12 * * *', run: spy, ...more } };
}

async function startAt(db: Db, jobs: readonly Job[], now: string) {
  const schedule = createSchedule({ db, jobs, log: quiet, now: () => at(now) });
  schedule.start();
  await new Promise((turn) => setImmediate(turn));
  await schedule.stop();
}

describe('after being off', () => {
  test('the latest due time is caught up with, once', async () => {
    const db = openDatabase(IN_MEMORY);
    const { spy, job: noon } = job();
    await startAt(db, [noon], '2022-03-13T11:59:00Z');
    expect(spy).toHaveBeenCalledTimes(1);
    expect(latestRuns(db)).toMatchObject([
      { job: 'noon', dueAt: '2022-03-12T12:00:00.000Z', outcome: 'done', error: null },
    ]);
    await startAt(db, [noon], '2022-03-13T11:59:59Z');
    expect(spy).toHaveBeenCalledTimes(1);
    await startAt(db, [noon], '2022-03-13T12:00:00Z');
    expect(spy).toHaveBeenCalledTimes(2);
  });
});

describe('the ledger', () => {
  test('a failure is written down, and the next job runs all the same', async () => {
    const db = openDatabase(IN_MEMORY);
    const bad = job(() => Promise.reject(new Error('no disk')), { name: 'bad' });
    const good = job();
    await startAt(db, [bad.job, good.job], NOON);
    expect(latestRuns(db)).toMatchObject([
      { job: 'bad', outcome: 'failed', error: 'Error: no disk' },
      { job: 'noon', outcome: 'done' },
    ]);
    await startAt(db, [bad.job], '2022-03-10T13:00:00Z');
    expect(bad.spy).toHaveBeenCalledTimes(1);
  });

  test('a run that a crash cut off gets another go while it is the latest one', async () => {
    const db = openDatabase(IN_MEMORY);
    claimRun(db, 'noon', '2022-03-09T12:00:00.000Z', '2022-03-09T12:00:00.000Z');
    claimRun(db, 'noon', NOON, NOON);
    const { spy, job: noon } = job();
    await startAt(db, [noon], '2022-03-10T12:05:00Z');
    expect(spy).toHaveBeenCalledTimes(1);
    const runs = db.prepare('SELECT due_at, outcome, error FROM job_run ORDER BY due_at').all();
    expect(runs).toEqual([
      {
        due_at: '2022-03-09T12:00:00.000Z',
        outcome: 'failed',
        error: 'cut off by a crash',
      },
      { due_at: NOON, outcome: 'done', error: null },
    ]);
  });

  test('a due time that somebody else has claimed and finished is not run', async () => {
    const db = openDatabase(IN_MEMORY);
    claimRun(db, 'noon', NOON, NOON);
    finishRun(db, 'noon', NOON, NOON);
    const { spy, job: noon } = job();
    await startAt(db, [noon], NOON);
    expect(spy).not.toHaveBeenCalled();
  });
});

test('stop waits for what is running', async () => {
  const db = openDatabase(IN_MEMORY);
  let isDone = false;
  const { job: slow } = job(async () => {
    await new Promise((done) => setTimeout(done, 30));
    isDone = true;
  });
  await startAt(db, [slow], NOON);
  expect(isDone).toBe(true);
  expect(latestRuns(db)).toMatchObject([{ outcome: 'done' }]);
});

test('what the stop cuts short gets another go at the next start', async () => {
  const db = openDatabase(IN_MEMORY);
  let isCut = true;
  const { spy, job: slow } = job(async () => {
    await new Promise((done) => setTimeout(done, 5));
    if (isCut) throw new Error('stopping');
  });
  await startAt(db, [slow], NOON);
  expect(latestRuns(db)).toEqual([]);
  isCut = false;
  await startAt(db, [slow], NOON);
  expect(spy).toHaveBeenCalledTimes(2);
  expect(latestRuns(db)).toMatchObject([{ outcome: 'done' }]);
});

test('a ledger that can not be written ends nothing', async () => {
  const db = openDatabase(IN_MEMORY);
  const { spy, job: noon } = job(async () => void db.pragma('query_only = ON'));
  await startAt(db, [noon], NOON);
  expect(spy).toHaveBeenCalledTimes(1);
});

test('the timer runs a job when it is due, and leaves a turn out while it still runs', async () => {
  const db = openDatabase(IN_MEMORY);
  let finish = () => {};
  const { spy, job: often } = job(
    () =>
      new Promise((done) => {
        finish = done;
      }),
    { cron: '* * * * * *' },
  );
  const schedule = createSchedule({ db, jobs: [often], log: quiet, now: Date.now });
  schedule.start();
  await vi.waitFor(() => expect(spy).toHaveBeenCalled(), 5_000);
  const before = spy.mock.calls.length;
  await new Promise((done) => setTimeout(done, 1_200));
  expect(spy).toHaveBeenCalledTimes(before);
  finish();
  await vi.waitFor(() => expect(spy.mock.calls.length).toBeGreaterThan(before), 5_000);
  finish();
  await schedule.stop();
});

import { expect, test } from 'vitest';
import { claimRun, finishRun, latestRuns, releaseRun, unfinishedRuns } from '../../db/jobs.ts';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';

const due = (minute: number) => new Date(Date.UTC(2022, 2, 10, 12, minute)).toISOString();

test('a due time is claimed once, per job', () => {
  const db = openDatabase(IN_MEMORY);
  expect(claimRun(db, 'poll', due(0), due(1))).toBe(true);
  expect(claimRun(db, 'poll', due(0), due(2))).toBe(false);
  expect(claimRun(db, 'digest', due(0), due(1))).toBe(true);
  expect(claimRun(db, 'poll', due(5), due(5))).toBe(true);
});

test('a run is unfinished until its end is written down, or its claim given back', () => {
  const db = openDatabase(IN_MEMORY);
  for (const minute of [0, 5, 10]) claimRun(db, 'poll', due(minute), due(minute));
  finishRun(db, 'poll', due(5), due(6), 'no answer');
  releaseRun(db, 'poll', due(10));
  expect(unfinishedRuns(db, 'poll').map(({ dueAt }) => dueAt)).toEqual([due(0)]);
  expect(latestRuns(db)).toEqual([
    {
      job: 'poll',
      dueAt: due(5),
      startedAt: due(5),
      finishedAt: due(6),
      outcome: 'failed',
      error: 'no answer',
    },
  ]);
});

test('the ledger does not grow for ever', () => {
  const db = openDatabase(IN_MEMORY);
  claimRun(db, 'other', due(0), due(0));
  for (let minute = 0; minute < 250; minute += 1) {
    claimRun(db, 'poll', due(minute), due(minute));
    finishRun(db, 'poll', due(minute), due(minute));
  }
  const counts = db.prepare('SELECT job, count(*) AS runs FROM job_run GROUP BY job').all();
  expect(counts).toEqual([
    { job: 'other', runs: 1 },
    { job: 'poll', runs: 100 },
  ]);
  expect(latestRuns(db).find(({ job }) => job === 'poll')?.dueAt).toBe(due(249));
});

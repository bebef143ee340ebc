import { describe, expect, test } from 'vitest';
import { dayMs } from '../../db/days.ts';
import { claimRun, finishRun } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import { noteStops, noteUnrecordedDays } from '../../src/recording/gaps.ts';
import { community } from '../reports/community.ts';

describe('a stop of the bot', () => {
  const start = dayMs('2026-11-02');
  /** Runs the hourly job at each of these hours from the start on. */
  function runAt(db: Db, from: number, to: number) {
    for (let hour = from; hour <= to; hour++) {
      const due = new Date(start + hour * 3_600_000).toISOString();
      claimRun(db, 'watch slack', due, due);
      noteStops(db, start + hour * 3_600_000);
      finishRun(db, 'watch slack', due, due);
    }
  }
  const noted = (db: Db) => unrecordedDays(db, '2000-01-01', '2100-01-01');

  test('is remembered for longer than the ledger of jobs remembers', () => {
    const { db } = community();
    runAt(db, 0, 30);
    runAt(db, 80, 400);
    expect(noted(db)).toEqual(['2026-11-03', '2026-11-04', '2026-11-05']);
  });

  test('is noticed before the next hourly run', () => {
    const { db } = community();
    runAt(db, 0, 10);
    noteStops(db, start + 13 * 3_600_000);
    expect(noted(db)).toEqual([]);
    noteStops(db, start + 14 * 3_600_000);
    expect(noted(db)).toEqual(['2026-11-02']);
  });

  test('is none of the year by which a clock ran ahead for an hour', () => {
    const { db } = community();
    runAt(db, 0, 10);
    runAt(db, 365 * 24, 365 * 24);
    expect(noted(db)).toHaveLength(365);
    runAt(db, 11, 200);
    // The rest of the day on which it happened can't be told from a stop.
    expect(noted(db)).toEqual(['2026-11-02']);
  });

  test('is none before the first start', () => {
    const { db } = community();
    noteStops(db, start);
    runAt(db, 500, 501);
    expect(noted(db)).toEqual([]);
  });
});

test('days are unrecorded on which Slack was lost for three hours or more', () => {
  const { db } = community();
  const start = dayMs('2026-11-02');
  const hours = (from: number, to: number) => ({
    from: start + from * 3_600_000,
    to: start + to * 3_600_000,
  });
  noteUnrecordedDays(db, [hours(2, 4)]);
  noteUnrecordedDays(db, [hours(30, 33), hours(46, 75)]);
  expect(unrecordedDays(db, '2000-01-01', '2100-01-01')).toEqual([
    '2026-11-03',
    '2026-11-04',
    '2026-11-05',
  ]);
});

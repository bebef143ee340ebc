import { describe, expect, test } from 'vitest';
import { dayMs } from '../../db/days.ts';
import { claimRun, finishRun } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import {
  noteLost,
  noteStopBefore,
  noteStops,
  noteUnrecordedDays,
} from '../../src/recording/gaps.ts';
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

describe('what was lost on a day in shorter spells', () => {
  const start = dayMs('2026-11-02');
  const span = (from: number, to: number) => ({
    from: start + from * 3_600_000,
    to: start + to * 3_600_000,
  });
  const noted = (db: Db) => unrecordedDays(db, '2000-01-01', '2100-01-01');

  test('is added up by UTC days, however often it is told', () => {
    const { db } = community();
    // As the connection tells it: again and again while it goes on.
    for (const hour of [1, 5, 22.5]) {
      for (const part of [0.2, 0.6, 1, 1]) noteLost(db, span(hour, hour + part));
      noteStops(db, start + (hour + 1) * 3_600_000);
    }
    noteLost(db, span(23.5, 25.5));
    noteStops(db, start + 30 * 3_600_000);
    expect(noted(db)).toEqual(['2026-11-02']);
    noteLost(db, span(40, 41.5));
    noteStops(db, start + 42 * 3_600_000);
    expect(noted(db)).toEqual(['2026-11-02', '2026-11-03']);
  });

  test('does not count what Slack sends again', () => {
    const { db } = community();
    for (let minute = 0; minute < 1440; minute += 6) {
      noteLost(db, span(minute / 60, (minute + 4.9) / 60));
    }
    noteStops(db, start + 24 * 3_600_000);
    expect(noted(db)).toEqual([]);
  });

  test('is added to stops of the bot, of which each counts to the minute and once', () => {
    const { db } = community();
    const run = (hour: number) => {
      const at = new Date(start + hour * 3_600_000).toISOString();
      claimRun(db, 'alerts', at, at);
    };
    // Killed in the middle of a spell, and up again an hour after its last sign of life.
    run(8);
    noteLost(db, span(7.5, 8.1));
    noteStopBefore(db, start + 9 * 3_600_000);
    noteStopBefore(db, start + 9 * 3_600_000);
    run(9);
    noteLost(db, span(12, 13.4));
    run(14);
    noteStops(db, start + 14 * 3_600_000);
    expect(noted(db)).toEqual([]);
    noteStopBefore(db, start + 14.1 * 3_600_000);
    noteStops(db, start + 14.1 * 3_600_000);
    expect(noted(db)).toEqual(['2026-11-02']);
  });

  test('is none of what a clock that ran ahead has noted, nor was there a stop before the first start', () => {
    const { db } = community();
    noteStopBefore(db, start);
    noteLost(db, span(2, 400));
    noteStops(db, start + 3 * 3_600_000);
    noteStops(db, start + 500 * 3_600_000);
    expect(noted(db)).toEqual([]);
  });
});

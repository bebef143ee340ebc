import { pino } from 'pino';
import { expect, test } from 'vitest';
import { listAlertSeries } from '../../db/alert-series.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { findSubject, setTracked } from '../../db/subjects.ts';
import { followListChange } from '../../src/alerts/forgetting.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { movements } from '../reports/watching.ts';
import { usual, worldOf } from './world.ts';

const FIRST = '2025-09-01';
const FELL = addDays(FIRST, 145);

test('what leaves the list while others are judged is over, and begins nothing anew', async () => {
  const made = ['a', 'b'].map((name, at) => {
    const of = usual(FIRST, 1000, at);
    return { name, told: (day: string) => Math.round(of(day) * (day < FELL ? 1 : 0.25)) };
  });
  const { db, poll } = worldOf(FIRST, made);
  let today = FIRST;
  const watch = createWatch({ db, log: pino({ level: 'silent' }), now: () => dayMs(today) });
  for (let age = 1; age < 149; age++) {
    today = addDays(FIRST, age);
    poll(today);
  }
  await watch.judge();
  expect(movements(db, FIRST).map(({ closedDay }) => closedDay)).toEqual([null, null]);

  today = addDays(today, 1);
  poll(today);
  const judging = watch.judge('pypi');
  setTracked(db, findSubject(db, 'pypi', 'b')?.id ?? 0, null);
  followListChange(db, 'pypi', today);
  await judging;
  const ends = movements(db, FIRST).map(({ subjectName, outcome }) => [subjectName, outcome]);
  expect(ends).toEqual([
    ['a', null],
    ['b', 'not watched'],
  ]);
  expect(listAlertSeries(db).map(({ subjectName }) => subjectName)).toEqual(['a']);
});

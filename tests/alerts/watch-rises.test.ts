import { pino } from 'pino';
import { expect, test } from 'vitest';
import { setExtra } from '../../db/alert-settings.ts';
import { addDays, type Day, dayMs } from '../../db/days.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { movements } from '../reports/watching.ts';
import { usual, worldOf } from './world.ts';

const FIRST = '2026-02-02';
const at = (age: number): Day => addDays(FIRST, age);
const RISE = 140;

/** A package that has four times its downloads from a day on, beside nobody. */
function rising() {
  const of = usual(FIRST, 1000, 1);
  const told = (day: Day) => of(day) * (day >= at(RISE) ? 4 : 1);
  const world = worldOf(FIRST, [{ name: 'up', told }]);
  let today = FIRST;
  const log = pino({ level: 'silent' });
  const watch = createWatch({ db: world.db, log, now: () => dayMs(today) + 8 * 3_600_000 });
  return {
    db: world.db,
    judge: () => watch.judge(),
    async live(from: number, to: number) {
      for (let age = from; age <= to; age++) {
        today = at(age);
        world.poll(today);
        await watch.judge();
      }
    },
    told: () =>
      movements(world.db).map(({ kind, openedDay, outcome }) => [kind, openedDay, outcome]),
  };
}

test('rises are told where they are watched, and are no drop when they are the new level', async () => {
  const { db, live, told } = rising();
  setExtra(db, 'rises', true);
  await live(1, RISE + 45);
  expect(told()).toEqual([['rise', at(RISE + 1), 'new level']]);
});

test('rises are not told where nobody watches them', async () => {
  const { live, told } = rising();
  await live(1, RISE + 10);
  expect(told()).toEqual([]);
});

test('switched off, what is open is over at once; switched on, it is not followed on', async () => {
  const { db, live, judge, told } = rising();
  setExtra(db, 'rises', true);
  await live(1, RISE + 5);
  setExtra(db, 'rises', false);
  await judge();
  expect(told()).toEqual([['rise', at(RISE + 1), 'not watched']]);
  setExtra(db, 'rises', true);
  await live(RISE + 6, RISE + 9);
  expect(told()).toEqual([['rise', at(RISE + 1), 'not watched']]);
});

import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { listAlertSeries } from '../../db/alert-series.ts';
import { setExtra } from '../../db/alert-settings.ts';
import { addDays, type Day, dayMs, daysBetween } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import { acknowledgeIncident, snoozeIncident } from '../../db/incidents.ts';
import { setTracked, trackedSubjects } from '../../db/subjects.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { movements } from '../reports/watching.ts';
import { counted, type Made, usual, type World, worldOf } from './world.ts';

const FIRST = '2025-09-01';
const at = (age: number): Day => addDays(FIRST, age);
const LAST = 400;

const between = (day: Day, from: number, to: number) => day >= at(from) && day <= at(to);

/** Everybody's downloads are told as nothing for two days, and as they were on the sixth. */
function brokenSource(value: number, day: Day, askedOn: Day): number {
  return between(day, 150, 151) && askedOn < at(156) ? 0 : value;
}

function aPackage(
  name: string,
  level: number,
  seed: number,
  moved = (v: number, _day: Day) => v,
): Made {
  const of = usual(FIRST, level, seed);
  return {
    name,
    told(day, askedOn) {
      // Three days are told late, together.
      if (between(day, 300, 302) && askedOn < at(305)) return null;
      return brokenSource(moved(of(day), day), day, askedOn);
    },
  };
}

function anImage(name: string, seed: number, of: (value: number, day: Day) => number): Made {
  const pulls = usual(FIRST, 900, seed);
  const total = counted(FIRST, (day) => of(pulls(day), day));
  return { name, source: 'docker', told: (day) => total(day) };
}

/** Four hundred days, with falls and with all that only looks like one. */
function made(): Made[] {
  const gap = aPackage('gap', 700, 4);
  const still = anImage('still', 11, (value) => value);
  const anew = anImage('anew', 12, (value) => value);
  return [
    aPackage('steady', 1200, 1),
    aPackage('falls', 900, 2, (value, day) => (day >= at(200) ? Math.round(value * 0.4) : value)),
    aPackage('breaks', 1500, 3, (value, day) => (between(day, 250, 252) ? 0 : value)),
    { ...gap, told: (day, on) => (between(day, 120, 122) ? null : gap.told(day, on)) },
    aPackage('bursts', 800, 5, (value, day) => (between(day, 220, 222) ? value * 5 : value)),
    aPackage('tiny', 12, 6, (value, day) => (day >= at(200) ? 0 : value)),
    // A counter that stands still for a day, and catches up.
    { ...still, told: (day, on) => still.told(day === at(170) ? at(169) : day, on) },
    // A counter that begins anew.
    {
      ...anew,
      told: (day, on) =>
        (anew.told(day, on) ?? 0) - (day >= at(180) ? (anew.told(at(180), on) ?? 0) - 400 : 0),
    },
    anImage('stalls', 13, (value, day) => (day >= at(380) ? Math.round(value * 0.25) : value)),
    anImage('plain', 14, (value) => value),
  ];
}

interface Told {
  readonly subjectName: string;
  readonly state: Movement['state'];
  readonly outcome: Movement['outcome'];
  readonly openedDay: Day;
  readonly closedDay: Day | null;
}

function toldIn({ db }: World): Told[] {
  return movements(db, FIRST)
    .map(({ subjectName, state, outcome, openedDay, closedDay }) => {
      return { subjectName, state, outcome, openedDay, closedDay };
    })
    .toReversed();
}

const log = pino({ level: 'silent' });

/** Nine in the morning in Berlin, which moves with its clocks. */
function morning(day: Day): number {
  const isSummer =
    (day >= '2025-03-30' && day < '2025-10-26') || (day >= '2026-03-29' && day < '2026-10-25');
  return dayMs(day) + (isSummer ? 7 : 8) * 3_600_000;
}

/** Polls and judges on every day; where `isCut` says so, the process stops in the middle. */
async function live(world: World, isCut: (age: number) => boolean = () => false): Promise<void> {
  let age = 1;
  const start = (signal?: AbortSignal) => {
    const now = () => morning(at(age));
    return createWatch({ db: world.db, log, now, ...(signal && { signal }) });
  };
  for (let watch = start(); age <= LAST; age++) {
    world.poll(at(age));
    if (!isCut(age)) {
      await watch.judge();
      continue;
    }
    const stopping = new AbortController();
    const cut = start(stopping.signal).judge();
    setImmediate(() => stopping.abort());
    await cut;
    watch = start();
  }
}

describe('four hundred days', () => {
  const whole = worldOf(FIRST, made());

  test('tell the falls, each once, and nothing else', async () => {
    await live(whole);
    const told = toldIn(whole);
    expect(told.map(({ subjectName, outcome }) => [subjectName, outcome])).toEqual([
      ['falls', 'new level'],
      ['breaks', 'recovered'],
      ['stalls', null],
    ]);
    const [falls, breaks, stalls] = told as [Told, Told, Told];
    expect(daysBetween(at(200), falls.openedDay)).toBeLessThanOrEqual(2);
    expect(daysBetween(falls.openedDay, falls.closedDay ?? '')).toBe(28);
    expect(daysBetween(at(250), breaks.openedDay)).toBeLessThanOrEqual(2);
    expect(daysBetween(at(252), breaks.closedDay ?? '')).toBeLessThanOrEqual(4);
    expect(daysBetween(at(380), stalls.openedDay)).toBeLessThanOrEqual(2);
    expect(stalls.state).toBe('firing');
    const standings = Object.fromEntries(
      listAlertSeries(whole.db).map(({ subjectName, standing }) => [subjectName, standing]),
    );
    expect(standings).toMatchObject({ stalls: 'firing', steady: 'normal', tiny: 'small' });
  });

  test('end in the same, however often the process is stopped', async () => {
    const cut = worldOf(FIRST, made());
    await live(cut, (age) => age % 50 < 3);
    await createWatch({ db: cut.db, log, now: () => morning(at(LAST)) }).judge();
    expect(toldIn(cut)).toEqual(toldIn(whole));
    expect(listAlertSeries(cut.db)).toEqual(listAlertSeries(whole.db));
  });

  test('are not judged again', async () => {
    const before = [movements(whole.db, FIRST), listAlertSeries(whole.db)];
    await createWatch({ db: whole.db, log, now: () => morning(at(LAST)) }).judge();
    expect([movements(whole.db, FIRST), listAlertSeries(whole.db)]).toEqual(before);
  });
});

/** A package that falls on day 130, and `others` that do not. */
function falling(role: Made['role'] = 'own'): World {
  const fall = (value: number, day: Day) => (day >= at(130) ? Math.round(value * 0.2) : value);
  const world = worldOf(FIRST, [
    { ...aPackage('low', 900, 2, fall), ...(role && { role }) },
    ...[1, 3, 4].map((seed) => aPackage(`other-${seed}`, 900, seed)),
  ]);
  for (let age = 5; age <= 140; age += 5) world.poll(at(age));
  return world;
}

function judged({ db }: World, age: number): Promise<void> {
  return createWatch({ db, log, now: () => morning(at(age)) }).judge();
}

test('what was tracked before it was watched is judged backwards', async () => {
  const world = falling();
  await judged(world, 140);
  expect(toldIn(world)).toMatchObject([{ subjectName: 'low', state: 'firing' }]);
});

test('what has long been open when it is first judged is no news', async () => {
  const news = (world: World) => world.db.prepare('SELECT is_news FROM incident').pluck().all();
  const [early, late] = [falling(), falling()];
  await judged(early, 140);
  expect(news(early)).toEqual([1]);
  late.poll(at(148));
  await judged(late, 149);
  expect(news(late)).toEqual([0]);
});

test('dependencies are peers, and watched when somebody wants it', async () => {
  const world = falling('dependency');
  await judged(world, 140);
  expect(toldIn(world)).toEqual([]);
  expect(listAlertSeries(world.db)).toHaveLength(3);
  setExtra(world.db, 'dependencies', true);
  await judged(world, 140);
  expect(toldIn(world)).toMatchObject([{ subjectName: 'low' }]);
  setExtra(world.db, 'dependencies', false);
  await judged(world, 140);
  expect(toldIn(world)).toMatchObject([{ subjectName: 'low', outcome: 'not watched' }]);
});

test('what leaves the list is closed, and opens again when it comes back', async () => {
  const world = falling();
  await judged(world, 140);
  const low = trackedSubjects(world.db).find(({ name }) => name === 'low')?.id ?? 0;
  setTracked(world.db, low, null);
  await judged(world, 140);
  expect(toldIn(world)).toMatchObject([{ state: 'resolved', outcome: 'not watched' }]);
  setTracked(world.db, low, `${at(140)}T00:00:00Z`);
  await judged(world, 140);
  expect(toldIn(world)).toMatchObject([{ state: 'firing', outcome: null }]);
});

test('a snoozed one is firing again on its day, an acknowledged one stays so', async () => {
  const world = falling();
  await judged(world, 140);
  snoozeIncident(world.db, 1, 'U1', `${at(147)}T00:00:00.000Z`);
  await judged(world, 146);
  expect(movements(world.db, FIRST)).toMatchObject([{ state: 'snoozed', userId: 'U1' }]);
  await judged(world, 147);
  expect(movements(world.db, FIRST)).toMatchObject([{ state: 'firing', userId: null }]);
  acknowledgeIncident(world.db, 1, 'U2');
  await judged(world, 148);
  expect(movements(world.db, FIRST)).toMatchObject([{ state: 'acknowledged', userId: 'U2' }]);
});

test('a series that can not be judged holds up no other', async () => {
  const world = falling();
  await judged(world, 140);
  const through = () => listAlertSeries(world.db).map(({ judgedThrough }) => judgedThrough);
  const newest = through();
  world.db.exec(`UPDATE alert_series SET judged_through = '${at(100)}', state = 'no json'
    WHERE subject_id = 1; DELETE FROM alert_series WHERE subject_id > 1`);
  await judged(world, 140);
  expect(through()).toEqual([at(100), ...newest.slice(1)]);
});

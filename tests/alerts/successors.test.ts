import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { listAlertSeries } from '../../db/alert-series.ts';
import { setExtra } from '../../db/alert-settings.ts';
import { addDays, type Day, dayMs, daysBetween } from '../../db/days.ts';
import type { Movement } from '../../db/incident.ts';
import { acknowledgeIncident, incidentById } from '../../db/incidents.ts';
import { JUDGED_AFTER_WEEKS } from '../../db/joint-series.ts';
import { dropReplacement, saveReplacement } from '../../db/replacements.ts';
import { findSubject, setTracked } from '../../db/subjects.ts';
import { readCourse } from '../../reports/course.ts';
import { movementSentence } from '../../reports/movement-words.ts';
import { createFields } from '../../src/alerts/field.ts';
import { watchedMetrics } from '../../src/alerts/metrics.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { movements } from '../reports/watching.ts';
import { counted, type Made, usual, type World, worldOf } from './world.ts';

const FIRST = '2025-03-03';
const at = (age: number): Day => addDays(FIRST, age);
const log = pino({ level: 'silent' });

/** The move begins, is over sixty days later, and what is left of both falls. */
const MOVES = 200;
const MOVED = MOVES + 60;
const FALLS = 330;

/** What share of the downloads of both the old one still has on a day. */
function oldShare(day: Day): number {
  const age = daysBetween(FIRST, day);
  return 1 - 0.95 * Math.min(1, Math.max(0, (age - MOVES) / (MOVED - MOVES)));
}

function both(day: Day): number {
  return usual(FIRST, 2000, 2)(day) * (day >= at(FALLS) ? 0.4 : 1);
}

const old = (day: Day) => Math.round(both(day) * oldShare(day));
const fresh = (day: Day) => Math.round(both(day) * (1 - oldShare(day)));

function packages(): Made[] {
  const others = [1, 3, 4].map((seed): Made => {
    const of = usual(FIRST, 900, seed);
    return { name: `other-${seed}`, told: of };
  });
  return [
    { name: 'old', told: old },
    { name: 'new', told: (day) => (day <= at(MOVES) ? null : fresh(day)) },
    ...others,
  ];
}

function images(): Made[] {
  const [olds, news] = [counted(FIRST, old), counted(FIRST, fresh, 0)];
  return [
    { name: 'old', source: 'docker', told: olds },
    { name: 'new', source: 'docker', told: (day) => (day <= at(MOVES) ? null : news(day)) },
    ...[1, 3, 4].map((seed): Made => {
      return {
        name: `other-${seed}`,
        source: 'docker',
        told: counted(FIRST, usual(FIRST, 900, seed)),
      };
    }),
  ];
}

function idOf({ db }: World, name: string): number {
  return (findSubject(db, 'pypi', name) ?? findSubject(db, 'docker', name))?.id ?? 0;
}

function relate(world: World): void {
  saveReplacement(world.db, { subjectId: idOf(world, 'old'), successorId: idOf(world, 'new') });
}

/** Polls and judges each day from one age on, up to another. */
async function live(world: World, from: number, to: number): Promise<void> {
  let age = from;
  const watch = createWatch({ db: world.db, log, now: () => dayMs(at(age)) + 8 * 3_600_000 });
  for (; age <= to; age++) {
    world.poll(at(age));
    await watch.judge();
  }
}

const namesOf = ({ subjectName, others }: Pick<Movement, 'subjectName' | 'others'>) =>
  [subjectName, ...others.map(({ name }) => name)].join('+');

describe.each([
  ['a package', packages, 'pypi.downloads', 'downloads'],
  ['an image', images, 'docker.pulls', 'pulls'],
] as const)('%s that moves to another', (_what, made, metric, measure) => {
  const world = worldOf(FIRST, made());
  relate(world);
  beforeAll(() => live(world, 1, FALLS + 20), 60_000);

  test('opens one incident, when both together fall, and it is named of both', () => {
    const told = movements(world.db, FIRST);
    expect(told.map(namesOf)).toEqual(['new+old']);
    const [incident] = told as [Movement];
    expect(daysBetween(at(FALLS), incident.openedDay)).toBeLessThanOrEqual(2);
    const sentence = movementSentence(incident, readCourse(world.db, incident, at(FALLS + 20)));
    const what = measure.replace(/^./, (first) => first.toUpperCase());
    expect(sentence).toMatch(
      new RegExp(`^${what} of new and old together have been (5|6)\\d% below usual since`),
    );
  });

  test('is drawn as it was judged', () => {
    const [incident] = movements(world.db, FIRST) as [Movement];
    const course = readCourse(world.db, incident, at(FALLS + 20));
    const watched = watchedMetrics.find((one) => one.metric === metric);
    const member = watched && createFields(world.db)(watched, at(200)).get(incident.subjectId);
    const known = course.days.filter(({ value }) => value !== null);
    expect(known.length).toBeGreaterThan(60);
    for (const { day, value } of known) {
      expect(member?.watched.series.at(dayMs(day) / 86_400_000)).toBe(Math.log1p(value ?? 0));
      expect(value).toBe(old(day) + fresh(day));
    }
  });

  test('is one of the watched, and one peer', () => {
    expect(
      listAlertSeries(world.db).map(({ subjectName, others }) => [subjectName, others.length]),
    ).toEqual([
      ['new', 1],
      ['other-1', 0],
      ['other-3', 0],
      ['other-4', 0],
    ]);
    const watched = watchedMetrics.find((one) => one.metric === metric);
    const field = watched && createFields(world.db)(watched, at(200));
    expect([...(field?.values() ?? [])].map((one) => one.watched.peers.length)).toEqual([
      3, 3, 3, 3,
    ]);
  });
});

describe('a move that is told of later', () => {
  const world = worldOf(FIRST, packages());
  const open = () =>
    movements(world.db, FIRST)
      .filter(({ closedDay }) => closedDay === null)
      .map(namesOf);
  const judged = (age: number) => {
    return createWatch({ db: world.db, log, now: () => dayMs(at(age)) + 8 * 3_600_000 }).judge();
  };

  test('ends what was told of the old one, and judges both anew', async () => {
    await live(world, 1, MOVES + 35);
    expect(open()).toEqual(['old']);
    relate(world);
    await judged(MOVES + 35);
    expect(open()).toEqual([]);
    const [before] = movements(world.db, FIRST);
    expect(before).toMatchObject({ subjectName: 'old', outcome: 'not watched', others: [] });
    const [both] = listAlertSeries(world.db);
    expect(both).toMatchObject({ subjectName: 'new', standing: 'normal' });
  });

  test('leaves each to itself again when it is undone', async () => {
    await live(world, MOVES + 36, FALLS + 3);
    expect(open()).toEqual(['new+old']);
    const [{ id }] = movements(world.db, FIRST) as [Movement];
    acknowledgeIncident(world.db, id, 'UADA');
    dropReplacement(world.db, idOf(world, 'old'));
    await judged(FALLS + 3);
    // It fell by itself as well, on the same day: what somebody made of that holds on.
    expect(open()).toContain('new');
    expect(open()).not.toContain('new+old');
    expect(incidentById(world.db, id, 'T1')).toMatchObject({
      subjectName: 'new',
      state: 'acknowledged',
      userId: 'UADA',
    });
    expect(listAlertSeries(world.db).slice(0, 2)).toMatchObject([
      { subjectName: 'new', others: [] },
      { subjectName: 'old', others: [] },
    ]);
  });

  test('ends when one of them leaves the list', async () => {
    relate(world);
    await judged(FALLS + 3);
    expect(listAlertSeries(world.db)[0]?.others).toHaveLength(1);
    setTracked(world.db, idOf(world, 'new'), null);
    await judged(FALLS + 3);
    expect(listAlertSeries(world.db).map(({ subjectName }) => subjectName)).toContain('old');
  });
});

describe('an image that is said to replace one that was not tracked', () => {
  /** When that is said, when the sum of both is judged, and when pulls of the successor fall. */
  const SAID = 150;
  const JOINED = SAID + 7 * JUDGED_AFTER_WEEKS;

  /** How the successor stood and what was added to it, by age, where its pulls fall at `falls`. */
  async function lived(falls: number) {
    const of = usual(FIRST, 1000, 1);
    const news = counted(FIRST, (day) => Math.round(of(day) * (day >= at(falls) ? 0.1 : 1)));
    const olds = counted(FIRST, usual(FIRST, 300, 2));
    const world = worldOf(FIRST, [
      { name: 'old', source: 'docker', told: (day) => (day < at(SAID) ? null : olds(day)) },
      { name: 'new', source: 'docker', told: news },
    ]);
    setExtra(world.db, 'rises', true);
    await live(world, 1, SAID);
    relate(world);
    await live(world, SAID, JOINED);
    const before = listAlertSeries(world.db);
    await live(world, JOINED + 1, JOINED + 10);
    return { before, after: listAlertSeries(world.db), told: movements(world.db, FIRST) };
  }

  test('is judged alone until enough is known of that one, and with it then', async () => {
    const { before, after, told } = await lived(JOINED + 100);
    expect(before).toMatchObject([{ subjectName: 'new', others: [], standing: 'normal' }]);
    expect(after).toMatchObject([{ others: [{ name: 'old' }], standing: 'normal' }]);
    expect(told).toEqual([]);
  });

  test.each([SAID + 5, SAID + 30])('is heard at once when it falls (day %i)', async (falls) => {
    const { told } = await lived(falls);
    expect(told).toMatchObject([{ kind: 'drop', openedDay: at(falls + 1), outcome: 'new level' }]);
  });

  test.each([JOINED - 25, JOINED - 3])(
    'keeps the incident that is open when it is added (day %i)',
    async (falls) => {
      const { before, told } = await lived(falls);
      expect(before).toMatchObject([{ others: [], standing: 'firing' }]);
      expect(told).toMatchObject([{ openedDay: at(falls + 1), others: [{ name: 'old' }] }]);
    },
  );
});

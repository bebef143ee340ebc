import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays, type Day, dayMs } from '../../db/days.ts';
import { latestValues } from '../../db/latest.ts';
import { sentinelDays } from '../../db/sentinels.ts';
import { createSentinels } from '../../src/alerts/sentinels.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { readConfig } from '../../src/config.ts';
import { createPypi } from '../../src/sources/pypi.ts';
import { movements } from '../reports/watching.ts';
import { quiet } from '../sources/cases.ts';
import { reply, startServer, type TestServer } from '../sources/server.ts';
import { type Told, usual, type World, worldOf } from './world.ts';

const FIRST = '2026-02-02';
const at = (age: number): Day => addDays(FIRST, age);
const DOWN = 130;
const NAMES = ['requests', 'numpy', 'packaging', 'certifi'];
const LIST = NAMES.map((name) => `pypi:${name}`).join(' ');

/** What PyPI tells of a package: on two days, for as many days, nothing. */
function toldOf(level: number, seed: number): Told {
  const of = usual(FIRST, level, seed);
  return (day, askedOn) => {
    const isLost = day >= at(DOWN) && day <= at(DOWN + 1) && askedOn < at(DOWN + 6);
    return isLost ? 0 : of(day);
  };
}

let today: Day;
let server: TestServer;
beforeEach(async () => {
  server = await startServer((request, response) => {
    const seed = NAMES.findIndex((name) => request.url?.includes(`/packages/${name}/`));
    if (seed === -1) return reply(404, '{}')(request, response);
    const told = toldOf(90_000, seed + 20);
    const data = [];
    for (let day = FIRST; day < today; day = addDays(day, 1)) {
      data.push({ category: 'without_mirrors', date: day, downloads: told(day, today) });
    }
    reply(200, JSON.stringify({ data }))(request, response);
  });
});
afterEach(() => server.close());

function alone(): World {
  const world = worldOf(FIRST, [{ name: 'alone', told: toldOf(600, 3) }]);
  for (let age = 7; age < DOWN; age += 7) world.poll(at(age));
  return world;
}

async function live(world: World, references: readonly string[], until: number): Promise<void> {
  const now = () => dayMs(today) + 16 * 3_600_000;
  const { db } = world;
  const sources = [createPypi({ apiUrl: server.url })];
  const sentinels = createSentinels({ db, sources, references, log: quiet, now });
  const watch = createWatch({ db, log: quiet, now });
  for (let age = DOWN; age <= until; age++) {
    today = at(age);
    world.poll(today);
    await sentinels.read('pypi');
    await watch.judge('pypi');
  }
}

test('one package alone is told from its source by sentinels', async () => {
  const without = alone();
  await live(without, [], DOWN + 10);
  expect(movements(without.db, FIRST)).toHaveLength(1);
  expect(server.requests).toEqual([]);

  const world = alone();
  await live(world, readConfig({ ALERT_SENTINELS: LIST }).alertSentinels, DOWN + 10);
  expect(movements(world.db, FIRST)).toEqual([]);
  expect([...sentinelDays(world.db, 'pypi.downloads', FIRST).keys()]).toEqual(NAMES.toSorted());
  expect(latestValues(world.db).map(({ subjectName }) => subjectName)).toEqual(['alone']);
});

test('are read where something is watched, at most every three hours', async () => {
  today = at(DOWN);
  let hours = 0;
  const now = () => dayMs(today) + hours * 3_600_000;
  const sources = [createPypi({ apiUrl: server.url })];
  const given = { sources, references: ['pypi:requests', 'docker:library/nginx'], log: quiet, now };
  const idle = worldOf(FIRST, []);
  await createSentinels({ ...given, db: idle.db }).read('pypi');
  expect(server.requests).toEqual([]);
  const sentinels = createSentinels({ ...given, db: alone().db });
  for (hours = 0; hours <= 5; hours++) await sentinels.read('pypi');
  expect(server.requests).toHaveLength(2);
});

test('one that is not there keeps no other from being read', async () => {
  today = at(DOWN);
  const { db } = alone();
  const references = ['pypi:gone', 'pypi:numpy'];
  const sources = [createPypi({ apiUrl: server.url })];
  const now = () => dayMs(today);
  await createSentinels({ db, sources, references, log: quiet, now }).read('pypi');
  expect([...sentinelDays(db, 'pypi.downloads', FIRST).keys()]).toEqual(['numpy']);
});

test('the list is checked, and can be empty', () => {
  expect(readConfig({}).alertSentinels).toContain('docker:library/nginx');
  expect(readConfig({ ALERT_SENTINELS: 'none' }).alertSentinels).toEqual([]);
  expect(() => readConfig({ ALERT_SENTINELS: 'requests' })).toThrow(
    /ALERT_SENTINELS must be a list/,
  );
});

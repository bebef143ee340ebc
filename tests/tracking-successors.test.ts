import { beforeEach, describe, expect, test } from 'vitest';
import { listAlertSeries } from '../db/alert-series.ts';
import { InputError } from '../db/input-error.ts';
import type { Db } from '../db/open.ts';
import { heldReplacements } from '../db/replacements.ts';
import { saveDays } from '../db/series.ts';
import { findSubject, subjectById, trackedSubjects } from '../db/subjects.ts';
import { NotFound, Unavailable } from '../src/errors.ts';
import { createTracking, type Tracking } from '../src/tracking.ts';
import { fakeSource } from './fake-source.ts';
import { startPolling } from './polling.ts';
import { movements, watching } from './reports/watching.ts';

/** Nobody knows what is called so. */
const UNKNOWN = 'gone';
const SILENT = 'silent';

function answer(key: string): number {
  if (key.endsWith(UNKNOWN)) throw new NotFound('404');
  if (key.endsWith(SILENT)) throw new Unavailable('down');
  return 5;
}

let db: Db;
let tracking: Tracking;
beforeEach(() => {
  const sources = ['pypi', 'docker', 'github'].map((id) => fakeSource(id, answer).source);
  const polling = startPolling(sources, []);
  db = polling.db;
  tracking = createTracking({ db, sources, poller: polling.poller, now: polling.now });
});

const names = () => trackedSubjects(db).map(({ source, name }) => `${source}:${name}`);
const held = () =>
  heldReplacements(db).map((one) =>
    [one.subjectId, one.successorId].map((id) => subjectById(db, id)?.name).join(' → '),
  );
const told = async (typed: string) => (await tracking.track(typed)).sentence;

describe('a successor', () => {
  test('is noted, and what it replaces comes on the list', async () => {
    expect(await told('pypi:new --replaces pypi:old')).toMatch(
      /It replaces old: from the next poll on, alerts judge the sum of both\. old is on the list now, too, to be added up\.$/,
    );
    expect(names()).toEqual(['pypi:new', 'pypi:old']);
    expect(held()).toEqual(['old → new']);
    // And again, without the source.
    expect(await told('pypi:new replaces old')).toMatch(/the sum of both\.$/);
    expect(held()).toEqual(['old → new']);
  });

  test('may take the place of several, and have one itself', async () => {
    expect(await told('docker:me/b replaces docker:me/a, me/c')).toContain(
      'It replaces me/a and me/c: from the next poll on, alerts judge the sum of them all. me/a and me/c are on the list now, too,',
    );
    await tracking.track('docker:me/d replaces docker:me/b');
    expect(held()).toEqual(['me/a → me/b', 'me/b → me/d', 'me/c → me/b']);
  });

  test('is something to us as what it replaces, where that is new', async () => {
    await tracking.track('pypi:old');
    await tracking.track('pypi:new replaces pypi:old, pypi:older as dependency');
    const roles = trackedSubjects(db).map(({ name, role }) => `${name} ${role}`);
    expect(roles).toEqual(['new dependency', 'old own', 'older dependency']);
  });

  test('waits for what it replaces, where that is known for less long', async () => {
    const { subject } = await tracking.track('docker:me/new');
    const days = [{ day: '2020-01-01', value: 5 }];
    const key = { subjectId: subject.id, metric: 'docker.things', kind: 'total' } as const;
    saveDays(db, key, days, { origin: 'poll', seenAt: '2020-01-02' });
    expect(await told('docker:me/new replaces docker:me/old')).toMatch(
      /It replaces me\/old\. Alerts judge the sum of both once 9 weeks of me\/old are known, and leave me\/old out until then\. me\/old is on the list now, too, to be added up\.$/,
    );
    expect(held()).toEqual(['me/old → me/new']);
  });

  test('of what does not answer waits with it', async () => {
    expect(await told(`pypi:new replaces pypi:${SILENT}`)).toContain('It replaces silent');
    expect(held()).toEqual([`${SILENT} → new`]);
  });
});

describe('is refused in a sentence', () => {
  test.each([
    ['pypi:new replaces pypi:New', "new can't replace itself: name what it takes the place of."],
    [
      'pypi:new replaces docker:me/old',
      "new on PYPI can't replace me/old on DOCKER: name another owner/thing, as in pypi:owner/thing.",
    ],
    [
      'github:me/new replaces github:me/old',
      'Only a package or an image takes the place of another, as in “track pypi:new-name --replaces pypi:old-name”; me/new on GITHUB is neither.',
    ],
    ['pypi:b replaces pypi:a', 'a is replaced by x already: “track pypi:x --replaces nothing”'],
    [
      'pypi:a replaces pypi:x',
      'a is itself replaced by x and y: “track pypi:x --replaces nothing” undoes that.',
    ],
    [
      'pypi:a replaces pypi:y',
      'a is itself replaced by x and y: “track pypi:x --replaces nothing”',
    ],
    [`pypi:b replaces pypi:${UNKNOWN}`, `PYPI knows no “${UNKNOWN}”, or does not show it`],
    [`pypi:${UNKNOWN} replaces pypi:b`, `PYPI knows no “${UNKNOWN}”, or does not show it`],
    ['pypi:b --replaces', 'Say what it replaces, as in'],
  ])('%s', async (typed, sentence) => {
    await tracking.track('pypi:x replaces pypi:a');
    await tracking.track('pypi:y replaces pypi:x');
    const before = [names(), held()];
    await expect(tracking.track(typed)).rejects.toThrow(InputError);
    await expect(tracking.track(typed)).rejects.toThrow(sentence);
    expect([names(), held()]).toEqual(before);
    expect(findSubject(db, 'pypi', UNKNOWN)).toBeUndefined();
  });
});

describe('what is open of another series than now', () => {
  const ended = () => movements(db).map(({ outcome }) => outcome);

  test('is over as soon as it leaves the list', async () => {
    await tracking.track('pypi:low');
    watching(db, 'pypi', 'low', { openedDay: '2020-01-01' });
    tracking.untrack('pypi:low');
    expect(ended()).toEqual(['not watched']);
    expect(listAlertSeries(db)).toEqual([]);
  });

  test('is over as soon as it replaces something', async () => {
    await tracking.track('pypi:new');
    watching(db, 'pypi', 'new', { openedDay: '2020-01-01' });
    watching(db, 'pypi', 'old');
    await tracking.track('pypi:new replaces pypi:old');
    expect(ended()).toEqual(['not watched']);
    expect(listAlertSeries(db)).toEqual([]);
  });
});

test('the bot judges at once what has changed, and says so', async () => {
  const begun: string[] = [];
  const sources = ['pypi'].map((id) => fakeSource(id, answer).source);
  const polling = startPolling(sources, []);
  ({ db } = polling);
  const begin = (sourceId: string) => {
    begun.push(`${sourceId}, ${held().length} held`);
  };
  const bot = createTracking({ ...polling, sources, begin });
  expect((await bot.track('pypi:new replaces pypi:old')).sentence).toContain(
    'It replaces old: from now on, alerts judge the sum of both.',
  );
  expect(begun.at(-1)).toBe('pypi, 1 held');
  expect((await bot.track('pypi:new replaces nothing')).sentence).toMatch(
    /alerts judge each by itself from now on\.$/,
  );
  expect(begun.at(-1)).toBe('pypi, 0 held');
});

describe('it ends', () => {
  beforeEach(() => tracking.track('pypi:new replaces pypi:old'));

  test('when it replaces nothing any more', async () => {
    expect(await told('pypi:new --replaces nothing')).toMatch(
      /It does not replace old any more: alerts judge each by itself from the next poll on\.$/,
    );
    expect(held()).toEqual([]);
    expect(names()).toEqual(['pypi:new', 'pypi:old']);
    expect(await told('pypi:new --replaces nothing')).toMatch(/It replaces nothing, as before\.$/);
  });

  test.each([
    ['pypi:old', 'new'],
    ['pypi:new', 'old'],
  ])('when %s leaves the list, for good', async (typed, other) => {
    const { sentence } = tracking.untrack(typed);
    expect(sentence).toMatch(new RegExp(`It is not added to ${other} any more\\.$`));
    await tracking.track(typed);
    expect(held()).toEqual([]);
  });
});

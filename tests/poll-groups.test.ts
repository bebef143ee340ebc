import { describe, expect, test } from 'vitest';
import type { Db } from '../db/open.ts';
import { findSubject, subjectsVia, trackedSubjects } from '../db/subjects.ts';
import { NotFound, RateLimited, Unavailable } from '../src/errors.ts';
import type { Source } from '../src/sources/source.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { days, namingSource } from './naming-source.ts';
import { startPolling, told } from './polling.ts';

const names = (db: Db) => trackedSubjects(db).map(({ name }) => name);

describe('a group', () => {
  function group(members: () => Promise<string[]>, more: Partial<Source> = {}) {
    const { source } = fakeSource('a', () => 5, {
      members: async () => (await members()).map((name) => ({ key: name.toLowerCase(), name })),
      ...more,
    });
    return source;
  }

  test('brings its members on the list, and takes off those that are gone', async () => {
    let members = ['me/One', 'me/Two'];
    const list = fakePart('list', [() => ({})]);
    const source = group(async () => members, { parts: [list.part] });
    const { db, poller } = startPolling([source], ['a:me/*', 'a:me/two', 'a:you/x']);
    expect(told(await poller.pollSource('a'))).toEqual([
      'a:me/* - done 1',
      'a:me/one - done 1',
      'a:me/two - done 1',
      'a:you/x - done 1',
      'a:me/one list done 1',
      'a:me/two list done 1',
      'a:you/x list done 1',
    ]);
    const all = findSubject(db, 'a', 'me/*');
    expect(subjectsVia(db, all?.id ?? 0).map(({ key }) => key)).toEqual(['me/one']);
    members = ['me/Three'];
    await poller.pollSource('a');
    // What was put on the list by itself stays there.
    expect(names(db)).toEqual(['me/*', 'me/Three', 'me/two', 'you/x']);
    expect(Object.keys(days(db))).toContain('me/One');
  });

  test.each([
    ['down', new Unavailable('down')],
    ['gone', new NotFound('404')],
  ])('that is %s leaves its members as they were', async (_name, error) => {
    let isBroken = false;
    const source = group(async () => {
      if (isBroken) throw error;
      return ['me/one'];
    });
    const { db, poller } = startPolling([source], ['a:me/*']);
    await poller.pollSource('a');
    isBroken = true;
    expect(told(await poller.pollSource('a'))).toEqual(['a:me/* - failed 0', 'a:me/one - done 0']);
    expect(names(db)).toEqual(['me/*', 'me/one']);
  });

  test('that meets a limit ends the round, and is resumed', async () => {
    let isBusy = true;
    const source = group(async () => {
      if (isBusy) throw new RateLimited('slow', Date.parse('2022-03-10T10:00:00Z'));
      return ['me/one'];
    });
    const { poller, wait } = startPolling([source], ['a:me/*', 'a:you/x']);
    expect(told(await poller.pollSource('a'))).toEqual([
      'a:me/* - limited 0',
      'a:you/x - limited 0',
    ]);
    isBusy = false;
    wait(3_600_000);
    expect(told(await poller.resume('a'))).toEqual([
      'a:me/* - done 1',
      'a:me/one - done 1',
      'a:you/x - done 1',
    ]);
  });

  test('whose member was renamed has it once, with its days', async () => {
    const world = new Map([['me/one', { id: 1, name: 'me/one', value: 5 }]]);
    const { source } = namingSource(world);
    let member = 'me/one';
    const grouped = { ...source, members: async () => [{ key: member, name: member }] };
    const { db, poller, wait } = startPolling([grouped], ['a:me/*']);
    await poller.pollSource('a');
    member = 'me/two';
    const renamed = { id: 1, name: 'me/two', value: 6 };
    world.set('me/one', renamed).set('me/two', renamed);
    wait(86_400_000);
    await poller.pollSource('a');
    expect(names(db)).toEqual(['me/*', 'me/two']);
    expect(days(db)).toEqual({ 'me/two': [5, 6] });
  });
});

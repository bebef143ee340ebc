import { describe, expect, test } from 'vitest';
import { listCollections } from '../db/collections.ts';
import type { Db } from '../db/open.ts';
import { type Origin, saveDays } from '../db/series.ts';
import { findSubject, setTracked, trackedSubjects } from '../db/subjects.ts';
import { fakePart } from './fake-source.ts';
import { days, namingSource } from './naming-source.ts';
import { startPolling, told } from './polling.ts';

function give(db: Db, subjectId: number, day: string, value: number, origin: Origin = 'poll') {
  saveDays(db, { subjectId, metric: 'a.things', kind: 'total' }, [{ day, value }], {
    origin,
    seenAt: '2022-01-01T00:00:00Z',
  });
}

const names = (db: Db) => trackedSubjects(db).map(({ name }) => name);

describe('a renamed subject', () => {
  test('keeps its series under the new name, and is found by the old one', async () => {
    const world = new Map([['old/one', { id: 1, name: 'Old/One', value: 5 }]]);
    const { source, asked } = namingSource(world);
    const { db, poller, wait } = startPolling([source], ['a:old/one']);
    await poller.pollSource('a');
    world.set('old/one', { id: 1, name: 'New/One', value: 6 });
    world.set('new/one', { id: 1, name: 'New/One', value: 7 });
    wait(86_400_000);
    const [outcome] = await poller.pollSource('a');
    expect(outcome?.renamedTo).toBe('New/One');
    expect(findSubject(db, 'a', 'old/one')).toEqual(findSubject(db, 'a', 'new/one'));
    wait(86_400_000);
    await poller.pollSource('a');
    expect(asked.map(({ key }) => key)).toEqual(['old/one', 'old/one', 'new/one']);
    expect(days(db)).toEqual({ 'New/One': [5, 6, 7] });
    // And back again.
    world.set('new/one', { id: 1, name: 'old/one', value: 8 });
    wait(86_400_000);
    await poller.pollSource('a');
    expect(days(db)).toEqual({ 'old/one': [5, 6, 7, 8] });
    expect(findSubject(db, 'a', 'new/one')?.name).toBe('old/one');
  });

  test('that was tracked under both names becomes one', async () => {
    const thing = { id: 1, name: 'new/one', value: 9 };
    const world = new Map([['old/one', { ...thing, name: 'old/one' }]]);
    const { source } = namingSource(world);
    const list = fakePart('list', [() => ({})]);
    const { db, poller, track, runs } = startPolling(
      [{ ...source, parts: [list.part] }],
      ['a:old/one'],
    );
    const old = track('a:old/one');
    await poller.pollSource('a');
    // Known by an import until now, and put on the list while the source did not answer.
    const fresh = track('a:new/one');
    give(db, old.id, '2022-03-01', 1, 'import');
    give(db, old.id, '2022-03-02', 2, 'poll');
    give(db, fresh.id, '2022-03-01', 10, 'poll');
    give(db, fresh.id, '2022-03-02', 20, 'import');
    give(db, fresh.id, '2022-03-03', 30, 'history');
    world.set('old/one', thing).set('new/one', thing);
    expect(told(await poller.pollSource('a'))).toContain('a:new/one - done 0');
    expect(days(db)).toEqual({ 'new/one': [10, 2, 30, 9] });
    expect(names(db)).toEqual(['new/one']);
    expect(findSubject(db, 'a', 'old/one')?.id).toBe(old.id);
    expect(listCollections(db).every(({ subjectId }) => subjectId === old.id)).toBe(true);
    expect(runs().every((run) => run.startsWith('a new/one'))).toBe(true);
  });

  test('is the same subject when it is tracked by its new name first', async () => {
    const world = new Map([['old/one', { id: 1, name: 'old/one', value: 5 }]]);
    const { source } = namingSource(world);
    const { db, poller } = startPolling([source], ['a:old/one']);
    await poller.pollSource('a');
    world.clear();
    world.set('new/one', { id: 1, name: 'New/One', value: 6 });
    const { subject } = await poller.poll(source, { key: 'new/one', name: 'new/one' });
    expect(subject).toMatchObject({ key: 'new/one', name: 'New/One', externalId: '1' });
    expect(names(db)).toEqual(['New/One']);
  });

  test('tracked by an old name is stored under the new one', async () => {
    const world = new Map([['old/one', { id: 1, name: 'New/One', value: 5 }]]);
    const { source } = namingSource(world);
    const { db, poller } = startPolling([source], []);
    const polled = await poller.poll(source, { key: 'old/one', name: 'old/one' });
    expect(polled).toMatchObject({ renamedTo: 'New/One', subject: { key: 'new/one' } });
    expect(findSubject(db, 'a', 'old/one')?.id).toBe(polled.subject.id);
  });
});

describe('a name that another took over', () => {
  test('begins a series of its own, and says so', async () => {
    const world = new Map([['the/one', { id: 1, name: 'the/one', value: 500 }]]);
    const { source, asked } = namingSource(world);
    const list = fakePart('list', [() => ({})], { everyHours: 24 });
    const { db, poller } = startPolling([{ ...source, parts: [list.part] }], ['a:the/one']);
    await poller.pollSource('a');
    world.set('the/one', { id: 2, name: 'the/one', value: 3 });
    await poller.pollSource('a');
    expect(days(db)).toEqual({ 'the/one': [3], 'the/one (former, 1)': [500] });
    expect(names(db)).toEqual(['the/one']);
    const { id } = findSubject(db, 'a', 'the/one') ?? { id: 0 };
    const states = listCollections(db).filter(({ subjectId }) => subjectId === id);
    expect(states.map(({ part, doneAt }) => `${part} ${doneAt !== null}`)).toEqual([
      ' true',
      'list true',
    ]);
    expect(states[0]?.note).toMatch(/“the\/one” before/);
    // History is worth asking for: it is another thing's first poll.
    expect(asked.map(({ first }) => first)).toEqual([true, false, true]);
  });

  test('is told from the one that was renamed away', async () => {
    const world = new Map([['the/one', { id: 1, name: 'the/one', value: 500 }]]);
    const { source } = namingSource(world);
    const { db, poller } = startPolling([source], ['a:the/one']);
    await poller.pollSource('a');
    world.set('the/one', { id: 1, name: 'moved/away', value: 501 });
    await poller.pollSource('a');
    world.set('moved/away', { id: 1, name: 'moved/away', value: 502 });
    world.set('the/one', { id: 2, name: 'the/one', value: 3 });
    const { subject } = await poller.poll(source, { key: 'the/one', name: 'the/one' });
    setTracked(db, subject.id, '2022-03-10');
    await poller.pollSource('a');
    expect(days(db)).toEqual({ 'moved/away': [502], 'the/one': [3] });
  });

  test('while ours moved to a name that a dead one had', async () => {
    const world = new Map([
      ['a/one', { id: 1, name: 'a/one', value: 10 }],
      ['b/two', { id: 2, name: 'b/two', value: 20 }],
    ]);
    const { source } = namingSource(world);
    const { db, poller } = startPolling([source], ['a:a/one', 'a:b/two']);
    await poller.pollSource('a');
    const moved = { id: 1, name: 'b/two', value: 11 };
    world.set('a/one', moved).set('b/two', moved);
    await poller.pollSource('a');
    expect(days(db)).toEqual({ 'b/two': [11], 'b/two (former, 2)': [20] });
    expect(names(db)).toEqual(['b/two']);
  });
});

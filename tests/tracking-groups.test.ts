import { describe, expect, test } from 'vitest';
import { trackedSubjects } from '../db/subjects.ts';
import { createTracking } from '../src/tracking.ts';
import { fakeSource } from './fake-source.ts';
import { startPolling } from './polling.ts';

describe('a group', () => {
  const all = ['me/one', 'me/two', 'me/three', 'me/four', 'me/five'];
  function prepare(members: readonly string[]) {
    const { source } = fakeSource('a', () => 5, {
      members: async () => members.map((name) => ({ key: name, name })),
    });
    const { db: own, poller, now } = startPolling([source], []);
    const names = () => trackedSubjects(own).map(({ key }) => key);
    return { own, names, bot: createTracking({ db: own, sources: [source], poller, now }) };
  }

  test('is told with its number and its first names', async () => {
    const { bot, names } = prepare(all);
    expect((await bot.track('a:me/*')).sentence).toBe(
      'Tracking me/* on A: 5 things at the moment, me/one, me/two, me/three and 2 more. New ones come on the list by themselves, and those that go are taken off. Collected from now on: things. They are collected with the next poll.',
    );
    expect(names()).toEqual(['me/*', ...all.toSorted()]);
    const { sentence, status } = bot.untrack('a:me/*');
    expect(status).toBe('stopped');
    expect(sentence).toBe(
      'me/* on A is no longer collected, nor are the 5 things that it kept on the list. What was collected stays.',
    );
    expect(names()).toEqual([]);
  });

  test('without anything in it is a group all the same', async () => {
    const { bot, names } = prepare([]);
    expect((await bot.track('a:me/*')).sentence).toContain('no things yet. New ones come');
    expect(names()).toEqual(['me/*']);
    expect(bot.untrack('a:me/*').sentence).not.toContain('nor');
  });

  test('keeps its members on the list, which is said', async () => {
    const { bot, names } = prepare(['me/one']);
    await bot.track('a:me/*');
    expect(() => bot.untrack('a:me/one')).toThrow(
      'me/one on A is on the list through me/*: untrack a:me/* to stop all of it.',
    );
    // By itself as well, and then no more by itself.
    await bot.track('a:me/one');
    expect(bot.untrack('a:me/*').sentence).not.toContain('nor');
    expect(names()).toEqual(['me/one']);
    await bot.track('a:me/*');
    expect(bot.untrack('a:me/one').sentence).toMatch(/stays on the list as long as me\/\* has it/);
    bot.untrack('a:me/*');
    expect(names()).toEqual([]);
  });

  test('gives its members its role', async () => {
    const { bot, own } = prepare(['me/one']);
    await bot.track('a:me/* as dependency');
    expect(trackedSubjects(own).map(({ role }) => role)).toEqual(['dependency', 'dependency']);
    await bot.track('a:me/* as own');
    expect(trackedSubjects(own).map(({ role }) => role)).toEqual(['own', 'own']);
  });
});

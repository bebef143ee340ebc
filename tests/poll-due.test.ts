import { describe, expect, test } from 'vitest';
import { Unavailable } from '../src/errors.ts';
import type { Part } from '../src/sources/source.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { startPolling, told } from './polling.ts';

const HOUR_MS = 3_600_000;

const withParts = (...parts: Part[]) => fakeSource('a', () => 5, { parts }).source;

describe('when a part is due', () => {
  test('“every 24 hours” is met by the nearest of four polls a day', async () => {
    const daily = fakePart('daily', [() => ({})], { everyHours: 24 });
    const { poller, wait } = startPolling([withParts(daily.part)], ['a:one']);
    for (let poll = 0; poll < 4 * 7; poll += 1) {
      await poller.pollSource('a');
      // Now a little early, now a little late.
      wait(6 * HOUR_MS + (poll % 2 === 0 ? -60_000 : 60_000));
    }
    expect(daily.asked).toHaveLength(7);
  });

  test('one that is off is never read, and “since” reads the others again', async () => {
    const off = fakePart('off', [() => ({})], { off: 'It needs a token.' });
    const weekly = fakePart('weekly', [() => ({})], { everyHours: 168 });
    const { poller, db } = startPolling([withParts(off.part, weekly.part)], ['a:one']);
    await poller.pollSource('a');
    await poller.pollSource('a', { since: '2022-01-31' });
    expect(weekly.asked).toEqual(['one -', 'one 1 since 2022-01-31']);
    expect(off.asked).toEqual([]);
    expect(db.prepare('SELECT part, part_title, off FROM source_part ORDER BY part').all()).toEqual(
      [
        { part: '', part_title: 'things', off: null },
        { part: 'off', part_title: 'off and more', off: 'It needs a token.' },
        { part: 'weekly', part_title: 'weekly and more', off: null },
      ],
    );
  });

  test('one that reads all at once is read again for a newcomer, at once', async () => {
    const all = fakePart('all', [() => ({})], { scope: 'source', everyHours: 24 });
    const { poller, wait, track } = startPolling([withParts(all.part)], ['a:one']);
    await poller.pollSource('a');
    wait(HOUR_MS);
    track('a:two');
    expect(told(await poller.resume('a'))).toEqual(['a:two - done 1', 'a:* all done 1']);
    expect(await poller.resume('a')).toEqual([]);
    expect(all.asked).toEqual(['one -', 'one+two 1']);
  });

  test('a first load that fails three times waits for the next poll', async () => {
    const bad = fakePart('bad', [
      () => {
        throw new Unavailable('down');
      },
    ]);
    const { poller, state } = startPolling([withParts(bad.part)], ['a:one']);
    for (let hour = 0; hour < 5; hour += 1) await poller.resume('a');
    expect(state('bad')?.failures).toBe(3);
    await poller.pollSource('a');
    expect(state('bad')?.failures).toBe(4);
  });
});

import { expect, test } from 'vitest';
import { trackedSubjects } from '../db/subjects.ts';
import { createPoller } from '../src/poll.ts';
import { sampleSources } from '../src/sample/sources.ts';
import { fakePart, fakeSource } from './fake-source.ts';
import { startPolling, told } from './polling.ts';
import { quiet } from './sources/cases.ts';

test('what is tracked at the start of the playground is never asked about, what comes later is', async () => {
  const seeds = fakePart('seeds', [() => ({})]);
  const weather = fakePart('weather', [() => ({})], { scope: 'source' });
  const fruit = fakeSource('fruit', () => 1, { parts: [seeds.part, weather.part] });
  const { db, now, track } = startPolling([fruit.source], ['fruit:sample/pear']);
  const sources = sampleSources([fruit.source], db);
  const poller = createPoller({ db, sources, log: quiet, now });

  expect(told(await poller.pollAll())).toEqual([
    'fruit:sample/pear - done 0',
    'fruit:sample/pear seeds done 0',
    'fruit:* weather done 0',
  ]);
  expect([fruit.asked, seeds.asked, weather.asked]).toEqual([[], [], []]);

  track('fruit:real/apple');
  await poller.pollAll();
  expect(fruit.asked.map(({ key }) => key)).toEqual(['real/apple']);
  expect(seeds.asked).toEqual(['real/apple -']);
  expect(weather.asked).toEqual(['real/apple -']);
  expect(trackedSubjects(db)).toHaveLength(2);
});

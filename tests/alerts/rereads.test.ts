import { expect, test } from 'vitest';
import { addDays, dayMs } from '../../db/days.ts';
import { setTracked } from '../../db/subjects.ts';
import { saveSuspectDay } from '../../db/suspect-days.ts';
import { createRereads } from '../../src/alerts/rereads.ts';
import { community, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';

const NOW = dayMs(TODAY) + 3_600_000;

test('counters and what is said are not asked for again', async () => {
  const { db } = community();
  for (const metric of ['docker.pulls', 'github.stars', 'slack.public_messages']) {
    saveSuspectDay(db, metric, addDays(TODAY, -2));
  }
  const poller = {
    pollSource: async () => {
      throw new Error('not asked');
    },
  };
  expect(await createRereads({ db, poller, now: () => NOW }).run()).toEqual([]);
});

test('days that look wrong are asked for again, twice a day until they are mended or old', async () => {
  const { db } = community();
  const wrong = addDays(TODAY, -3);
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    const downloads = [...steady(97, 100), 1, 100, 100];
    const id = packageIn(db, {
      name,
      from: addDays(TODAY, -100),
      downloads,
      completeThrough: TODAY,
    });
    setTracked(db, id, `${TODAY}T00:00:00Z`);
  }
  let now = NOW;
  const asked: unknown[] = [];
  const poller = {
    async pollSource(id: string, options?: unknown) {
      asked.push([id, options]);
      return [];
    },
  };
  const rereads = createRereads({ db, poller, now: () => now });
  expect(await rereads.run()).toEqual([]);
  saveSuspectDay(db, 'pypi.downloads', wrong);
  expect(await rereads.run()).toEqual(['pypi']);
  expect(await rereads.run()).toEqual([]);
  now += 13 * 3_600_000;
  expect(await rereads.run()).toEqual(['pypi']);
  now += 9 * 24 * 3_600_000;
  expect(await rereads.run()).toEqual([]);
  now = NOW + 26 * 3_600_000;
  db.prepare('UPDATE series_day SET value = 100 WHERE day = ?').run(wrong);
  expect(await rereads.run()).toEqual([]);
  expect(asked).toEqual([
    ['pypi', { since: wrong }],
    ['pypi', { since: wrong }],
  ]);
});

import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { setExtra } from '../../db/alert-settings.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { listIncidents } from '../../db/incidents.ts';
import { claimRun, finishRun } from '../../db/jobs.ts';
import type { Db } from '../../db/open.ts';
import { daysOf, seriesOf } from '../../db/series.ts';
import { setTracked } from '../../db/subjects.ts';
import { saveSuspectDay } from '../../db/suspect-days.ts';
import { unrecordedDays } from '../../db/unrecorded-days.ts';
import type { Viewer } from '../../db/viewer.ts';
import { alerts } from '../../reports/alerts.ts';
import { ask } from '../../reports/report.ts';
import { countPublicMessages } from '../../src/alerts/public-messages.ts';
import { noteStops, noteUnrecordedDays } from '../../src/alerts/recording-gaps.ts';
import { createRereads } from '../../src/alerts/rereads.ts';
import { createWatch } from '../../src/alerts/watch.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn, steady } from '../reports/package.ts';

const NOW = dayMs(TODAY) + 3_600_000;

function talking(days: number, messages: (age: number) => number) {
  const made = community();
  for (let age = days; age > 0; age--) {
    const count = messages(age);
    if (count > 0) made.wrote('UADA', 'general', addDays(TODAY, -age), count);
  }
  return made;
}

test('what is counted is what people wrote in public channels; a silent day is missing', () => {
  const { db, channel, user, wrote } = talking(5, (age) => (age === 3 ? 0 : 10 + age));
  channel('secret', true);
  user('UBOT', 'bot', true);
  wrote('UADA', 'secret', addDays(TODAY, -1), 500);
  wrote('UBOT', 'general', addDays(TODAY, -1), 500);
  wrote('UADA', 'general', TODAY, 3);
  countPublicMessages(db, NOW);
  expect(seriesOf(db, 'slack.public_messages')).toEqual([]);
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW);
  const [series] = seriesOf(db, 'slack.public_messages');
  expect(series).toMatchObject({ subjectName: 'test', completeThrough: addDays(TODAY, -1) });
  const values = daysOf(db, series?.id ?? 0, '2000-01-01', TODAY).map(({ value }) => value);
  expect(values).toEqual([15, 14, 12, 11]);
});

test('a day on which the bot was stopped for hours is missing; a short stop is none', () => {
  const { db } = talking(6, () => 20);
  setExtra(db, 'messages', true);
  const begin = dayMs(addDays(TODAY, -4));
  for (let hour = 0; hour <= 4 * 24; hour++) {
    const isStopped = (hour >= 30 && hour < 40) || (hour >= 60 && hour < 62);
    if (isStopped) continue;
    const due = new Date(begin + hour * 3_600_000).toISOString();
    claimRun(db, 'watch slack', due, due);
  }
  noteStops(db, NOW);
  countPublicMessages(db, NOW);
  const [series] = seriesOf(db, 'slack.public_messages');
  const days = daysOf(db, series?.id ?? 0, '2000-01-01', TODAY).map(({ day }) => day);
  expect(days).toEqual([-6, -5, -4, -2, -1].map((age) => addDays(TODAY, age)));
});

describe('a stop of the bot', () => {
  const start = dayMs('2026-11-02');
  /** Runs the hourly job at each of these hours from the start on. */
  function runAt(db: Db, from: number, to: number) {
    for (let hour = from; hour <= to; hour++) {
      const due = new Date(start + hour * 3_600_000).toISOString();
      claimRun(db, 'watch slack', due, due);
      noteStops(db, start + hour * 3_600_000);
      finishRun(db, 'watch slack', due, due);
    }
  }
  const noted = (db: Db) => unrecordedDays(db, '2000-01-01', '2100-01-01');

  test('is remembered for longer than the ledger of jobs remembers', () => {
    const { db } = community();
    runAt(db, 0, 30);
    runAt(db, 80, 400);
    expect(noted(db)).toEqual(['2026-11-03', '2026-11-04', '2026-11-05']);
  });

  test('is noticed before the next hourly run', () => {
    const { db } = community();
    runAt(db, 0, 10);
    noteStops(db, start + 13 * 3_600_000);
    expect(noted(db)).toEqual([]);
    noteStops(db, start + 14 * 3_600_000);
    expect(noted(db)).toEqual(['2026-11-02']);
  });

  test('is none of the year by which a clock ran ahead for an hour', () => {
    const { db } = community();
    runAt(db, 0, 10);
    runAt(db, 365 * 24, 365 * 24);
    expect(noted(db)).toHaveLength(365);
    runAt(db, 11, 200);
    // The rest of the day on which it happened can't be told from a stop.
    expect(noted(db)).toEqual(['2026-11-02']);
  });

  test('is none before the first start', () => {
    const { db } = community();
    noteStops(db, start);
    runAt(db, 500, 501);
    expect(noted(db)).toEqual([]);
  });
});

test('days are unrecorded on which Slack was lost for three hours or more', () => {
  const { db } = community();
  const start = dayMs('2026-11-02');
  const hours = (from: number, to: number) => ({
    from: start + from * 3_600_000,
    to: start + to * 3_600_000,
  });
  noteUnrecordedDays(db, [hours(2, 4)]);
  noteUnrecordedDays(db, [hours(30, 33), hours(46, 75)]);
  expect(unrecordedDays(db, '2000-01-01', '2100-01-01')).toEqual([
    '2026-11-03',
    '2026-11-04',
    '2026-11-05',
  ]);
});

test('days that were not counted for a while are counted when it goes on', () => {
  const { db } = talking(20, () => 20);
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW - 12 * 24 * 3_600_000);
  countPublicMessages(db, NOW);
  const [series] = seriesOf(db, 'slack.public_messages');
  expect(daysOf(db, series?.id ?? 0, '2000-01-01', TODAY)).toHaveLength(20);
});

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

test('a drop of messages is one of its workspace alone', async () => {
  const { db } = talking(140, (age) => (age <= 4 ? 40 : 200 + (age % 9)));
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW);
  await createWatch({ db, log: pino({ level: 'silent' }), now: () => NOW }).judge('slack');
  expect(listIncidents(db, '2000-01-01', 'T1')).toMatchObject([
    { kind: 'drop', source: 'slack', metric: 'slack.public_messages', workspaceId: 'T1' },
  ]);
  expect(listIncidents(db, '2000-01-01', 'T2')).toEqual([]);
});

test('what is watched of a workspace is listed to those who see all of its public channels', async () => {
  const { db } = talking(140, (age) => 200 + (age % 9));
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW);
  await createWatch({ db, log: pino({ level: 'silent' }), now: () => NOW }).judge('slack');
  const listed = (viewer: Viewer) => {
    const { lines } = ask(alerts, db, { today: TODAY }, viewer).words;
    return lines.filter((line) => line.includes('in the public channels of'));
  };
  expect(listed(everyone)).toEqual([
    'As usual: messages in the public channels of test, judged through 21 Nov 2026.',
  ]);
  expect(listed({ ...everyone, publicChannelIds: ['general'] })).toEqual([]);
  expect(listed({ ...everyone, workspaceId: 'T2' })).toEqual([]);
});

test('a workspace that has another domain is the same one', () => {
  const { db } = talking(3, () => 9);
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW);
  db.prepare("UPDATE workspace SET domain = 'renamed'").run();
  countPublicMessages(db, NOW);
  const all = seriesOf(db, 'slack.public_messages');
  expect(all.map(({ subjectName }) => subjectName)).toEqual(['renamed']);
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

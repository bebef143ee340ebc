import { expect, test } from 'vitest';
import { setExtra } from '../../db/alert-settings.ts';
import { addDays, dayMs } from '../../db/days.ts';
import { claimRun } from '../../db/jobs.ts';
import { daysOf, seriesOf } from '../../db/series.ts';
import { noteStops } from '../../src/recording/gaps.ts';
import { countPublicMessages } from '../../src/recording/public-messages.ts';
import { TODAY } from '../reports/community.ts';
import { NOW, talking } from './talking.ts';

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

test('days that were not counted for a while are counted when it goes on', () => {
  const { db } = talking(20, () => 20);
  setExtra(db, 'messages', true);
  countPublicMessages(db, NOW - 12 * 24 * 3_600_000);
  countPublicMessages(db, NOW);
  const [series] = seriesOf(db, 'slack.public_messages');
  expect(daysOf(db, series?.id ?? 0, '2000-01-01', TODAY)).toHaveLength(20);
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

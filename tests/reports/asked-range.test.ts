import { expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { reports } from '../../reports/index.ts';
import { type Answer, ask } from '../../reports/report.ts';
import { stars } from '../../reports/stars.ts';
import { community, everyone, growing, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';

/** TODAY is a Sunday: the last whole week ended seven days ago. */
const FIRST = addDays(TODAY, -200);
const YESTERDAY = addDays(TODAY, -1);

function answer(name: string, params: Record<string, unknown>) {
  const made = community();
  made.stars('a/b', FIRST, growing(200, 3, 10));
  made.pulls('a/b', FIRST, growing(200, 30, 10));
  const splits = { version: { '1.0': steady(200, 9) } };
  packageIn(made.db, { name: 'p', from: FIRST, splits });
  for (let day = FIRST; day < TODAY; day = addDays(day, 1)) made.wrote('U1', 'general', day, 2);
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  return ask(report, made.db, { today: TODAY, to: TODAY, ...params }, everyone);
}

/** The title of a chart, and of how many days, weeks or months it has marks. */
function drawn({ chart }: Answer) {
  const spec = JSON.stringify(chart('light'));
  const starts = [...spec.matchAll(/"x":(\d{13})/g)].map(([, start]) => start);
  return { title: JSON.parse(spec).title.text, periods: new Set(starts).size };
}

test.each([
  ['messages', '2 messages by 1 person yesterday in 1 public channel, 2 by 1 the Saturday before.'],
  ['stars', 'b has 607 stars: +3 yesterday, +3 the Saturday before.'],
  ['pulls', 'b has 5,980 pulls: +30 yesterday, +30 the Saturday before.'],
  ['downloads', 'p was downloaded 9 times yesterday, 9 the Saturday before.'],
])('of a day the headline is of that day, and there is no picture: %s', (name, headline) => {
  const asked = answer(name, { from: YESTERDAY, to: YESTERDAY });
  expect(asked.words.headline).toBe(headline);
  expect(asked.words.notes).toContain('No picture: that takes three days or more, as in “7d”.');
  expect(asked.chart('light')).toBeUndefined();
});

test.each([
  [
    'messages',
    'Messages a day',
    '62 messages by 1 person in October 2026 in 1 public channel, 60 by 1 in September 2026 (+3%).',
  ],
  ['stars', 'GitHub stars', 'b has 544 stars: +93 in October 2026, +90 in September 2026 (+3%).'],
  [
    'pulls',
    'Docker Hub pulls',
    'b has 5,350 pulls: +930 in October 2026, +900 in September 2026 (+3%).',
  ],
  [
    'downloads',
    'PyPI downloads a day',
    'p was downloaded 279 times in October 2026, 270 in September 2026 (+3%).',
  ],
])('of a month that is over it is of that month: %s', (name, title, headline) => {
  const asked = answer(name, { from: '2026-10-01', to: '2026-10-31' });
  expect(asked.words.headline).toBe(headline);
  expect(drawn(asked)).toEqual({ title, periods: 31 });
});

test.each([
  ['messages', '184 messages from 1 Jul 2026 to 30 Sep 2026 in 1 public channel.'],
  ['stars', 'b has 451 stars: +276 from 1 Jul 2026 to 30 Sep 2026.'],
  ['downloads', 'p was downloaded 828 times from 1 Jul 2026 to 30 Sep 2026.'],
])('of days before the record nothing is compared: %s', (name, headline) => {
  expect(answer(name, { from: '2026-07-01', to: '2026-09-30' }).words.headline).toBe(headline);
});

test.each([
  [
    '2026-08-01',
    '2026-09-30',
    'p was downloaded 549 times from 1 Aug 2026 to 30 Sep 2026, 549 in the 2 months before.',
  ],
  [
    '2026-10-05',
    '2026-10-14',
    'p was downloaded 90 times from 5 Oct 2026 to 14 Oct 2026, 90 in the 10 days before.',
  ],
  [
    '2026-10-05',
    '2026-10-11',
    'p was downloaded 63 times in the week of 5 Oct 2026, 63 the week before. Downloads are steady.',
  ],
])('other days are compared with as many before: %s to %s', (from, to, headline) => {
  expect(answer('downloads', { from, to }).words.headline).toBe(headline);
});

test.each(['messages', 'stars', 'pulls', 'downloads'])(
  'of a week, and of what goes on, it is the last whole week: %s',
  (name) => {
    const week = { from: '2026-11-09', to: '2026-11-15' };
    expect(answer(name, week).words.headline).toContain(' last week');
    expect(answer(name, { from: addDays(TODAY, -30) }).words.headline).toContain(' last week');
    // In the last seven days and today no whole week lies.
    const { headline } = answer(name, { from: addDays(TODAY, -7) }).words;
    // Of today there are messages, and nothing else.
    const when =
      name === 'messages' ? 'in the last 7 days and today' : 'in the 7 days to yesterday';
    expect(headline).toContain(` ${when}`);
  },
);

test('a day is drawn where its columns stand for more, or its parts are asked for', () => {
  const day = { from: YESTERDAY, to: YESTERDAY };
  expect(drawn(answer('downloads', { ...day, granularity: 'weekly' }))).toEqual({
    title: 'PyPI downloads a week',
    periods: 1,
  });
  expect(drawn(answer('stars', { ...day, measure: 'new', granularity: 'weekly' }))).toEqual({
    title: 'New GitHub stars a week',
    periods: 1,
  });
});

const DAYS = { from: '2026-07-01', to: '2026-09-30' };

test.each([
  ['messages', {}, '184 messages from 1 Jul 2026 to 30 Sep 2026 in 1 public channel.'],
  ['stars', {}, 'b has 451 stars: +276 from 1 Jul 2026 to 30 Sep 2026.'],
  ['downloads', {}, 'p was downloaded 828 times from 1 Jul 2026 to 30 Sep 2026.'],
  ['downloads', { granularity: 'monthly' }, 'p was downloaded 828 times from 1 Jul 2026 to'],
])('of days that begin or end within a week it is of those alone: %s %j', (name, params, said) => {
  const asked = answer(name, { ...DAYS, ...params });
  expect(asked.words.headline).toContain(said);
});

test.each([
  ['messages', { split: 'channel' }, ['In all 184 messages', '#general: 184 messages, 100%.']],
  ['downloads', { by: 'version' }, ['In all 828 downloads', '1.0: 828, 100%']],
  ['versions', {}, ['In all 828 downloads', '1.0: 828, 100%']],
])('and so are the lines, while the weeks are drawn whole: %s %j', (name, params, [all, part]) => {
  const { words, table } = answer(name, { ...DAYS, ...params });
  const lines = words.lines.join(' ');
  expect(lines).toContain(`${all} from 1 Jul 2026 to 30 Sep 2026`);
  expect(lines).toContain(part);
  expect(table.rows.at(0)).toEqual(
    expect.arrayContaining(['2026-06-29', name === 'messages' ? 14 : 63]),
  );
  expect(table.rows.at(-1)).toEqual(
    expect.arrayContaining(['2026-09-28', name === 'messages' ? 14 : 63]),
  );
});

test('who wrote is told of days within one week', () => {
  const { words } = answer('messages', {
    from: '2026-07-01',
    to: '2026-07-03',
    granularity: 'weekly',
  });
  expect(words.headline).toBe(
    '6 messages by 1 person from 1 Jul 2026 to 3 Jul 2026 in 1 public channel, 6 by 1 in the 3 days before.',
  );
});

test('whose record begins within a range is left out of what came in in it, by name', () => {
  const made = community();
  made.stars('a/b', FIRST, growing(200, 3, 10));
  made.stars('a/young', '2026-10-10', growing(40, 3, 10));
  const asked = { today: TODAY, from: '2026-10-01', to: '2026-10-31' };
  expect(ask(stars, made.db, asked, everyone).words.headline).toBe(
    '617 stars over 2 repositories: +93 in October 2026 without young, +90 in September 2026 (+3%).',
  );
});

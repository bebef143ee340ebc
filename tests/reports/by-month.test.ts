import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../../db/days.ts';
import { downloads } from '../../reports/downloads.ts';
import { reports } from '../../reports/index.ts';
import { ask } from '../../reports/report.ts';
import { community, everyone, growing, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';

const FIRST = addDays(TODAY, -200);

function words(name: string, params: Record<string, unknown>) {
  const made = community();
  made.stars('a/b', FIRST, growing(200, 3, 10));
  made.pulls('a/b', FIRST, growing(200, 30, 10));
  packageIn(made.db, { name: 'p', from: FIRST, downloads: steady(200, 9) });
  for (let day = FIRST; day < TODAY; day = addDays(day, 1)) made.wrote('U1', 'general', day, 2);
  const report = reports.find((one) => one.name === name);
  if (!report) throw new Error(name);
  return ask(
    report,
    made.db,
    { today: TODAY, to: TODAY, granularity: 'monthly', ...params },
    everyone,
  ).words;
}

const NEW = { measure: 'new' };

test.each([
  ['messages', {}, '62 messages by 1 person in October 2026, 60 by 1 in September 2026 (+3%).'],
  ['stars', NEW, 'b has 607 stars: +93 in October 2026, +90 in September 2026 (+3%).'],
  ['pulls', NEW, 'b has 5,980 pulls: +930 in October 2026, +900 in September 2026 (+3%).'],
  ['downloads', {}, 'p was downloaded 279 times in October 2026, 270 in September 2026 (+3%).'],
])(
  'a headline by the month is of the last whole month against the one before: %s',
  (name, params, headline) => {
    expect(words(name, params).headline).toBe(headline);
    expect(words(name, { ...params, from: '2026-05-22' }).headline).toBe(headline);
    // Without a whole month it is of the last whole week.
    expect(words(name, { ...params, from: '2026-11-02' }).headline).toContain(' last week');
  },
);

test('of what begins in the month before, nothing is compared', () => {
  const made = community();
  packageIn(made.db, { name: 'p', from: '2026-09-10', downloads: steady(73, 9) });
  made.stars('a/b', '2026-09-10', growing(73, 3));
  const headline = (name: string, params: Record<string, unknown>) => {
    const report = reports.find((one) => one.name === name);
    const asked = { today: TODAY, to: TODAY, granularity: 'monthly', ...params };
    return report && ask(report, made.db, asked, everyone).words.headline;
  };
  expect(headline('downloads', {})).toBe('p was downloaded 279 times in October 2026.');
  expect(headline('stars', NEW)).toBe('b has 216 stars: +93 in October 2026.');
});

test.each(['2026-09-10', '2026-10-01'])(
  'packages that begin on %s are in neither month',
  (from) => {
    const made = community();
    packageIn(made.db, { name: 'old', from: FIRST, downloads: steady(200, 1) });
    packageIn(made.db, {
      name: 'young',
      from,
      downloads: steady(daysBetween(from, TODAY), 9),
      provider: 'bigquery',
    });
    const headline = (params: Record<string, unknown>) =>
      ask(downloads, made.db, { today: TODAY, to: TODAY, ...params }, everyone).words.headline;
    expect(headline({ granularity: 'monthly' })).toBe(
      'old, without young, was downloaded 31 times in October 2026, 30 in September 2026 (+3%).',
    );
    // Of a range that is over, all are told, and nothing is compared.
    expect(headline({ from: '2026-10-01', to: '2026-10-31' })).toBe(
      '2 packages were downloaded 310 times in October 2026.',
    );
  },
);

test('totals are drawn day by day, so that their headline stays that of a week', () => {
  expect(words('stars', {}).headline).toContain(' last week');
});

import { beforeEach, describe, expect, test } from 'vitest';
import type { Day } from '../../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { type SeriesKind, saveDays } from '../../db/series.ts';
import { ensureSubject } from '../../db/subjects.ts';

let db: Db;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
});

function save(metric: string, name: string, days: Readonly<Record<Day, number>>): void {
  const [source = ''] = metric.split('.');
  const kind: SeriesKind = ['github', 'docker'].includes(source) ? 'total' : 'count';
  const { id } = ensureSubject(db, source, name.toLowerCase(), name);
  const values = Object.entries(days).map(([day, value]) => ({ day, value }));
  const seenAt = '2022-03-10T00:00:00Z';
  saveDays(db, { subjectId: id, metric, kind }, values, { origin: 'poll', seenAt });
}

const rows = (view: string) => db.prepare(`SELECT * FROM ${view} ORDER BY 1, 2`).raw().all();

function say(userId: string, day: Day, messages: number, isBot = 0): void {
  db.exec(`
    INSERT INTO workspace (id, name, domain, bot_user_id, refreshed_at)
      VALUES ('T1', 'Acme', 'acme', 'UBOT', '') ON CONFLICT DO NOTHING;
    INSERT INTO channel (workspace_id, id, name) VALUES ('T1', 'C1', 'general')
      ON CONFLICT DO NOTHING;
    INSERT INTO user (workspace_id, id, name, is_bot) VALUES ('T1', '${userId}', '${userId}', ${isBot})
      ON CONFLICT DO NOTHING;
    INSERT INTO message_count VALUES ('T1', '${day}', 'C1', '${userId}', ${messages});
  `);
}

test('every view answers on an empty database', () => {
  const views = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'view'")
    .pluck()
    .all() as string[];
  expect(views.toSorted()).toEqual([
    'daily_summary',
    'dockerhub_daily_summary',
    'dockerhub_pulls',
    'github_commits',
    'github_daily_summary',
    'github_issues',
    'github_releases',
    'github_stars',
    'pypi_daily_summary',
    'pypi_daily_summary_by',
    'slack_daily_summary',
    'slack_daily_summary_by_user',
    'slack_messages',
  ]);
  for (const view of views) expect(rows(view), view).toEqual([]);
});

describe('totals', () => {
  test('stars may fall, and a gap is told by its days', () => {
    save('github.stars', 'Acme/Rocket', { '2022-03-01': 10, '2022-03-02': 9, '2022-03-05': 15 });
    save('github.stars', 'acme/sled', { '2022-03-02': 3 });
    expect(rows('github_daily_summary')).toEqual([
      ['2022-03-01', 'Acme/Rocket', 10, null, null],
      ['2022-03-02', 'Acme/Rocket', 9, -1, 1],
      ['2022-03-02', 'acme/sled', 3, null, null],
      ['2022-03-05', 'Acme/Rocket', 15, 6, 3],
    ]);
  });

  test('pulls: a fall is a reset and not minus, a gap is told by its days', () => {
    save('docker.pulls', 'acme/rocket', {
      '2022-03-01': 100,
      '2022-03-02': 130,
      '2022-03-05': 190,
      '2022-03-06': 20,
      '2022-03-07': 25,
      '2022-03-08': 25,
    });
    expect(rows('dockerhub_daily_summary')).toEqual([
      ['2022-03-01', 'acme/rocket', 100, null, null],
      ['2022-03-02', 'acme/rocket', 130, 30, 1],
      ['2022-03-05', 'acme/rocket', 190, 60, 3],
      ['2022-03-06', 'acme/rocket', 20, null, 1],
      ['2022-03-07', 'acme/rocket', 25, 5, 1],
      ['2022-03-08', 'acme/rocket', 25, 0, 1],
    ]);
  });
});

describe('messages', () => {
  test('own counts, without bots', () => {
    say('U1', '2022-03-01', 5);
    say('U2', '2022-03-01', 2);
    say('UBOT', '2022-03-01', 40, 1);
    expect(rows('slack_daily_summary_by_user')).toEqual([
      ['2022-03-01', 'acme', 'U1', 'U1', 5],
      ['2022-03-01', 'acme', 'U2', 'U2', 2],
    ]);
    expect(rows('slack_daily_summary')).toEqual([['2022-03-01', 'acme', 7]]);
  });

  test('imported days fill in where nothing was recorded, whatever the spelling', () => {
    say('U1', '2022-03-02', 5);
    save('slack.messages', 'Acme', { '2022-03-01': 11, '2022-03-02': 99 });
    save('slack.messages', 'other', { '2022-03-02': 3 });
    expect(rows('slack_daily_summary')).toEqual([
      ['2022-03-01', 'acme', 11],
      ['2022-03-02', 'acme', 5],
      ['2022-03-02', 'other', 3],
    ]);
  });
});

describe('the summary of everything', () => {
  test('a missing poll never makes a total dip, a missing count is not zero, and what we depend on is not ours', () => {
    save('github.stars', 'acme/rocket', { '2022-03-01': 10, '2022-03-04': 12 });
    save('github.stars', 'acme/sled', { '2022-03-02': 3, '2022-03-03': 4 });
    save('docker.pulls', 'acme/rocket', { '2022-03-02': 100 });
    save('pypi.downloads', 'rocket', { '2022-03-01': 7, '2022-03-03': 0 });
    save('pypi.downloads', 'sled', { '2022-03-01': 1 });
    save('github.forks', 'acme/rocket', { '2022-03-05': 1 });
    save('pypi.downloads', 'engine', { '2022-03-02': 900 });
    db.prepare("UPDATE subject SET role = 'dependency' WHERE key = 'engine'").run();
    say('U1', '2022-03-03', 5);
    const [first] = rows('daily_summary');
    expect(first).toHaveLength(5);
    expect(rows('daily_summary')).toEqual([
      ['2022-03-01', null, 10, null, 8],
      ['2022-03-02', null, 13, 100, null],
      ['2022-03-03', 5, 14, 100, 0],
      ['2022-03-04', null, 16, 100, null],
      ['2022-03-05', null, 16, 100, null],
    ]);
  });
});

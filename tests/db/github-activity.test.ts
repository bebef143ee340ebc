import { expect, test } from 'vitest';
import {
  contributedBefore,
  contributionsIn,
  namelessCommits,
  ownRepositories,
} from '../../db/github-activity.ts';
import { releasesIn, replaceReleases } from '../../db/github-releases.ts';
import { setRole } from '../../db/subjects.ts';
import { community } from '../reports/community.ts';
import { repository } from '../reports/repository.ts';

const { db } = community();
const WEEK = { from: '2026-11-09', to: '2026-11-15' };
const id = repository(db, 'acme/rocket', [
  { at: '2026-11-09', issue: 'Ada' },
  { at: '2026-11-15', pull: 'ada' },
  { at: '2026-11-16', pull: 'ada' },
  { at: '2026-11-08', issue: 'bob' },
  { at: '2026-11-10', commit: 'BOB' },
  { at: '2026-11-10', commit: null },
  { at: '2026-11-11', pull: 'renovate[bot]' },
  { at: '2026-11-11', pull: 'quiet-machine', isBot: true },
]);
const other = repository(db, 'someone/else', [{ at: '2026-11-01', issue: 'ada' }]);
setRole(db, other, 'dependency');

test('the days are whole, logins are told apart without regard to case, and bots are left out', () => {
  expect(contributionsIn(db, [id], WEEK)).toEqual([
    { login: 'ada', issues: 1, pulls: 1, commits: 0 },
    { login: 'BOB', issues: 0, pulls: 0, commits: 1 },
  ]);
  expect(contributionsIn(db, [], WEEK)).toEqual([]);
  expect(namelessCommits(db, [id], WEEK)).toBe(1);
});

test('who came before is asked of the given repositories only', () => {
  const logins = ['ada', 'BOB', 'nobody'];
  expect(contributedBefore(db, [id], logins, WEEK.from)).toEqual(new Set(['BOB']));
  expect(contributedBefore(db, [id, other], logins, WEEK.from)).toEqual(new Set(['ada', 'BOB']));
  expect(contributedBefore(db, [id], logins, '2026-11-10')).toEqual(new Set(['ada', 'BOB']));
});

test('who came before is looked up, however long the list is', () => {
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT 1 FROM github_issue
       WHERE author = ? COLLATE NOCASE AND created_at < ?`,
    )
    .all('ada', WEEK.from) as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(/COVERING INDEX github_issue_author/);
});

test('releases of the days, and what is stored of our own repositories', () => {
  const release = { name: null, author: null, isPrerelease: false, assets: [] };
  replaceReleases(db, id, [
    { ...release, id: 1, tag: 'v1', publishedAt: '2026-11-08T23:59:59Z' },
    { ...release, id: 3, tag: 'v3rc1', isPrerelease: true, publishedAt: '2026-11-15T23:59:59Z' },
    { ...release, id: 2, tag: 'v2', publishedAt: '2026-11-09T00:00:00Z' },
  ]);
  expect(releasesIn(db, [id], WEEK)).toMatchObject([
    { subjectName: 'acme/rocket', tag: 'v2', isPrerelease: false },
    { tag: 'v3rc1', isPrerelease: true },
  ]);
  expect(ownRepositories(db)).toEqual([
    { id, name: 'acme/rocket', hasIssues: true, hasCommits: true, hasReleases: true },
  ]);
});

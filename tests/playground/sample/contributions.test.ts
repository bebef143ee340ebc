import { describe, expect, test } from 'vitest';
import { addDays } from '../../../db/days.ts';
import { contributedBefore, contributionsIn } from '../../../db/github-activity.ts';
import { releasesIn } from '../../../db/github-releases.ts';
import { IN_MEMORY, openDatabase } from '../../../db/open.ts';
import { loginOf, sampleRepositories } from '../../../playground/sample/contributions.ts';
import { people } from '../../../playground/sample/people.ts';
import { seedContributions } from '../../../playground/seed/contributions.ts';

const LAST_DAY = '2026-11-24';
const repositories = sampleRepositories(LAST_DAY);

describe('sampleRepositories', () => {
  test('are the same for the same day, and hold nothing of a later one', () => {
    expect(sampleRepositories(LAST_DAY)).toEqual(repositories);
    const instants = repositories.flatMap(({ issues, commits, releases }) => [
      ...issues.flatMap((one) => [one.createdAt, one.updatedAt, one.closedAt ?? one.createdAt]),
      ...commits.map(({ committedAt }) => committedAt),
      ...releases.map(({ publishedAt }) => publishedAt),
    ]);
    expect(instants.length).toBeGreaterThan(300);
    expect(instants.every((at) => at < addDays(LAST_DAY, 1))).toBe(true);
  });

  test('are labelled as made up', () => {
    for (const { name, issues, commits } of repositories) {
      expect(name).toMatch(/^sample\//);
      expect(issues.every(({ title }) => title.endsWith('(sample data)'))).toBe(true);
      const authors = [...issues, ...commits].map(({ author }) => author);
      expect(authors.every((author) => author?.startsWith('sample-'))).toBe(true);
    }
  });

  test('everyone of the sample has a login of their own', () => {
    const logins = people.map(({ name }) => loginOf(name));
    expect(new Set(logins).size).toBe(people.length);
    expect(logins).toContain('sample-ingrid');
  });
});

test('stored, the last whole week has a newcomer and a release, and no bot', () => {
  const db = openDatabase(IN_MEMORY);
  for (const repository of repositories) seedContributions(db, repository);
  const week = { from: '2026-11-16', to: '2026-11-22' };
  const ids = [1, 2, 3];
  const logins = contributionsIn(db, ids, week).map(({ login }) => login);
  expect(logins.filter((login) => login.includes('[bot]'))).toEqual([]);
  const known = contributedBefore(db, ids, logins, week.from);
  expect(known.size).toBeGreaterThan(0);
  expect(logins.filter((login) => !known.has(login))).not.toEqual([]);
  expect(releasesIn(db, ids, week)).toHaveLength(1);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collectionOf } from '../../db/collections.ts';
import { seePeople } from '../../db/github-people.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject, type Subject } from '../../db/subjects.ts';
import { Unauthorised } from '../../src/errors.ts';
import { createClient } from '../../src/sources/github/client.ts';
import { contributors } from '../../src/sources/github/contributors.ts';
import { follows } from '../../src/sources/github/follows.ts';
import { people } from '../../src/sources/github/people.ts';
import { stargazers } from '../../src/sources/github/stargazers.ts';
import type { Part } from '../../src/sources/source.ts';
import { NOW, quiet } from './cases.ts';
import { collect } from './collect.ts';
import { clientOf, type Fake, fake, githubAnswers } from './github-lists-server.ts';
import { reply, startServer, type TestServer } from './server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server: TestServer;
beforeAll(async () => {
  server = await startServer(() => {});
});
afterAll(() => server.close());

let db: Db;
let subject: Subject;
let state: Fake;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  subject = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  state = fake({ perPage: 2, head: 'main' });
  server.answer = githubAnswers(state);
});

const client = () =>
  createClient({ apiUrl: server.url, token: 'secret', log: quiet, retryDelayMs: 1 });
const run = (part: Part, now = NOW) => collect(db, 'github', part, [subject], { now });
const rows = (sql: string) => db.prepare(sql).raw().all();

function profile(login: string, more: object = {}) {
  const about = { name: null, company: null, location: null, followers: 1, following: 0 };
  return { login, type: 'User', ...about, created_at: '2015-01-01T00:00:00Z', ...more };
}

test('without a token every list is off, and says how to switch it on', () => {
  const stranger = createClient({
    apiUrl: server.url,
    token: undefined,
    log: quiet,
    retryDelayMs: 1,
  });
  for (const part of [contributors, stargazers, people, follows]) {
    expect(part(stranger).off).toMatch(/^Set GITHUB_TOKEN to collect .*\.$/);
    expect(part(client()).off).toBeUndefined();
  }
});

describe('contributors', () => {
  const list = () => rows('SELECT login, contributions FROM github_contributor ORDER BY login');

  test('are replaced as a whole', async () => {
    state.contributors = [
      { login: 'ada', type: 'User', contributions: 9 },
      { login: 'helper[bot]', type: 'Bot', contributions: 5 },
      { login: 'eve', type: 'User', contributions: 2 },
    ];
    expect((await run(contributors(client()))).rows).toBe(3);
    state.contributors = [{ login: 'ada', type: 'User', contributions: 10 }];
    expect((await run(contributors(client()), NOW + DAY)).rows).toBe(3);
    expect(list()).toEqual([['ada', 10]]);
    expect(rows('SELECT login, type FROM github_person ORDER BY login')).toContainEqual([
      'helper[bot]',
      'Bot',
    ]);
  });

  test('of an empty repository are none; where there are too many, the old ones stay', async () => {
    state.contributors = [{ login: 'ada', contributions: 9 }];
    await run(contributors(client()));
    server.answer = reply(
      403,
      '{"message":"The history or contributor list is too large to list"}',
    );
    const { note } = await run(contributors(client()), NOW + DAY);
    expect(note).toMatch(/does not list the contributors of a repository as large/);
    expect(list()).toEqual([['ada', 9]]);
    server.answer = githubAnswers(state);
    state.head = undefined;
    await run(contributors(client()), NOW + 2 * DAY);
    expect(list()).toEqual([]);
  });

  test('a refusal for another reason is an error', async () => {
    server.answer = reply(403, '{"message":"Resource not accessible"}');
    await expect(run(contributors(client()))).rejects.toBeInstanceOf(Unauthorised);
  });
});

describe('stargazers', () => {
  const list = () => rows('SELECT login, starred_at FROM github_stargazer ORDER BY login');
  const star = (login: string, day: number) => ({
    starred_at: `2022-03-0${day}T10:00:00Z`,
    user: { login },
  });
  const told = () => state.stargazers.map(({ user, starred_at }) => [user.login, starred_at]);
  const stars = (value: number) => {
    const key = { subjectId: subject.id, metric: 'github.stars', kind: 'total' } as const;
    const seenAt = new Date(NOW).toISOString();
    saveDays(db, key, [{ day: '2022-03-09', value }], { origin: 'poll', seenAt });
  };

  test('come with the day of their star, and go when they take it back', async () => {
    state.stargazers = [star('ada', 1), star('bob', 2), star('eve', 3)];
    expect((await run(stargazers(client()))).rows).toBe(3);
    expect(list()).toEqual(told());
    state.stargazers = [star('ada', 1), star('eve', 3), star('zoe', 4)];
    expect((await run(stargazers(client()), NOW + DAY)).rows).toBe(2);
    expect(list()).toEqual(told());
    expect((await run(stargazers(client()), NOW + 2 * DAY)).rows).toBe(0);
  });

  test('a reading that was cut goes on, and nobody is forgotten before its end', async () => {
    state.stargazers = ['a', 'b', 'c', 'd', 'e'].map((login, i) => star(login, i + 1));
    await run(stargazers(client()));
    state.stargazers.shift();
    const part = stargazers(client());
    const once: Part = {
      ...part,
      async *collect(...some) {
        for await (const batch of part.collect(...some)) {
          yield batch;
          throw new Error('cut');
        }
      },
    };
    await expect(run(once, NOW + DAY)).rejects.toThrow('cut');
    expect(list()).toHaveLength(5);
    const { requests } = await run(stargazers(client()), NOW + 2 * DAY);
    expect(requests).toBe(1);
    expect(list()).toEqual(told());
  });

  test.each([
    ['a 403', 403, '{"message":"Must have push access"}'],
    ['a 404', 404, '{"message":"Not Found"}'],
    ['an empty list', 200, '[]'],
  ])('%s where there are stars means that we may not see them', async (_name, status, body) => {
    stars(12);
    server.answer = reply(status, body);
    const { note, rows: changed } = await run(stargazers(client()));
    expect(note).toMatch(/^Only the repository's admins .* The counts are complete\.$/);
    expect(changed).toBe(0);
  });

  test('an empty list of a repository without stars is just that', async () => {
    stars(0);
    expect((await run(stargazers(client()))).note).toBeUndefined();
  });

  test('a wrong token is an error all the same', async () => {
    stars(12);
    server.answer = reply(401, '{"message":"Bad credentials"}');
    await expect(run(stargazers(client()))).rejects.toBeInstanceOf(Unauthorised);
  });

  test('beyond the last page that GitHub shows, what there is is kept', async () => {
    state.stargazers = ['a', 'b', 'c', 'd', 'e'].map((login, i) => star(login, i + 1));
    state.deepestPage = 2;
    const { note } = await run(stargazers(client()));
    expect(note).toBe('GitHub lists only the first 40,000 stargazers. The counts are complete.');
    expect(list()).toEqual(told().slice(0, 4));
    expect(
      collectionOf(db, { source: 'github', subjectId: subject.id, part: 'stargazers' }),
    ).toMatchObject({ cursor: 'null' });
  });
});

describe('profiles', () => {
  test('are read once, again after a month, and tell who is gone', async () => {
    seePeople(db, [
      { login: 'Ada', type: 'User' },
      { login: 'gone', type: null },
    ]);
    state.profiles = { Ada: profile('Ada', { company: '@acme', followers: 7 }) };
    expect((await run(people(client()))).rows).toBe(2);
    expect(
      rows('SELECT login, company, followers, is_gone FROM github_person ORDER BY login'),
    ).toEqual([
      ['Ada', '@acme', 7, 0],
      ['gone', null, null, 1],
    ]);
    expect((await run(people(client()), NOW + DAY)).requests).toBe(0);
    state.profiles.Ada = profile('Ada', { company: '@other', followers: 8 });
    expect(await run(people(client()), NOW + 31 * DAY)).toMatchObject({ rows: 1, requests: 2 });
  });

  test('somebody who is seen in another spelling is one person', () => {
    seePeople(db, [
      { login: 'Ada', type: null },
      { login: 'ada', type: 'User' },
    ]);
    expect(rows('SELECT login, type FROM github_person')).toEqual([['Ada', 'User']]);
  });

  test('a run reads a thousand, the most active first, and says how many are left', async () => {
    const logins = Array.from({ length: 1003 }, (_, i) => `person-${String(i).padStart(4, '0')}`);
    seePeople(
      db,
      logins.map((login) => ({ login, type: 'User' })),
    );
    db.prepare(
      `INSERT INTO github_commit VALUES (?, 'abc', 'Person-1002', '', '2022-03-01T10:00:00Z')`,
    ).run(subject.id);
    state.profiles = Object.fromEntries(logins.map((login) => [login, profile(login)]));
    const { requests, note } = await run(people(clientOf(state)));
    expect(requests).toBe(1000);
    expect(note).toBe('3 profiles are still to be read, 1,000 with each poll.');
    expect(rows('SELECT login FROM github_person WHERE read_at IS NULL ORDER BY login')).toEqual([
      ['person-0999'],
      ['person-1000'],
      ['person-1001'],
    ]);
    const second = await run(people(clientOf(state)), NOW + 6 * HOUR);
    expect(second).toMatchObject({ requests: 3, note: undefined });
  });
});

describe('who follows whom', () => {
  const edges = () => rows('SELECT follower, followed FROM github_follow ORDER BY 1, 2');
  const seen = async (following: Readonly<Record<string, readonly string[]>>) => {
    state.following = following;
    for (const [login, followed] of Object.entries(following)) {
      seePeople(db, [{ login, type: 'User' }]);
      state.profiles[login] = profile(login, { following: followed.length });
    }
    await run(people(clientOf(state)));
  };

  test('only among the people who were seen, whatever the spelling', async () => {
    await seen({ ada: ['x', 'y', 'BOB'], bob: ['ada'], eve: [] });
    expect((await run(follows(client()))).rows).toBe(2);
    expect(edges()).toEqual([
      ['ada', 'bob'],
      ['bob', 'ada'],
    ]);
    expect((await run(follows(client()), NOW + DAY)).requests).toBe(0);
    state.following = { ada: ['eve'], bob: [] };
    expect((await run(follows(client()), NOW + 31 * DAY)).rows).toBe(3);
    expect(edges()).toEqual([['ada', 'eve']]);
  });

  test('whoever comes to follow nobody has no follows left', async () => {
    await seen({ ada: ['bob'], bob: [] });
    await run(follows(clientOf(state)));
    state.profiles.ada = profile('ada', { following: 0 });
    await run(people(clientOf(state)), NOW + 31 * DAY);
    expect(edges()).toEqual([]);
  });

  test('somebody who follows thousands is left out, and the status says so', async () => {
    await seen({ ada: ['bob'], bob: [] });
    state.profiles.bob = profile('bob', { following: 5001 });
    await run(people(clientOf(state)), NOW + 31 * DAY);
    const { note, requests } = await run(follows(clientOf(state)), NOW + 31 * DAY);
    expect(note).toBe('1 person who follows more than 5,000 accounts is left out.');
    expect(requests).toBe(1);
  });

  test('a run asks a thousand times, and says whose list is still to be read', async () => {
    const logins = Array.from({ length: 21 }, (_, i) => `person-${i}`);
    await seen(Object.fromEntries(logins.map((login) => [login, []])));
    db.exec('UPDATE github_person SET following = 5000');
    const { batches, note } = await run(follows(clientOf(state)));
    expect(batches).toBe(20);
    expect(note).toBe('Whom 1 person follows is still to be read.');
    expect(await run(follows(clientOf(state)), NOW + HOUR)).toMatchObject({ batches: 1 });
  });

  test('somebody who is gone by then is gone', async () => {
    await seen({ ada: ['bob'], bob: ['ada'] });
    state.profiles = {};
    await run(follows(clientOf(state)));
    expect(rows('SELECT DISTINCT is_gone FROM github_person')).toEqual([[1]]);
  });
});

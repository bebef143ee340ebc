import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NotFound, RateLimited, Unauthorised, Unavailable } from '../../src/errors.ts';
import { createGithub, parseRepository } from '../../src/sources/github.ts';
import { shared } from '../shared.ts';
import { fixture, NOW, quiet } from './cases.ts';
import { type Answer, page, reply, startServer, type TestServer } from './server.ts';

const repository = fixture('github-repository.json');
const subject = { key: 'acme/rocket', name: 'Acme/Rocket' };
let server: TestServer;
beforeEach(async () => {
  server = await startServer(reply(200, repository));
});
afterEach(() => server.close());

const github = (token?: string) => createGithub({ apiUrl: server.url, token, log: quiet });
const poll = (first = false) => github().fetch(subject, { now: NOW, first });

/** Repository first, then whatever `history` says to each page. */
function withHistory(history: (page: number) => Answer): Answer {
  return (request, response) => {
    const page = /history\?.*page=(\d+)$/.exec(request.url ?? '')?.[1];
    (page ? history(Number(page)) : reply(200, repository))(request, response);
  };
}

function weeks(newest: number, count: number): string {
  return JSON.stringify(
    Array.from({ length: count }, (_, index) => ({
      week: newest - index * 604_800,
      total: 7,
      days: [1, 1, 1, 1, 1, 1, 1],
    })),
  );
}

describe('star history', () => {
  const newest = Date.parse('2022-02-27T00:00:00Z') / 1000;

  test('is read page by page, back to the creation', async () => {
    const versions = new Set<unknown>();
    server.answer = (request, response) => {
      versions.add(request.headers['x-github-api-version']);
      withHistory((page) =>
        reply(200, weeks(newest - (page - 1) * 30 * 604_800, page < 3 ? 30 : 4)),
      )(request, response);
    };
    const [, history] = await poll(true);
    expect(JSON.parse(history?.body ?? '[]')).toHaveLength(64);
    expect(server.requests.filter((path) => path.includes('history'))).toHaveLength(3);
    expect(versions).toContain('2026-03-10');
    const [rows] = history ? github().daily(history) : [];
    expect(rows?.values).toHaveLength(64 * 7);
    expect(rows?.values.at(-1)).toEqual({ day: '2022-03-05', value: 64 * 7 });
  });

  test('follows the links where there are some, and ends where nothing older comes', async () => {
    const link = { link: `<${server.url}/x?page=2>; rel="next"` };
    server.answer = withHistory(() => reply(200, weeks(newest, 3), link));
    const [, history] = await poll(true);
    expect(JSON.parse(history?.body ?? '[]')).toHaveLength(3);
    expect(server.requests.filter((path) => path.includes('history'))).toHaveLength(2);
  });

  test('is asked for only once', async () => {
    await poll(false);
    expect(server.requests).toEqual(['GET /repos/acme/rocket']);
  });

  test.each([
    ['Enterprise Server lacks it', reply(404, '{"message":"Not Found"}')],
    ['it is for owners only', reply(403, '{"message":"Must have push access"}')],
    ['it has another shape', reply(200, '{"weeks":[]}')],
    ['it is empty', reply(200, '[]')],
    ['the version is unknown', reply(400, '{"message":"not a supported version"}')],
  ])('%s: the poll is fine without', async (_name, answer) => {
    server.answer = withHistory(() => answer);
    expect((await poll(true)).map(({ kind }) => kind)).toEqual(['repository']);
  });

  test.each([
    ['a limit', reply(429, '{}', { 'retry-after': '600' }), RateLimited],
    ['a maintenance page', page(503), Unavailable],
  ])('%s in the middle of it fails the poll, which then starts anew', async (_, answer, kind) => {
    server.answer = withHistory((at) => (at === 1 ? reply(200, weeks(newest, 30)) : answer));
    await expect(poll(true)).rejects.toBeInstanceOf(kind);
  });

  test('a week may begin at midnight anywhere on Earth, and the future is left out', () => {
    const dayOne = (begins: string) => {
      const week = Date.parse(begins) / 1000;
      const body = JSON.stringify([{ week, total: 3, days: [1, 0, 0, 2, 0, 0, 0] }]);
      const takenAt = '2022-03-09T20:00:00Z';
      return github().daily({ kind: 'history', takenAt, body })[0]?.values;
    };
    const values = [
      { day: '2022-03-06', value: 1 },
      { day: '2022-03-07', value: 1 },
      { day: '2022-03-08', value: 1 },
    ];
    expect(dayOne('2022-03-06T00:00:00-08:00')).toEqual(values);
    expect(dayOne('2022-03-06T00:00:00Z')).toEqual(values);
    expect(dayOne('2022-03-06T00:00:00+09:00')).toEqual(values);
  });
});

describe('what a 403 can mean', () => {
  const limited = (headers: Record<string, string>, message = 'no') =>
    reply(403, JSON.stringify({ message }), headers);
  const hour = Math.ceil(Date.now() / 1000) + 3600;

  test('the limit is spent: until its reset, and nobody waits', async () => {
    server.answer = limited({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${hour}` });
    const error = await poll().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toHaveProperty('until', hour * 1000);
    expect(server.requests).toHaveLength(1);
  });

  test('the secondary limit, while thousands remain: in a minute', async () => {
    const message = 'You have exceeded a secondary rate limit.';
    server.answer = limited({ 'x-ratelimit-remaining': '4000' }, message);
    const error = await poll().catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty('until', NOW + 60_000);
  });

  test('a limit that is over in a second is waited for', async () => {
    const soon = limited({ 'retry-after': '1' }, 'You have exceeded a secondary rate limit.');
    server.answer = (request, response) =>
      (server.requests.length === 1 ? soon : reply(200, repository))(request, response);
    expect(await poll()).toHaveLength(1);
  });

  test('a permission is missing, or the repository is blocked', async () => {
    server.answer = limited({ 'x-ratelimit-remaining': '4927' }, 'Must have push access');
    await expect(poll()).rejects.toBeInstanceOf(Unauthorised);
    server.answer = limited({}, 'Repository access blocked');
    await expect(poll()).rejects.toBeInstanceOf(NotFound);
  });
});

test('a renamed repository is followed, and its new name is told', async () => {
  server.answer = (request, response) => {
    if (request.url === '/repositories/7') reply(200, repository)(request, response);
    else reply(301, '{}', { location: `${server.url}/repositories/7` })(request, response);
  };
  const [snapshot] = await github().fetch(
    { key: 'old/name', name: 'old/name' },
    { now: NOW, first: false },
  );
  expect(snapshot && github().nameIn?.(snapshot)).toBe('Acme/Rocket');
});

test('the token is sent, and never to the log', async () => {
  const lines: string[] = [];
  const seen: unknown[] = [];
  server.answer = (request, response) => {
    seen.push(request.headers.authorization);
    reply(404, '{"message":"Not Found"}')(request, response);
  };
  const log = quiet.child({}, { level: 'silent' });
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    log[level] = (...words: unknown[]) => void lines.push(JSON.stringify(words));
  }
  const source = createGithub({ apiUrl: server.url, token: 'ghp_secret', log });
  await expect(source.fetch(subject, { now: NOW, first: false })).rejects.toBeInstanceOf(NotFound);
  expect(seen).toEqual(['token ghp_secret']);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toContain('ghp_secret');
});

const recordings = shared('fixtures/github-api');
describe.skipIf(!recordings)('recorded answers (../shared/fixtures/github-api)', () => {
  const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

  test('repositories become four totals', async () => {
    const found = globSync(join(recordings ?? '', 'recorded/repo/*.json'));
    expect(found.length).toBeGreaterThan(5);
    for (const path of found) {
      const { response } = read(path) as { response: { body: Record<string, unknown> } };
      server.answer = reply(200, JSON.stringify(response.body));
      const [snapshot] = await poll();
      const values =
        snapshot &&
        github()
          .daily(snapshot)
          .map(({ values }) => values[0]?.value);
      expect(values, path).toEqual([
        response.body.stargazers_count,
        response.body.forks_count,
        response.body.open_issues_count,
        response.body.subscribers_count,
      ]);
    }
  });

  test.each([
    ['status-401', Unauthorised],
    ['status-404', NotFound],
    ['status-429', RateLimited],
  ])('%s', async (folder, kind) => {
    for (const path of globSync(join(recordings ?? '', folder, '*.json'))) {
      const { response } = read(path) as {
        response: { status: number; body: unknown; headers: Record<string, string> };
      };
      const after = response.headers['Retry-After'];
      const headers: Record<string, string> = after ? { 'retry-after': retryAfter(after) } : {};
      server.answer = reply(response.status, JSON.stringify(response.body ?? ''), headers);
      await expect(poll(), path).rejects.toBeInstanceOf(kind);
    }
  });
});

/** The recordings write dates as a template of the tool that replays them. */
function retryAfter(recorded: string): string {
  return recorded.startsWith('{{') ? new Date(Date.now() + 8_000).toUTCString() : recorded;
}

test('a private repository is none, whatever the token may see; an internal one is', async () => {
  const answer = (more: object) =>
    reply(200, JSON.stringify({ ...JSON.parse(repository), ...more }));
  server.answer = answer({ private: true, visibility: 'private' });
  await expect(github('ghp_1').fetch(subject, { now: NOW, first: false })).rejects.toBeInstanceOf(
    NotFound,
  );
  server.answer = answer({ private: true, visibility: 'internal' });
  expect(await github('ghp_1').fetch(subject, { now: NOW, first: false })).toHaveLength(1);
});

test('a name without end is refused as soon as any other', () => {
  expect(parseRepository(`acme/${'a'.repeat(1_000_000)}!`)).toBeUndefined();
  expect(parseRepository('acme/...')).toBeUndefined();
  expect(parseRepository('acme/.github')?.key).toBe('acme/.github');
});

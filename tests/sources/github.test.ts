import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { Malformed, NotFound, RateLimited } from '../../src/errors.ts';
import { historyTotals } from '../../src/sources/github/history.ts';
import { createGithub, parseRepository } from '../../src/sources/github.ts';
import { fixture, NOW, quiet } from './cases.ts';
import { type Answer, reply, startServer, type TestServer } from './server.ts';

const repository = fixture('github-repository.json');
const subject = { key: 'acme/rocket', name: 'Acme/Rocket' };
let server: TestServer;
beforeEach(async () => {
  server = await startServer(reply(200, repository));
});
afterEach(() => server.close());

const github = (token?: string) =>
  createGithub({ apiUrl: server.url, token, log: quiet, retryDelayMs: 1 });
const meter = { request() {}, billed() {} };
const context = { now: NOW, first: false, meter };
const poll = (first = false) => github().fetch(subject, { ...context, first });

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

  test('a limit in the middle of it fails the poll, which then starts anew', async () => {
    const limited = reply(429, '{}', { 'retry-after': '600' });
    server.answer = withHistory((at) => (at === 1 ? reply(200, weeks(newest, 30)) : limited));
    await expect(poll(true)).rejects.toBeInstanceOf(RateLimited);
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

  test('its totals never fall, and end with all that is held', () => {
    const week = fc.array(fc.nat(9), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(fc.array(week, { maxLength: 20 }), (counts) => {
        const weeks = counts.map((days, index) => ({ week: newest - index * 604_800, days }));
        const values = historyTotals(weeks, '2022-03-06').map(({ value }) => value);
        const all = counts.flat().reduce((sum, stars) => sum + stars, 0);
        expect(values).toEqual(values.toSorted((a, b) => a - b));
        expect(values.at(-1) ?? 0).toBe(all);
      }),
    );
  });
});

test('a renamed repository is followed, and its new name is told', async () => {
  server.answer = (request, response) => {
    if (request.url === '/repositories/7') reply(200, repository)(request, response);
    else reply(301, '{}', { location: `${server.url}/repositories/7` })(request, response);
  };
  const [snapshot] = await github().fetch({ key: 'old/name', name: 'old/name' }, context);
  expect(snapshot && github().identity?.(snapshot)).toEqual({
    externalId: '5000000001',
    name: 'Acme/Rocket',
  });
});

test('what has not changed is free, and still a number of its day', async () => {
  server.answer = (request, response) => {
    const isKnown = request.headers['if-none-match'] === 'W/"1"';
    reply(isKnown ? 304 : 200, isKnown ? '' : repository, { etag: 'W/"1"' })(request, response);
  };
  const source = github();
  const [first] = await source.fetch(subject, context);
  const [second] = await source.fetch(subject, { ...context, now: NOW + 86_400_000 });
  expect(second).toEqual({ ...first, takenAt: '2022-03-11T09:30:00.000Z' });
  server.answer = reply(
    200,
    repository.replace('"stargazers_count": 12', '"stargazers_count": 13'),
  );
  const [third] = await source.fetch(subject, context);
  expect(third && source.daily(third)[0]?.values).toEqual([{ day: '2022-03-10', value: 13 }]);
});

test('what is not as documented is not taken again', async () => {
  server.answer = (request, response) => {
    const isKnown = request.headers['if-none-match'] === 'W/"1"';
    reply(isKnown ? 304 : 200, isKnown ? '' : '{"id":1}', { etag: 'W/"1"' })(request, response);
  };
  const source = github();
  await expect(source.fetch(subject, context)).rejects.toBeInstanceOf(Malformed);
  await expect(source.fetch(subject, context)).rejects.toBeInstanceOf(Malformed);
});

test('a repository says what it is, and an older word never replaces a newer one', () => {
  const db = openDatabase(IN_MEMORY);
  const row = ensureSubject(db, 'github', subject.key, subject.name);
  const save = (takenAt: string, more: object) => {
    const body = JSON.stringify({ ...JSON.parse(repository), ...more });
    github().save?.(db, row, { kind: 'repository', takenAt, body });
  };
  const license = { key: 'apache-2.0', spdx_id: 'Apache-2.0' };
  save('2022-03-10T09:30:00Z', { license, description: 'Up', archived: true });
  save('2022-03-09T09:30:00Z', { license: null, description: 'Down' });
  github().save?.(db, row, { kind: 'history', takenAt: '2022-03-11T09:30:00Z', body: '[]' });
  expect(db.prepare('SELECT * FROM github_repository').all()).toEqual([
    {
      subject_id: row.id,
      description: 'Up',
      homepage: null,
      license: 'Apache-2.0',
      language: null,
      languages: '{}',
      topics: '["space"]',
      size_kb: 108,
      is_fork: 0,
      is_archived: 1,
      created_at: '2021-11-02T08:00:00Z',
      pushed_at: null,
      seen_at: '2022-03-10T09:30:00Z',
    },
  ]);
});

test('what is collected is told by what is switched on', () => {
  expect(github().collects).toMatch(/^stars, forks, .*star history.*languages/);
  expect(github().collects).not.toContain('lines changed');
  expect(github('ghp_1').collects).toContain('lines changed a week');
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
  await expect(source.fetch(subject, context)).rejects.toBeInstanceOf(NotFound);
  expect(seen).toEqual(['token ghp_secret']);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toContain('ghp_secret');
});

test('a private repository is none, whatever the token may see; an internal one is', async () => {
  const answer = (more: object) =>
    reply(200, JSON.stringify({ ...JSON.parse(repository), ...more }));
  server.answer = answer({ private: true, visibility: 'private' });
  await expect(github('ghp_1').fetch(subject, context)).rejects.toBeInstanceOf(NotFound);
  server.answer = answer({ private: true, visibility: 'internal' });
  expect(await github('ghp_1').fetch(subject, context)).toHaveLength(1);
});

test('a name without end is refused as soon as any other', () => {
  expect(parseRepository(`acme/${'a'.repeat(1_000_000)}!`)).toBeUndefined();
  expect(parseRepository('acme/...')).toBeUndefined();
  expect(parseRepository('acme/.github')?.key).toBe('acme/.github');
});

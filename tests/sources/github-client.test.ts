import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Malformed, NotFound, Unauthorised, Unavailable } from '../../src/errors.ts';
import {
  type AskOptions,
  createClient,
  type GithubClient,
  named,
  needsToken,
} from '../../src/sources/github/client.ts';
import { statusOf } from '../../src/sources/github/error.ts';
import { pagesOf } from '../../src/sources/github/paging.ts';
import { shared } from '../shared.ts';
import { NOW, quiet } from './cases.ts';
import { type Answer, cutOff, page, reply, startServer, type TestServer } from './server.ts';

const list = z.array(z.int());
const ROUTE = 'GET /repos/{owner}/{repo}/issues';
let server: TestServer;
let client: GithubClient;
let requests: number;
beforeEach(async () => {
  server = await startServer(reply(200, '[]'));
  client = createClient({ apiUrl: server.url, token: 'ghp_1', log: quiet, retryDelayMs: 1 });
  requests = 0;
});
afterEach(() => server.close());

const context = (now = NOW) => ({
  now,
  signal: undefined,
  meter: {
    request() {
      requests += 1;
    },
    billed() {},
  },
});

const ask = (options?: AskOptions, now = NOW) =>
  client.ask(ROUTE, { owner: 'acme', repo: 'rocket' }, context(now), options);
const failure = (options?: AskOptions, now = NOW) =>
  ask(options, now).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('pages', () => {
  const link = (query: string) => ({ link: `<${server.url}/x?${query}>; rel="next"` });

  test.each([
    ['page=2', '2'],
    ['per_page=100&after=Y3Vyc29y%3D%3D&page=2', '2'],
  ])('the next one is asked for as the link says: %s', async (query) => {
    server.answer = reply(200, '[1]', link(query));
    const answer = await ask();
    expect(answer).toMatchObject({ next: Object.fromEntries(new URLSearchParams(query)) });
  });

  test('a list is read to its end, whatever it is paged by', async () => {
    server.answer = (request, response) => {
      const after = new URL(request.url ?? '', server.url).searchParams.get('after');
      if (after === 'b') reply(200, '[4]')(request, response);
      else {
        const next = link(`after=${after === null ? 'a' : 'b'}&per_page=2`);
        reply(200, after === null ? '[1,2]' : '[3]', next)(request, response);
      }
    };
    const found: number[] = [];
    const parameters = { ...named({ key: 'acme/rocket' }), per_page: 2, state: 'all' };
    for await (const { items } of pagesOf(client, list, ROUTE, parameters, context())) {
      found.push(...items);
    }
    expect(found).toEqual([1, 2, 3, 4]);
    expect(requests).toBe(3);
    expect(server.requests.every((path) => path.includes('state=all'))).toBe(true);
  });

  test('a page that is followed by itself is not read for ever', async () => {
    const first = { ...named({ key: 'acme/rocket' }), per_page: 2 };
    const read = async () => {
      for await (const { items } of pagesOf(client, list, ROUTE, first, context())) {
        expect(items).toHaveLength(2);
      }
    };
    server.answer = reply(200, '[1,2]', link('page=2&per_page=2'));
    await expect(read()).rejects.toBeInstanceOf(Malformed);
    expect(requests).toBe(2);
  });

  test('an empty repository has no page, and a list is never half computed', async () => {
    const read = async () => {
      let count = 0;
      const parameters = named({ key: 'acme/rocket' });
      for await (const { items } of pagesOf(client, list, ROUTE, parameters, context())) {
        count += items.length + 1;
      }
      return count;
    };
    server.answer = reply(204, '');
    expect(await read()).toBe(0);
    server.answer = reply(202, '{}');
    await expect(read()).rejects.toBeInstanceOf(Unavailable);
  });
});

describe('what an answer means', () => {
  test.each<[string, Answer, new (...args: never[]) => Error, number | undefined]>([
    ['bad credentials', reply(401, '{"message":"Bad credentials"}'), Unauthorised, 401],
    ['a missing permission', reply(403, '{"message":"Must have push"}'), Unauthorised, 403],
    ['blocked by its terms', reply(403, '{"message":"Repository access blocked"}'), NotFound, 403],
    ['gone', reply(404, '{"message":"Not Found"}'), NotFound, 404],
    ['empty', reply(409, '{"message":"Git Repository is empty."}'), Malformed, 409],
    ['switched off', reply(410, '{"message":"Issues are disabled"}'), NotFound, 410],
    ['taken down', reply(451, '{"message":"Repository access blocked"}'), NotFound, 451],
    ['too deep', reply(422, '{"message":"In order to keep the API fast…"}'), Malformed, 422],
    ['a page that says it works', page(200), Unavailable, undefined],
    ['cut off', cutOff('[{"number":1}]'), Unavailable, undefined],
  ])('%s', async (_name, answer, kind, status) => {
    server.answer = answer;
    const error = await failure();
    expect(error).toBeInstanceOf(kind);
    expect(statusOf(error)).toBe(status);
  });

  test('a 304 says that nothing has changed, a 202 that it is being computed', async () => {
    server.answer = (request, response) => {
      const isKnown = request.headers['if-none-match'] === 'W/"1"';
      reply(isKnown ? 304 : 200, isKnown ? '' : '[1]', { etag: 'W/"1"' })(request, response);
    };
    expect(await ask()).toMatchObject({ status: 200, etag: 'W/"1"', data: [1] });
    expect(await ask({ etag: 'W/"1"' })).toEqual({ status: 304 });
    server.answer = reply(202, '{}');
    expect(await ask()).toEqual({ status: 202 });
    expect(requests).toBe(3);
  });

  test('each request counts: the one behind a redirect, and the second try', async () => {
    server.answer = (request, response) => {
      if (request.url === '/repositories/7/issues') reply(200, '[7]')(request, response);
      else {
        const location = `${server.url}/repositories/7/issues`;
        reply(301, '{"message":"Moved Permanently"}', { location })(request, response);
      }
    };
    expect(await ask()).toMatchObject({ data: [7] });
    expect(requests).toBe(2);
    expect(server.requests).toHaveLength(2);
    server.answer = (request, response) =>
      (server.requests.length === 3 ? page(503) : reply(200, '[]'))(request, response);
    await ask();
    expect(requests).toBe(4);
  });
});

test('without a token, a part says how to switch it on', () => {
  expect(needsToken(client, 'issues')).toEqual({});
  const stranger = createClient({
    apiUrl: server.url,
    token: undefined,
    log: quiet,
    retryDelayMs: 1,
  });
  expect(needsToken(stranger, 'issues').off).toBe(
    'Set GITHUB_TOKEN to collect issues: without one, GitHub allows 60 requests an hour.',
  );
});

test('who stops is not kept waiting', async () => {
  server.answer = () => {};
  const stop = new AbortController();
  const asked = client.ask(ROUTE, named({ key: 'a/b' }), { ...context(), signal: stop.signal });
  stop.abort();
  await expect(asked).rejects.toBeInstanceOf(Unavailable);
});

interface Recorded {
  readonly path: string;
  readonly status: number;
  readonly response: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const recorded = shared('fixtures/github-api/octokit-fixtures');
describe.skipIf(!recorded)('recorded (../shared/fixtures/github-api/octokit-fixtures)', () => {
  const read = (name: string): Recorded[] =>
    JSON.parse(readFileSync(join(recorded ?? '', name, 'normalized-fixture.json'), 'utf8'));

  test('the links of a list lead through all of its pages', async () => {
    const pages = read('paginate-issues');
    const first = pages[0] as Recorded;
    server.answer = (request, response) => {
      const asked = new URL(request.url ?? '', server.url);
      const found = pages.find(({ path }) => isSame(new URL(path, server.url), asked));
      reply(
        found?.status ?? 404,
        JSON.stringify(found?.response ?? {}),
        found?.headers.link === undefined ? {} : { link: found.headers.link },
      )(request, response);
    };
    const numbers: number[] = [];
    for await (const { items } of pagesOf(
      client,
      z.array(z.object({ number: z.int() })),
      ROUTE,
      { owner: 'octokit-fixture-org', repo: 'paginate-issues', per_page: 3 },
      context(),
    )) {
      numbers.push(...items.map(({ number }) => number));
    }
    expect(first.path).toContain('per_page=3');
    expect(numbers).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('a refused request is told by its status', async () => {
    const [refused] = read('errors');
    server.answer = reply(refused?.status ?? 0, JSON.stringify(refused?.response));
    expect(statusOf(await failure())).toBe(422);
  });
});

/** The second page of the recorded list is addressed by the repository's number. */
function isSame(known: URL, asked: URL): boolean {
  const page = (url: URL) => url.searchParams.get('page') ?? '1';
  return page(known) === page(asked) && known.searchParams.get('per_page') === '3';
}

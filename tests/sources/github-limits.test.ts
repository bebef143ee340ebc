import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RateLimited } from '../../src/errors.ts';
import {
  type AskOptions,
  createClient,
  type GithubClient,
} from '../../src/sources/github/client.ts';
import { quiet } from './cases.ts';
import { type Answer, reply, startServer, type TestServer } from './server.ts';

const ROUTE = 'GET /repos/{owner}/{repo}/issues';

/** Octokit looks at the real clock to tell how long a limit lasts. */
const NOW = Math.floor(Date.now() / 1000) * 1000;
/** When the hour of the limit is over, in Unix time. */
const RESET = NOW / 1000 + 45 * 60;

let server: TestServer;
let client: GithubClient;
let requests: number;
beforeEach(async () => {
  server = await startServer(reply(200, '[]'));
  client = createClient({ apiUrl: server.url, token: 'ghp_1', log: quiet });
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

/** The headers of an answer while so many requests are left. */
const left = (remaining: number, limit = 5000, more: Record<string, string> = {}) => ({
  'x-ratelimit-limit': `${limit}`,
  'x-ratelimit-remaining': `${remaining}`,
  'x-ratelimit-reset': `${RESET}`,
  ...more,
});

describe('limits', () => {
  test('what is told in seconds counts from now, however long ago the reading began', async () => {
    server.answer = reply(429, '{"message":"slow down"}', { 'retry-after': '90' });
    const meter = { ...context().meter, elapsed: () => 600_000 };
    const asked = client.ask(ROUTE, { owner: 'acme', repo: 'rocket' }, { ...context(), meter });
    await expect(asked).rejects.toMatchObject({ until: NOW + 690_000 });
  });

  const secondary = '{"message":"You have exceeded a secondary rate limit. Please wait."}';
  const soon = new Date(NOW + 90_000).toUTCString();
  test.each<[string, Answer, number]>([
    ['the hour is spent', reply(403, '{"message":"no"}', left(0)), RESET * 1000],
    ['too much at once, no hint', reply(403, secondary, left(4000)), NOW + 60_000],
    ['in seconds', reply(403, secondary, left(4000, 5000, { 'retry-after': '90' })), NOW + 90_000],
    ['as a date', reply(429, secondary, { 'retry-after': soon }), NOW + 90_000],
    ['429 without a word', reply(429, '{}'), NOW + 60_000],
    ['a 403 that only says when', reply(403, '{}', { 'retry-after': '90' }), NOW + 90_000],
  ])('%s: nobody asks until then', async (_name, answer, until) => {
    server.answer = answer;
    const error = await failure();
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toHaveProperty('until', until);
    server.answer = reply(200, '[]');
    expect(await failure({ isHeadline: true }, until - 1)).toBeInstanceOf(RateLimited);
    expect(requests).toBe(1);
    expect(await ask({}, until)).toMatchObject({ status: 200 });
  });

  test('one that is over in a second is waited for', async () => {
    const soon = reply(403, secondary, { 'retry-after': '1' });
    server.answer = (request, response) =>
      (server.requests.length === 1 ? soon : reply(200, '[]'))(request, response);
    expect(await ask()).toMatchObject({ status: 200 });
    expect(requests).toBe(2);
  });

  test('the last tenth is kept for headline numbers, until the hour is over', async () => {
    server.answer = reply(200, '[]', left(501));
    await ask();
    expect(client.remaining()).toEqual({
      remaining: 501,
      limit: 5000,
      resetAt: RESET * 1000,
    });
    server.answer = reply(200, '[]', left(500));
    await ask();
    expect(await failure()).toHaveProperty('until', RESET * 1000);
    expect(await ask({ isHeadline: true })).toMatchObject({ status: 200 });
    server.answer = reply(200, '[]', left(0));
    await ask({ isHeadline: true });
    expect(await failure({ isHeadline: true })).toBeInstanceOf(RateLimited);
    expect(requests).toBe(4);
    server.answer = reply(200, '[]', left(4999));
    expect(await ask({}, RESET * 1000)).toMatchObject({ status: 200 });
    expect(requests).toBe(5);
  });

  test('another limit than the hour of the API is none of ours', async () => {
    server.answer = reply(200, '[]', left(1, 30, { 'x-ratelimit-resource': 'search' }));
    await ask();
    expect(client.remaining()).toBeUndefined();
    await ask();
    expect(requests).toBe(2);
  });

  test('a server without limits is asked without counting', async () => {
    await ask();
    await ask();
    expect(client.remaining()).toBeUndefined();
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NotFound, RateLimited, Unavailable } from '../../src/errors.ts';
import { createGithub, parseRepository } from '../../src/sources/github.ts';
import { NOW, quiet } from './cases.ts';
import { inPages } from './github-lab.ts';
import { reply, startServer, type TestServer } from './server.ts';

let server: TestServer;
/** What the owner has. */
let repos: object[];
beforeEach(async () => {
  repos = [];
  server = await startServer(reply(404, '{"message":"Not Found"}'));
  server.answer = inPages({ server }, 2, () => repos);
});
afterEach(() => server.close());

const context = { now: NOW, first: false, meter: { request() {}, billed() {} } };
const github = () =>
  createGithub({ apiUrl: server.url, token: undefined, log: quiet, retryDelayMs: 1 });
const group = { key: 'acme/*', name: 'Acme/*', isGroup: true };
const repo = (name: string, more: object = {}) => ({
  full_name: `Acme/${name}`,
  private: false,
  archived: false,
  ...more,
});

describe('all of an owner', () => {
  test('is written with a star', () => {
    expect(github().parse('Acme/*')).toEqual(group);
    for (const wrong of ['*', '*/*', 'acme/**', 'acme/ro*', '-acme/*', 'acme/*/x']) {
      expect(github().parse(wrong), wrong).toBeUndefined();
    }
    expect(parseRepository('acme/*')).toBeUndefined();
  });

  test('is every public repository that is not archived, page by page', async () => {
    repos = [
      repo('Anvil'),
      repo('Attic', { archived: true }),
      repo('Rocket'),
      repo('Secret', { private: true, visibility: 'private' }),
      repo('Staff', { private: true, visibility: 'internal' }),
    ];
    expect(await github().members?.(group, context)).toEqual([
      { key: 'acme/anvil', name: 'Acme/Anvil' },
      { key: 'acme/rocket', name: 'Acme/Rocket' },
      { key: 'acme/staff', name: 'Acme/Staff' },
    ]);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[0]).toBe('GET /users/acme/repos?sort=full_name&per_page=100');
  });

  test('that comes twice, because the list has moved, is there once', async () => {
    repos = [repo('Anvil'), repo('Rocket'), repo('Rocket')];
    expect(await github().members?.(group, context)).toHaveLength(2);
  });

  test('who does not exist', async () => {
    server.answer = reply(404, '{"message":"Not Found"}');
    await expect(github().members?.(group, context)).rejects.toBeInstanceOf(NotFound);
  });

  test('half of a list is none', async () => {
    repos = [repo('Anvil'), repo('Rocket'), repo('Skate')];
    const pages = inPages({ server }, 2, () => repos);
    const limited = reply(429, '{}', { 'retry-after': '60' });
    server.answer = (request, response) =>
      (request.url?.includes('page=2') ? limited : pages)(request, response);
    await expect(github().members?.(group, context)).rejects.toBeInstanceOf(RateLimited);
  });
});

describe('names like one that was not found', () => {
  const suggest = (name: string) => github().suggest?.({ key: name.toLowerCase(), name }, context);

  test('are the nearest of the same owner', async () => {
    repos = [repo('rockets'), repo('anvil'), repo('rocket'), repo('rocked', { private: true })];
    expect(await suggest('acme/roket')).toEqual(['Acme/rocket', 'Acme/rockets']);
    expect(await suggest('acme/anvil-python')).toEqual(['Acme/anvil']);
    expect(await suggest('acme/zeppelin')).toEqual([]);
  });

  test('are at most three, and looked for where the owner was active lately', async () => {
    repos = Array.from({ length: 20 }, (_, index) => repo(`rocket${index}`));
    expect(await suggest('acme/rocke')).toHaveLength(3);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[0]).toContain('sort=pushed');
  });

  test('are none for all of an owner', async () => {
    expect(await github().suggest?.(group, context)).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  test('are not made up where the owner does not exist, nor while GitHub wants us to wait', async () => {
    server.answer = reply(404, '{"message":"Not Found"}');
    await expect(suggest('nobody/rocket')).rejects.toBeInstanceOf(NotFound);
    server.answer = reply(429, '{}', { 'retry-after': '60' });
    await expect(suggest('acme/roket')).rejects.toBeInstanceOf(RateLimited);
  });
});

describe('a checkup', () => {
  const rate = (remaining: number, limit = 5000) =>
    JSON.stringify({ resources: { core: { limit, remaining, reset: NOW / 1000 + 1800 } } });
  const check = async (token?: string) => {
    const source = createGithub({ apiUrl: server.url, token, log: quiet, retryDelayMs: 1 });
    const lines = await source.checkup(context);
    return lines.map(({ what, state, detail }) => `${what}: ${state}. ${detail}`);
  };
  /** Answers about the limit, and about the star history with `status`. */
  function answer(limit: ReturnType<typeof reply>, status = 200): void {
    server.answer = (request, response) =>
      (request.url === '/rate_limit' ? limit : reply(status, '[]'))(request, response);
  }

  test('of a token that is well', async () => {
    const headers = { 'x-oauth-scopes': '' };
    answer(reply(200, rate(4944), headers));
    expect(await check('ghp_1')).toEqual([
      `GitHub at ${server.url}: good. It answers.`,
      'GITHUB_TOKEN: good. GitHub accepts it, with no scopes: that is enough.',
      'Requests an hour: good. 4,944 of 5,000 are left until 10:00 UTC.',
      'Star history: good. Stars are known from before the first poll.',
    ]);
  });

  test('of one that may too much, ends soon, and has been busy', async () => {
    const headers = {
      'x-oauth-scopes': 'repo, user',
      'github-authentication-token-expiration': '2022-03-20 08:00:00 UTC',
    };
    answer(reply(200, rate(17), headers), 404);
    const [, token, limit, history] = await check('ghp_1');
    expect(token).toMatch(
      /^GITHUB_TOKEN: limited\. .*the scopes repo, user\. It expires on 2022-03-20: make a new one/,
    );
    expect(limit).toMatch(/^Requests an hour: limited\. 17 of 5,000/);
    expect(history).toMatch(/^Star history: limited\. This GitHub does not tell it/);
  });

  test('of a fine-grained one that lasts', async () => {
    answer(
      reply(200, rate(5000), {
        'github-authentication-token-expiration': '2023-01-01 00:00:00 UTC',
      }),
    );
    expect((await check('github_pat_1'))[1]).toBe(
      'GITHUB_TOKEN: good. GitHub accepts it. It expires on 2023-01-01.',
    );
  });

  test('without a token says what is left out, and how to have it', async () => {
    answer(reply(200, rate(58, 60)));
    expect((await check())[1]).toMatch(/^GITHUB_TOKEN: limited\. It is not set: .* make one on/);
  });

  test.each([
    ['ghp_1', reply(401, '{"message":"Bad credentials"}'), /^GITHUB_TOKEN: bad\. .*make a new one/],
    ['ghp_1', reply(404, '{"message":"Not Found"}'), /bad\. .*GITHUB_API_URL .* \/api\/v3\.$/],
    [
      'ghp_1',
      reply(200, '<html>', { 'content-type': 'text/html' }),
      /bad\. .*Check GITHUB_API_URL/,
    ],
    ['ghp_1', reply(403, '{}', { 'retry-after': '60' }), /limited\. .*wait until 2022-03-10 09:31/],
  ])('with %s and an answer that is no good', async (token, bad, sentence) => {
    answer(bad);
    const lines = await check(token);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(sentence);
  });

  test('of a server without limits', async () => {
    answer(reply(404, '{"message":"Rate limiting is not enabled."}'), 404);
    const [reached, history] = await check('ghp_1');
    expect(reached).toContain('It answers, and sets no limits.');
    expect(history).toContain('limited');
  });

  test('is stopped like everything else', async () => {
    server.answer = () => {};
    const stop = AbortSignal.abort();
    const lines = await github().checkup({ ...context, signal: stop });
    expect(lines).toMatchObject([{ state: 'bad' }]);
    await expect(github().members?.(group, { ...context, signal: stop })).rejects.toBeInstanceOf(
      Unavailable,
    );
  });
});

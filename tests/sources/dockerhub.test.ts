import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NotFound, RateLimited, Unavailable } from '../../src/errors.ts';
import { createDockerhub, parseImage } from '../../src/sources/dockerhub.ts';
import type { Source } from '../../src/sources/source.ts';
import { shared } from '../shared.ts';
import { NOW } from './cases.ts';
import { page, reply, startServer, type TestServer } from './server.ts';

let server: TestServer;
let docker: Source;
let requests: number;
const meter = {
  request() {
    requests += 1;
  },
  billed() {},
};
const context = { now: NOW, first: false, meter };

beforeEach(async () => {
  requests = 0;
  server = await startServer(reply(404, '{"message":"object not found"}'));
  docker = createDockerhub({ apiUrl: server.url, timeoutMs: 5000 });
});
afterEach(() => server.close());

/** The totals that an answer holds, as `metric day value`. */
function totals(body: string, takenAt = '2025-09-12T10:00:00Z'): string[] {
  return docker
    .daily({ kind: 'repository', takenAt, body })
    .flatMap(({ metric, values }) => values.map(({ day, value }) => `${metric} ${day} ${value}`));
}

test('an official image has no namespace', () => {
  expect(parseImage('Postgres')).toEqual({ key: 'library/postgres', name: 'Postgres' });
  expect(parseImage('library/postgres')?.key).toBe('library/postgres');
  expect(docker.fromUrl?.(new URL('https://hub.docker.com/_/postgres'))).toBe('postgres');
});

test('pulls are told without stars, and stars of an unknown shape are left out', () => {
  const pulls = ['docker.pulls 2025-09-12 8589934593'];
  expect(totals('{"pull_count":8589934593}')).toEqual(pulls);
  expect(totals('{"pull_count":8589934593,"star_count":null}')).toEqual(pulls);
  expect(totals('{"pull_count":8589934593,"star_count":"10K+"}')).toEqual(pulls);
  expect(totals('{"pull_count":8589934593,"star_count":0}')).toEqual([
    ...pulls,
    'docker.image_stars 2025-09-12 0',
  ]);
});

test('each question is counted, the refused ones as well', async () => {
  const image = { key: 'acme/rocket', name: 'acme/rocket' };
  await expect(docker.fetch(image, context)).rejects.toBeInstanceOf(NotFound);
  server.answer = reply(200, '{"pull_count":1}');
  await docker.fetch(image, context);
  expect(requests).toBe(2);
  expect(server.requests).toHaveLength(2);
});

describe('a limit', () => {
  const until = NOW + 90_000;
  test.each([
    ['in seconds', { 'retry-after': '90' }],
    ['as a date', { 'retry-after': new Date(until).toUTCString() }],
    ['as the Unix time of Docker Hub', { 'x-retry-after': `${until / 1000}` }],
    ['as a Unix time under the usual name', { 'retry-after': `${until / 1000}` }],
  ])('%s', async (_name, headers: Record<string, string>) => {
    server.answer = reply(429, '{}', headers);
    const asked = docker.fetch({ key: 'acme/rocket', name: 'acme/rocket' }, context);
    const error = await asked.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toHaveProperty('until', until);
  });
});

describe('near names', () => {
  const suggest = (name: string) =>
    docker.suggest?.(parseImage(name) ?? { key: '', name: '' }, context);
  const listing = (names: readonly string[], next: string | null = null) =>
    JSON.stringify({ next, results: names.map((name) => ({ name })) });

  test('are looked for among the official images when there is no namespace', async () => {
    server.answer = reply(200, listing(['nginx', 'node', 'mongo-express', 'python']));
    expect(await suggest('ngnix')).toEqual(['nginx']);
    expect(server.requests).toEqual([
      'GET /v2/namespaces/library/repositories?page_size=100&page=1',
    ]);
  });

  test('come with their namespace, nearest first, three at most', async () => {
    const names = ['rockets', 'rocket-ui', 'pocket', 'rocket-server', 'x', 'anvil'];
    server.answer = reply(200, listing(names));
    expect(await suggest('acme/rocket')).toEqual(['acme/pocket', 'acme/rockets', 'acme/rocket-ui']);
  });

  test('are looked for on the following pages, to a limit, and never at another address', async () => {
    server.answer = (request, response) => {
      const isSecond = request.url?.endsWith('page=2');
      const names = isSecond ? ['rocket'] : ['anvil'];
      reply(200, listing(names, 'https://elsewhere.invalid/'))(request, response);
    };
    expect(await suggest('acme/rockt')).toEqual(['acme/rocket']);
    expect(requests).toBe(5);
  });

  test('are none in a namespace that does not exist', async () => {
    expect(await suggest('nobody/rocket')).toEqual([]);
  });

  test('are not made up when the registry is down', async () => {
    server.answer = page(503);
    await expect(suggest('acme/rocket')).rejects.toBeInstanceOf(Unavailable);
  });
});

describe('checkup', () => {
  test.each([
    ['good', reply(200, '{"pull_count":1}'), /it needs no token/],
    ['limited', reply(429, '{}', { 'retry-after': '90' }), /wait until 2022-03-10 09:31 UTC/],
    ['bad', page(503), /does not answer.*DOCKERHUB_API_URL/],
    ['bad', reply(404, '{}'), /knows no .*DOCKERHUB_API_URL/],
  ])('%s', async (state, answer, detail) => {
    server.answer = answer;
    const [line, ...rest] = await docker.checkup(context);
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ what: 'Docker Hub', state });
    expect(line?.detail).toMatch(detail);
  });
});

const recorded = shared('fixtures/dockerhub');
describe.skipIf(!recorded)('recorded answers (../shared/fixtures/dockerhub)', () => {
  const read = (path: string) => readFileSync(`${recorded}/${path}`, 'utf8');
  const variants = 'datasetteproject-datasette-over-time/schema-variant';

  test.each([
    ['repository.library-adoptopenjdk.2020.json', 10_625_093, 147],
    [`${variants}-01.2023-03-31.json`, 72_673, 7],
    [`${variants}-08.2025-09-12.json`, 127_960, 12],
  ])('%s', (path, pulls, stars) => {
    expect(totals(read(path))).toEqual([
      `docker.pulls 2025-09-12 ${pulls}`,
      `docker.image_stars 2025-09-12 ${stars}`,
    ]);
  });

  test('a repository that is not there', async () => {
    const { response } = JSON.parse(read('404-repository.json'));
    server.answer = reply(response.status, JSON.stringify(response.body));
    const image = { key: 'opendatalab/mineru', name: 'opendatalab/mineru' };
    await expect(docker.fetch(image, context)).rejects.toBeInstanceOf(NotFound);
  });

  test('the headers of a limit, as they are documented', async () => {
    const { response } = JSON.parse(read('429-rate-limit.contract.json'));
    const values: Record<string, number> = {
      'X-RateLimit-Limit': 180,
      'X-RateLimit-Remaining': 0,
      'X-RateLimit-Reset': NOW / 1000 + 30,
      'X-Retry-After': NOW / 1000 + 45,
    };
    const headers = response.header_names.map((name: string) => [name, `${values[name]}`]);
    server.answer = reply(response.status, '', Object.fromEntries(headers));
    const error = await docker
      .fetch({ key: 'acme/rocket', name: 'acme/rocket' }, context)
      .catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty('until', NOW + 45_000);
  });

  test('a list of repositories', async () => {
    server.answer = (request, response) => {
      const isFirst = request.url?.endsWith('page=1');
      const last = '{"next":null,"results":[]}';
      const body = isFirst ? read('repositories-list.docker.page1.json') : last;
      reply(200, body)(request, response);
    };
    const near = await docker.suggest?.({ key: 'docker/whale-say', name: '' }, context);
    expect(near).toEqual(['docker/whalesay']);
  });
});

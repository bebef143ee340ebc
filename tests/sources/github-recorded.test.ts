import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NotFound, RateLimited, Unauthorised } from '../../src/errors.ts';
import { readFacts } from '../../src/sources/github/facts.ts';
import { createGithub } from '../../src/sources/github.ts';
import { shared } from '../shared.ts';
import { NOW, quiet } from './cases.ts';
import { reply, startServer, type TestServer } from './server.ts';

interface Recording {
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** Instants that the recordings leave to the tool that replays them. */
const LATER = new Date(NOW + 8_000).toUTCString();
const RESET = `${Date.parse('2037-01-01T00:00:00Z') / 1000}`;

const context = { now: NOW, first: false, meter: { request() {}, billed() {} } };
const subject = { key: 'acme/rocket', name: 'Acme/Rocket' };
let server: TestServer;
beforeEach(async () => {
  server = await startServer(reply(404, '{}'));
});
afterEach(() => server.close());

const folder = shared('fixtures/github-api');
const read = <T>(path: string): T =>
  JSON.parse(readFileSync(join(folder ?? '', path), 'utf8')) as T;
const github = () => createGithub({ apiUrl: server.url, token: undefined, log: quiet });

/** Answers as it was recorded. */
function replay({ response }: Recording): void {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    if (/^retry-after$/i.test(name)) headers[name] = value.startsWith('{{') ? LATER : value;
    if (/^x-ratelimit-(limit|remaining)$/i.test(name)) headers[name] = value;
    if (/^x-ratelimit-reset$/i.test(name)) headers[name] = RESET;
  }
  const body = response.body === null ? '' : JSON.stringify(response.body);
  server.answer = reply(response.status, body, headers);
}

describe.skipIf(!folder)('recorded answers (../shared/fixtures/github-api)', () => {
  test('repositories become four totals and facts', async () => {
    const found = globSync('recorded/repo/*.json', { cwd: folder ?? '' }).map((path) =>
      read<Recording>(path),
    );
    const [octokit] = read<{ response: unknown }[]>(
      'octokit-fixtures/get-repository/normalized-fixture.json',
    );
    const bodies = [
      ...found.map(({ response }) => response.body),
      octokit?.response,
      read('dogsheep-responses/repo.json'),
    ] as Record<string, unknown>[];
    expect(bodies.length).toBeGreaterThan(7);
    for (const body of bodies) {
      replay({ response: { status: 200, body } });
      const [snapshot] = await github().fetch(subject, context);
      const rows = snapshot ? github().daily(snapshot) : [];
      expect(rows.map(({ values }) => values[0]?.value)).toEqual([
        body.stargazers_count,
        body.forks_count,
        body.open_issues_count,
        body.subscribers_count,
      ]);
      expect(readFacts(snapshot?.body ?? '').createdAt).toBe(body.created_at);
    }
  });

  test.each([
    ['status-401/*', Unauthorised],
    ['status-403/*{AbuseLimit,TokenRefresh}*', RateLimited],
    ['status-403/*{getPermission,TrafficStats}*', Unauthorised],
    ['status-404/*', NotFound],
    ['status-429/*', RateLimited],
    ['errors-documented/*', NotFound],
  ])('%s', async (pattern, kind) => {
    const paths = globSync(`${pattern}.json`, { cwd: folder ?? '' });
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      replay(read<Recording>(path));
      await expect(github().fetch(subject, context), path).rejects.toBeInstanceOf(kind);
    }
  });

  test('the public repositories of somebody, archived ones left out', async () => {
    const list = read<Recording>(
      'recorded/repo-lists/hub4j.AppTest.testSubscribers.5-u_b_repos.json',
    );
    replay(list);
    const repos = list.response.body as { full_name: string; archived: boolean }[];
    const group = { key: 'bitwiseman/*', name: 'bitwiseman/*', isGroup: true };
    const members = await github().members?.(group, context);
    expect(members?.map(({ name }) => name)).toEqual(
      repos.filter(({ archived }) => !archived).map((repo) => repo.full_name),
    );
    expect(members?.length).toBeGreaterThan(20);
  });

  test('the limit of a token', async () => {
    replay(read<Recording>('recorded/rate-limit/hub4j.AppTest.testRateLimit.1-rate_limit.json'));
    const lines = await github().checkup(context);
    expect(lines.map(({ detail }) => detail).join(' ')).toContain('4,944 of 5,000 are left');
  });
});

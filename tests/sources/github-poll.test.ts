import { afterEach, beforeEach, expect, test } from 'vitest';
import { listCollections } from '../../db/collections.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { setTracked, trackedSubjects } from '../../db/subjects.ts';
import { createPoller, type Poller } from '../../src/poll.ts';
import { createClient } from '../../src/sources/github/client.ts';
import { codeFrequency } from '../../src/sources/github/code-frequency.ts';
import { createGithub } from '../../src/sources/github.ts';
import type { Source } from '../../src/sources/source.ts';
import { fixture, NOW, quiet } from './cases.ts';
import { type Answer, reply, startServer, type TestServer } from './server.ts';

const DAY_MS = 86_400_000;
const REPOSITORY = '/repos/acme/rocket';
const notFound = reply(404, '{"message":"Not Found"}');

let server: TestServer;
let db: Db;
let source: Source;
let poller: Poller;
let now: number;
/** What GitHub answers, by path; a list that is not here is empty. */
let answers: Record<string, Answer>;

beforeEach(async () => {
  answers = {
    [REPOSITORY]: reply(200, fixture('github-repository.json')),
    [`${REPOSITORY}/stargazers/history`]: reply(200, fixture('github-history.json')),
    [`${REPOSITORY}/languages`]: reply(200, '{"Java":7}'),
    [`${REPOSITORY}/stats/code_frequency`]: reply(200, '[[1645315200,1,-1]]'),
  };
  server = await startServer((request, response) => {
    const path = new URL(request.url ?? '', server.url).pathname.toLowerCase();
    const isList = path.startsWith(`${REPOSITORY}/`);
    (answers[path] ?? (isList ? reply(200, '[]') : notFound))(request, response);
  });
  db = openDatabase(IN_MEMORY);
  source = createGithub({ apiUrl: server.url, token: 'ghp_1', log: quiet, retryDelayMs: 1 });
  now = NOW;
  poller = createPoller({ db, sources: [source], log: quiet, now: () => now });
  const { subject } = await poller.poll(source, { key: 'acme/rocket', name: 'Acme/Rocket' });
  setTracked(db, subject.id, new Date(NOW).toISOString());
});
afterEach(() => server.close());

const stateOf = (part: string) => listCollections(db, 'github').find((one) => one.part === part);
const stars = () =>
  db
    .prepare(
      `SELECT day, value FROM series_day JOIN series ON id = series_id
       WHERE metric = 'github.stars' AND day >= '2022-03-10' ORDER BY day`,
    )
    .raw()
    .all();

async function pollOn(day: number) {
  now = NOW + day * DAY_MS;
  server.requests.length = 0;
  return poller.pollSource('github');
}

test('a round reads the headline and every part', async () => {
  const outcomes = await pollOn(0);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['done']));
  expect(outcomes.map(({ part }) => part).toSorted()).toEqual(
    ['', ...source.parts.map(({ name }) => name)].toSorted(),
  );
  expect(db.prepare('SELECT languages FROM github_repository').pluck().all()).toEqual([
    '{"Java":7}',
  ]);
});

test('a renamed repository keeps its series and its rows', async () => {
  await pollOn(0);
  const [before] = trackedSubjects(db);
  const body = fixture('github-repository.json').replace('Acme/Rocket', 'Acme/Starship');
  answers = {
    [REPOSITORY]: reply(301, '{}', { location: `${server.url}/repositories/5000000001` }),
    '/repositories/5000000001': reply(200, body),
    '/repos/acme/starship': reply(200, body),
    '/repos/acme/starship/stats/code_frequency': reply(200, '[]'),
  };
  const [headline] = await pollOn(1);
  expect(headline).toMatchObject({ status: 'done', renamedTo: 'Acme/Starship' });
  const [after] = trackedSubjects(db);
  expect(after).toMatchObject({ id: before?.id, key: 'acme/starship', name: 'Acme/Starship' });
  expect(stars()).toEqual([
    ['2022-03-10', 12],
    ['2022-03-11', 12],
  ]);
  await pollOn(2);
  expect(server.requests[0]).toBe('GET /repos/acme/starship');
});

test.each([
  ['deleted', notFound],
  ['taken down', reply(451, '{"message":"Repository access blocked"}')],
  ['blocked', reply(403, '{"message":"Repository access blocked"}')],
  ['private', reply(200, fixture('github-repository.json').replace('false', 'true'))],
])('one that is %s now is asked for no more than that, and its data stays', async (_n, answer) => {
  await pollOn(0);
  answers[REPOSITORY] = answer;
  const outcomes = (await pollOn(1)).filter(({ subject }) => subject);
  expect(outcomes).toMatchObject([{ status: 'failed', part: '' }]);
  expect(outcomes[0]?.error).toContain('knows no “Acme/Rocket”');
  expect(server.requests).toEqual([`GET ${REPOSITORY}`]);
  expect(stars()).toEqual([['2022-03-10', 12]]);
});

test('one part that GitHub refuses leaves the others alone', async () => {
  answers[`${REPOSITORY}/languages`] = reply(403, '{"message":"Must have push access"}');
  const outcomes = await pollOn(0);
  expect(outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
    { part: 'languages', status: 'failed' },
  ]);
});

test('what GitHub has yet to compute is asked for later, is no failure, and holds up nothing', async () => {
  const route = `${REPOSITORY}/stats/code_frequency`;
  answers[route] = reply(202, '{}');
  const client = createClient({ apiUrl: server.url, token: 'ghp_1', log: quiet, retryDelayMs: 1 });
  const others = source.parts.filter(({ name }) => name !== 'code-frequency');
  const impatient = { ...source, parts: [codeFrequency(client, [1]), ...others] };
  poller = createPoller({ db, sources: [impatient], log: quiet, now: () => now });
  const outcomes = await pollOn(0);
  expect(outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
    { part: 'code-frequency', status: 'limited' },
  ]);
  expect(stateOf('code-frequency')).toMatchObject({ failures: 0, doneAt: null });
  answers[route] = reply(200, '[[1645315200,1,-1]]');
  now += 3_600_000;
  const [resumed] = await poller.resume('github');
  expect(resumed).toMatchObject({ part: 'code-frequency', status: 'done', rows: 1 });
});

test('an empty repository has notes instead of failures', async () => {
  answers[`${REPOSITORY}/stats/code_frequency`] = reply(409, '{"message":"Repository is empty."}');
  answers[`${REPOSITORY}/languages`] = reply(200, '{}');
  const outcomes = await pollOn(0);
  expect(outcomes.find(({ part }) => part === 'code-frequency')).toMatchObject({
    status: 'done',
    note: 'The repository is empty: no lines have changed yet.',
  });
});

test('a stranger to GitHub gets what few requests bring, and is told of the rest', () => {
  const { parts } = createGithub({
    apiUrl: server.url,
    token: undefined,
    log: quiet,
    retryDelayMs: 1,
  });
  const on = parts.filter(({ off }) => off === undefined).map(({ name }) => name);
  expect(on).toEqual(['star-history', 'languages', 'releases']);
  for (const { name, off } of parts) {
    if (!on.includes(name)) expect(off, name).toMatch(/^Set GITHUB_TOKEN to .*\.$/);
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { createClient } from '../../src/sources/github/client.ts';
import { commits } from '../../src/sources/github/commits.ts';
import { follows } from '../../src/sources/github/follows.ts';
import { readIssues, readPulls } from '../../src/sources/github/issue.ts';
import { issues } from '../../src/sources/github/issues.ts';
import { people } from '../../src/sources/github/people.ts';
import { stargazers } from '../../src/sources/github/stargazers.ts';
import { shared } from '../shared.ts';
import { NOW, quiet } from './cases.ts';
import { collect } from './collect.ts';
import { type Answer, reply, startServer } from './server.ts';

const folder = shared('fixtures/github-api');
const read = (path: string) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));
const files = (list: string) =>
  folder ? readdirSync(`${folder}/recorded/${list}`).map((file) => `recorded/${list}/${file}`) : [];

/** The recorded answers whose request path ends like that, as rows of a table. */
function recorded(list: string, path: RegExp): [string, unknown][] {
  return files(list)
    .map((file): [string, { request: { path: string }; response: { body: unknown } }] => [
      file,
      read(file),
    ])
    .filter(([, { request }]) => path.test(request.path))
    .map(([file, { response }]) => [basename(file), response.body]);
}

const lists = recorded('issues', /\/issues(\?.*)?$/);
test.skipIf(!folder).each(lists)('issues: %s (../shared)', (_file, body) => {
  const read = readIssues(body);
  expect(read.issues).toHaveLength((body as unknown[]).length);
  expect(read.people.length).toBeGreaterThan(0);
  for (const { updatedAt, createdAt } of read.issues) expect(updatedAt >= createdAt).toBe(true);
});

const pulls = [
  ...recorded('pulls', /\/pulls$/),
  ...recorded('pulls', /\/pulls\/\d+$/).map(([file, body]): [string, unknown] => [file, [body]]),
];
test.skipIf(!folder).each(pulls)('pull requests: %s (../shared)', (_file, body) => {
  const items = [body].flat();
  expect(readPulls(items).issues.map(({ number }) => number)).toEqual(
    items.map((item) => (item as { number: number }).number),
  );
});

const always = (body: unknown) => reply(200, JSON.stringify(body));

/** Reads what a local server answers. */
async function readOne(part: typeof commits, answer: Answer, login?: string) {
  const server = await startServer(answer);
  const db = openDatabase(IN_MEMORY);
  const subject = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket');
  if (login) {
    db.prepare("INSERT INTO github_person (login, type, following) VALUES (?, 'User', 1)").run(
      login,
    );
  }
  const client = createClient({ apiUrl: server.url, token: 'secret', log: quiet });
  const collected = await collect(db, 'github', part(client), [subject], { now: NOW });
  await server.close();
  return { db, ...collected };
}

test.skipIf(!folder)('octokit’s issues, in pages as GitHub links them (../shared)', async () => {
  const pages: { headers: { link: string }; response: unknown }[] = read(
    'octokit-fixtures/paginate-issues/normalized-fixture.json',
  );
  const { db, rows, requests } = await readOne(issues, (request, response) => {
    const query = new URL(request.url ?? '', 'http://github.test').searchParams;
    const page = pages[Number(query.get('page') ?? 1) - 1];
    const isUpdate = query.has('since');
    const body = JSON.stringify(isUpdate ? [] : page?.response);
    reply(200, body, isUpdate ? {} : { link: page?.headers.link ?? '' })(request, response);
  });
  expect({ rows, requests }).toEqual({ rows: 13, requests: pages.length + 1 });
  const numbers = db.prepare('SELECT number FROM github_issue').pluck().all();
  expect(numbers).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
});

test.skipIf(!folder)('dogsheep’s issue, stargazers and user (../shared)', async () => {
  const issue = read('dogsheep-responses/issues.json');
  expect(readIssues([issue].flat()).issues).toHaveLength([issue].flat().length);
  const body: unknown[] = read('dogsheep-responses/stargazers.json');
  expect((await readOne(stargazers, always(body))).rows).toBe(body.length);
  const user = read('dogsheep-responses/user.json');
  const { db } = await readOne(people, always(user), user.login);
  const name = db.prepare('SELECT name FROM github_person').pluck().get();
  expect(name).toBe(user.name);
});

test.skipIf(!folder)('recorded commits, in a list and alone (../shared)', async () => {
  const bodies = [
    ...recorded('commits', /\/commits$/).map(([, body]) => body),
    ...recorded('commits', /\/commits\/[0-9a-f]{40}$/).map(([, body]) => [body]),
  ];
  expect(bodies.length).toBeGreaterThan(4);
  for (const body of bodies) {
    const { db, rows } = await readOne(commits, always(body));
    expect(rows).toBe((body as unknown[]).length);
    expect(db.prepare('SELECT min(committed_at) FROM github_commit').pluck().get()).toMatch(
      /^20\d\d-.*Z$/,
    );
  }
});

test.skipIf(!folder)('recorded users and whom they follow (../shared)', async () => {
  const users = recorded('user', /^\/user/);
  expect(users.length).toBeGreaterThan(3);
  for (const [, body] of users) {
    const { login } = body as { login: string };
    const { db } = await readOne(people, always(body), login);
    expect(db.prepare('SELECT followers FROM github_person').pluck().get()).not.toBeNull();
  }
  for (const [, body] of recorded('followers', /\/following$/)) {
    const [first] = body as { login: string }[];
    const { db } = await readOne(follows, always(body), first?.login);
    expect(db.prepare('SELECT followed FROM github_follow').pluck().all()).toEqual([first?.login]);
  }
});

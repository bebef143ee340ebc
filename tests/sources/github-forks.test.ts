import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectionOf } from '../../db/collections.ts';
import { Malformed, NotFound, RateLimited } from '../../src/errors.ts';
import { createClient } from '../../src/sources/github/client.ts';
import { forks } from '../../src/sources/github/forks.ts';
import { shared } from '../shared.ts';
import { quiet } from './cases.ts';
import { inPages, type Lab, startLab } from './github-lab.ts';
import { type Answer, reply } from './server.ts';

interface Fork {
  readonly id: number;
  readonly created_at: string;
}

let lab: Lab;
/** What GitHub has, newest first. */
let existing: Fork[];
beforeEach(async () => {
  lab = await startLab();
  existing = [];
  lab.server.answer = inPages(lab, 2, () => existing);
});
afterEach(() => lab.server.close());

const read = (context = {}) => lab.read(forks(lab.client), context);
const ids = () => lab.all('SELECT id FROM github_fork ORDER BY id').flat();
const cursor = () =>
  collectionOf(lab.db, { source: 'github', subjectId: lab.subject.id, part: 'forks' })?.cursor;

/** Made on the day of the month that is its number. */
function fork(day: number, owner = `person-${day}`): Fork {
  const created_at = `2022-02-${String(day).padStart(2, '0')}T12:00:00Z`;
  const found = { id: day, full_name: `${owner}/rocket`, owner: { login: owner }, created_at };
  return found;
}

const newestFirst = (...days: number[]) => days.map((day) => fork(day));

/** Answers as GitHub does until `count` pages were read, then wants us to wait. */
function onlyPages(count: number): Answer {
  const answer = inPages(lab, 2, () => existing);
  const before = lab.server.requests.length;
  return (request, response) =>
    (lab.server.requests.length - before <= count
      ? answer
      : reply(429, '{}', { 'retry-after': '60' }))(request, response);
}

test('all are read once, then only what is new, with an overlap', async () => {
  existing = newestFirst(5, 4, 3, 2, 1);
  expect(await read()).toMatchObject({ rows: 5, requests: 3, batches: 3 });
  existing = newestFirst(8, 7, 6, 5, 4, 3, 2, 1);
  expect(await read()).toMatchObject({ rows: 3, requests: 3 });
  expect(ids()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await read()).toMatchObject({ rows: 0, requests: 1 });
});

test('newest first is what is asked for, a hundred at a time', async () => {
  await read();
  expect(lab.server.requests).toEqual([
    'GET /repos/acme/rocket/forks?sort=newest&per_page=100&page=1',
  ]);
});

test('a first load goes on where it was cut off, though the list has moved', async () => {
  existing = newestFirst(9, 8, 7, 6, 5, 4, 3, 2, 1);
  lab.server.answer = onlyPages(2);
  await expect(read()).rejects.toBeInstanceOf(RateLimited);
  expect(ids()).toEqual([6, 7, 8, 9]);
  // One was deleted, so that the fifth has moved up to a page that was read.
  existing = newestFirst(9, 8, 6, 5, 4, 3, 2, 1);
  lab.server.answer = inPages(lab, 2, () => existing);
  const later = { now: Date.parse('2022-03-10T10:30:00Z') };
  lab.server.requests.length = 0;
  await lab.read(forks(freshClient()), later);
  expect(ids()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(lab.server.requests[0]).toContain('page=2');
});

test('new ones that came while it was cut off are not skipped', async () => {
  existing = newestFirst(2, 1);
  await read();
  existing = newestFirst(9, 8, 7, 6, 5, 4, 3, 2, 1);
  lab.server.answer = onlyPages(1);
  await expect(read()).rejects.toBeInstanceOf(RateLimited);
  expect(ids()).toEqual([1, 2, 8, 9]);
  lab.server.answer = inPages(lab, 2, () => existing);
  await lab.read(forks(freshClient()));
  expect(ids()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(cursor()).toBe('');
});

/** As after a restart: nothing is remembered of what GitHub said before. */
function freshClient() {
  return createClient({ apiUrl: lab.server.url, token: 'ghp_1', log: quiet });
}

test('since a day, everything is read again', async () => {
  existing = newestFirst(5, 4, 3, 2, 1);
  await read();
  existing = [fork(5), fork(4, 'renamed'), ...newestFirst(3, 2, 1)];
  expect(await read({ since: '2022-02-04' })).toMatchObject({ rows: 1, requests: 2 });
  expect(lab.all('SELECT owner FROM github_fork WHERE id = 4')).toEqual([['renamed']]);
});

test('more than GitHub lists: what it does list is kept, and the rest is said to be missing', async () => {
  existing = newestFirst(3, 2, 1);
  const answer = inPages(lab, 2, () => existing);
  const tooDeep = '{"message":"In order to keep the API fast for everyone, pagination is limited"}';
  lab.server.answer = (request, response) =>
    (request.url?.endsWith('page=2') ? reply(422, tooDeep) : answer)(request, response);
  expect(await read()).toMatchObject({
    rows: 2,
    note: 'There are more forks than GitHub lists: the oldest ones are missing.',
  });
});

test('a repository that is gone, and an answer that is something else', async () => {
  lab.server.answer = reply(404, '{"message":"Not Found"}');
  await expect(read()).rejects.toBeInstanceOf(NotFound);
  lab.server.answer = reply(200, '[{"id":1}]');
  await expect(read()).rejects.toBeInstanceOf(Malformed);
});

test('without a token it is off', () => {
  const stranger = createClient({ apiUrl: lab.server.url, token: undefined, log: quiet });
  expect(forks(stranger).off).toMatch(/^Set GITHUB_TOKEN to collect who forked it/);
});

const payloads = shared('fixtures/github-api/webhook-payloads/fork');
describe.skipIf(!payloads)('real forks (../shared/fixtures/github-api/webhook-payloads)', () => {
  test('a fork of an event is read as one of a list is', async () => {
    const text = readFileSync(join(payloads ?? '', 'with-installation.payload.json'), 'utf8');
    const { forkee } = JSON.parse(text) as { forkee: Fork };
    lab.server.answer = reply(200, JSON.stringify([forkee]));
    expect(await read()).toMatchObject({ rows: 1 });
    expect(ids()).toEqual([forkee.id]);
  });
});

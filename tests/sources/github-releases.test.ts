import { globSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retireSubject } from '../../db/renaming.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { Malformed, RateLimited } from '../../src/errors.ts';
import { releases } from '../../src/sources/github/releases.ts';
import { shared } from '../shared.ts';
import { NOW } from './cases.ts';
import { collect } from './collect.ts';
import { inPages, type Lab, startLab } from './github-lab.ts';
import { reply } from './server.ts';

let lab: Lab;
/** What GitHub has, newest first. */
let existing: object[];
beforeEach(async () => {
  lab = await startLab();
  existing = [];
  lab.server.answer = inPages(lab, 2, () => existing);
});
afterEach(() => lab.server.close());

const read = (now = NOW) => lab.read(releases(lab.client), { now });
const tags = () => lab.all('SELECT tag FROM github_release ORDER BY id').flat();
const totals = () =>
  lab.all(
    `SELECT day, value, origin, complete_through FROM series_day
     JOIN series ON id = series_id AND metric = 'github.release_downloads' ORDER BY day`,
  );

/** A release whose files were loaded so often. */
function release(id: number, downloads: readonly number[], more: object = {}): object {
  return {
    id,
    tag_name: `v${id}`,
    name: `Version ${id}`,
    author: { login: 'maintainer' },
    draft: false,
    prerelease: false,
    created_at: '2022-02-01T10:00:00Z',
    published_at: '2022-02-01T12:00:00Z',
    assets: downloads.map((download_count, index) => ({
      id: id * 100 + index,
      name: `rocket-${id}-${index}.tar.gz`,
      size: 4096,
      download_count,
    })),
    ...more,
  };
}

test('all pages become releases, files and one total for the day', async () => {
  existing = [release(3, [1, 2]), release(2, []), release(1, [4_000_000_000])];
  expect(await read()).toMatchObject({ requests: 2, batches: 1, rows: 7 });
  expect(
    lab.all(
      `SELECT tag, name, author, is_prerelease, published_at FROM github_release WHERE id = 3`,
    ),
  ).toEqual([['v3', 'Version 3', 'maintainer', 0, '2022-02-01T12:00:00Z']]);
  expect(
    lab.all('SELECT release_id, id, name, size_bytes, downloads FROM github_release_asset'),
  ).toEqual([
    [1, 100, 'rocket-1-0.tar.gz', 4096, 4_000_000_000],
    [3, 300, 'rocket-3-0.tar.gz', 4096, 1],
    [3, 301, 'rocket-3-1.tar.gz', 4096, 2],
  ]);
  expect(totals()).toEqual([['2022-03-10', 4_000_000_003, 'poll', '2022-03-09']]);
});

test('once more changes nothing; a day later, the growth and the deletions are there', async () => {
  existing = [release(2, [5, 7]), release(1, [10])];
  await read();
  expect(await read()).toMatchObject({ rows: 0 });
  existing = [release(3, [1]), release(2, [6], { name: null, author: null })];
  await read(NOW + 86_400_000);
  expect(tags()).toEqual(['v2', 'v3']);
  expect(lab.all('SELECT name, author FROM github_release WHERE id = 2')).toEqual([[null, null]]);
  expect(lab.all('SELECT id FROM github_release_asset').flat()).toEqual([200, 300]);
  expect(totals()).toEqual([
    ['2022-03-10', 22, 'poll', '2022-03-10'],
    ['2022-03-11', 7, 'poll', '2022-03-10'],
  ]);
});

test('what is still the same is free, and has its total for the day all the same', async () => {
  existing = [release(2, [5]), release(1, [10])];
  const answer = inPages(lab, 2, () => existing);
  const validate = (request: IncomingMessage, response: ServerResponse) => {
    const etag = `"${existing.length}"`;
    response.setHeader('etag', etag);
    const isSame = request.headers['if-none-match'] === etag;
    (isSame ? reply(304, '', { etag }) : answer)(request, response);
  };
  lab.server.answer = validate;
  await read();
  expect(await read(NOW + 86_400_000)).toMatchObject({ rows: 1, requests: 1 });
  expect(totals()).toMatchObject([
    ['2022-03-10', 15, 'poll', '2022-03-10'],
    ['2022-03-11', 15, 'poll', '2022-03-10'],
  ]);
  existing = [release(3, [1]), ...existing];
  expect(await read(NOW + 2 * 86_400_000)).toMatchObject({ requests: 2 });
  // Of several pages, the first one says nothing about the others.
  existing = [release(3, [1]), release(2, [5]), release(1, [11])];
  expect(await read(NOW + 3 * 86_400_000)).toMatchObject({ requests: 2, rows: 2 });
});

test('what was answered about another repository of that name is not taken as known', async () => {
  existing = [release(1, [10])];
  const answer = inPages(lab, 2, () => existing);
  const etag = '"the same"';
  lab.server.answer = (request, response) => {
    response.setHeader('etag', etag);
    const isSame = request.headers['if-none-match'] === etag;
    (isSame ? reply(304, '', { etag }) : answer)(request, response);
  };
  await read();
  retireSubject(lab.db, lab.subject);
  const other = ensureSubject(lab.db, 'github', lab.subject.key, lab.subject.name);
  await collect(lab.db, 'github', releases(lab.client), [other]);
  expect(lab.all(`SELECT tag FROM github_release WHERE subject_id = ${other.id}`)).toEqual([
    ['v1'],
  ]);
});

test('drafts are nobody’s business, and pre-releases are told apart', async () => {
  existing = [
    release(2, [9], { draft: true, published_at: null }),
    release(1, [1], { prerelease: true }),
  ];
  await read();
  expect(lab.all('SELECT tag, is_prerelease FROM github_release')).toEqual([['v1', 1]]);
  expect(totals()).toMatchObject([['2022-03-10', 1, 'poll', '2022-03-09']]);
});

test('a release that moves to the next page while pages are read counts once', async () => {
  existing = [release(2, [2]), release(1, [1])];
  const answer = inPages(lab, 1, () => existing);
  lab.server.answer = (request, response) => {
    answer(request, response);
    if (existing.length === 2) existing = [release(3, [3]), ...existing];
  };
  await read();
  expect(totals()).toMatchObject([['2022-03-10', 3, 'poll', '2022-03-09']]);
});

test('without a file there is no total, and without a release nothing', async () => {
  expect(await read()).toMatchObject({ rows: 0, requests: 1 });
  existing = [release(1, [])];
  expect(await read()).toMatchObject({ rows: 1 });
  expect(totals()).toEqual([]);
});

test.each([
  ['a limit', reply(429, '{}', { 'retry-after': '600' }), RateLimited],
  ['another shape', reply(200, '[{"id":7}]'), Malformed],
])('%s on a later page leaves all as it was', async (_name, answer, kind) => {
  existing = [release(3, [3]), release(2, [2]), release(1, [1])];
  await read();
  existing = [release(4, [4]), ...existing];
  const pages = inPages(lab, 2, () => existing);
  lab.server.answer = (request, response) =>
    (request.url?.endsWith('page=2') ? answer : pages)(request, response);
  await expect(read(NOW + 86_400_000)).rejects.toBeInstanceOf(kind);
  expect(tags()).toEqual(['v1', 'v2', 'v3']);
  expect(totals()).toHaveLength(1);
});

const recorded = shared('fixtures/github-api');
describe.skipIf(!recorded)('real releases (../shared/fixtures/github-api)', () => {
  const json = (path: string) => JSON.parse(readFileSync(join(recorded ?? '', path), 'utf8'));

  test('a recorded one with a file', async () => {
    const [{ response }] = json('octokit-fixtures/release-assets/normalized-fixture.json');
    existing = [response];
    await read();
    expect(tags()).toEqual(['v1.0.0']);
  });

  test.each(['recorded/releases/*.json', 'webhook-payloads/release/{created,edited}*.json'])(
    '%s',
    async (pattern) => {
      const paths = globSync(pattern, { cwd: recorded ?? '' });
      const found = paths.map((path) => json(path).release ?? json(path).response.body);
      existing = found;
      await read();
      const ids = new Set(found.filter(({ draft }) => !draft).map(({ id }) => id));
      expect(ids.size).toBeGreaterThan(0);
      expect(tags()).toHaveLength(ids.size);
    },
  );
});

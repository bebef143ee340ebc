import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveRepository } from '../../db/github-repositories.ts';
import { Malformed, NotFound, NotReady, Unavailable } from '../../src/errors.ts';
import { createClient } from '../../src/sources/github/client.ts';
import { codeFrequency } from '../../src/sources/github/code-frequency.ts';
import { readFacts } from '../../src/sources/github/facts.ts';
import { languages } from '../../src/sources/github/languages.ts';
import { shared } from '../shared.ts';
import { fixture, NOW, quiet } from './cases.ts';
import { type Lab, startLab } from './github-lab.ts';
import { reply } from './server.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await startLab();
  const seenAt = new Date(NOW).toISOString();
  saveRepository(lab.db, lab.subject.id, readFacts(fixture('github-repository.json')), seenAt);
});
afterEach(() => lab.server.close());

describe('languages', () => {
  const read = () => lab.read(languages(lab.client));
  const known = () => lab.all('SELECT languages FROM github_repository').flat();

  test('are kept in bytes, and what is still the same is free', async () => {
    let etag = '"1"';
    lab.server.answer = (request, response) => {
      const isSame = request.headers['if-none-match'] === etag;
      const body = etag === '"1"' ? '{"Java":812,"Python":55}' : '{"Java":900}';
      reply(isSame ? 304 : 200, isSame ? '' : body, { etag })(request, response);
    };
    expect(await read()).toMatchObject({ rows: 1, requests: 1 });
    expect(known()).toEqual(['{"Java":812,"Python":55}']);
    expect(await read()).toMatchObject({ rows: 0, batches: 0, requests: 1 });
    etag = '"2"';
    expect(await read()).toMatchObject({ rows: 1 });
    expect(known()).toEqual(['{"Java":900}']);
  });

  test('an empty repository has none, and another shape is refused', async () => {
    lab.server.answer = reply(200, '{}');
    expect(await read()).toMatchObject({ rows: 0 });
    lab.server.answer = reply(200, '{"Java":"much"}');
    await expect(read()).rejects.toBeInstanceOf(Malformed);
    expect(known()).toEqual(['{}']);
  });

  test('are asked for less often without a token', () => {
    const stranger = createClient({ apiUrl: lab.server.url, token: undefined, log: quiet });
    expect(languages(stranger).everyHours).toBe(168);
    expect(languages(lab.client).everyHours).toBe(24);
  });
});

describe('lines changed a week', () => {
  const read = () => lab.read(codeFrequency(lab.client, [1, 1]));
  const weeks = () =>
    lab.all('SELECT week, additions, deletions FROM github_code_week ORDER BY week');

  test('become weeks, and the current one grows', async () => {
    lab.server.answer = reply(200, '[[1645315200,120,-30],[1645920000,0,0]]');
    expect(await read()).toMatchObject({ rows: 2, requests: 1, note: undefined });
    lab.server.answer = reply(200, '[[1645315200,120,-30],[1645920000,7,-2]]');
    expect(await read()).toMatchObject({ rows: 1 });
    expect(weeks()).toEqual([
      ['2022-02-20', 120, 30],
      ['2022-02-27', 7, 2],
    ]);
  });

  test('are asked for again while GitHub computes them', async () => {
    lab.server.answer = (request, response) =>
      (lab.server.requests.length < 3 ? reply(202, '{}') : reply(200, '[[1645315200,1,-1]]'))(
        request,
        response,
      );
    expect(await read()).toMatchObject({ rows: 1, requests: 3 });
  });

  test('that take longer are no failure: later, and nobody else waits', async () => {
    lab.server.answer = reply(202, '{}');
    const error = await read().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotReady);
    expect(error).toHaveProperty('until', NOW + 300_000);
    expect(lab.server.requests).toHaveLength(3);
    lab.server.answer = reply(200, '[[1645315200,1,-1]]');
    expect(await read()).toMatchObject({ rows: 1 });
  });

  const EMPTY = 'The repository is empty: no lines have changed yet.';
  test.each([
    ['an empty repository', reply(409, '{"message":"Git Repository is empty."}'), EMPTY],
    ['no body', reply(204, ''), EMPTY],
    ['no week', reply(200, '[]'), EMPTY],
    [
      'too many commits',
      reply(422, '{"message":"This endpoint is limited to repositories with fewer commits"}'),
      'GitHub counts changed lines only in repositories of fewer than 10,000 commits.',
    ],
  ])('%s has a note', async (_name, answer, note) => {
    lab.server.answer = answer;
    expect(await read()).toMatchObject({ rows: 0, note });
  });

  test.each([
    ['a repository that is gone', reply(404, '{"message":"Not Found"}'), NotFound],
    ['another shape', reply(200, '[["2022-02-20",1,1]]'), Malformed],
    ['a page', reply(200, '<html></html>', { 'content-type': 'text/html' }), Unavailable],
  ])('%s is an error', async (_name, answer, kind) => {
    lab.server.answer = answer;
    await expect(read()).rejects.toBeInstanceOf(kind);
    expect(weeks()).toEqual([]);
  });

  test('who stops does not wait for them', async () => {
    lab.server.answer = reply(202, '{}');
    const part = codeFrequency(lab.client, [60_000]);
    const stop = new AbortController();
    const reading = lab.read(part, { signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(reading).rejects.toBeInstanceOf(Unavailable);
  });

  const path =
    'recorded/contributors/hub4j.GHRepositoryStatisticsTest.testCodeFrequency.4-r_h_g_stats_code_frequency.json';
  const recorded = shared(join('fixtures/github-api', path));
  test.skipIf(!recorded)('recorded weeks (../shared/fixtures/github-api)', async () => {
    const { response } = JSON.parse(readFileSync(recorded ?? '', 'utf8'));
    lab.server.answer = reply(response.status, JSON.stringify(response.body));
    expect(await read()).toMatchObject({ rows: response.body.length });
    const [first] = weeks();
    const [start, additions, deletions] = response.body[0];
    expect(first).toEqual([
      new Date(start * 1000).toISOString().slice(0, 10),
      additions,
      -deletions,
    ]);
  });
});

import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { advisoriesOf, affectedOf, orderVersions } from '../../db/advisories.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject, type Subject } from '../../db/subjects.ts';
import { Malformed, RateLimited, Unavailable } from '../../src/errors.ts';
import { createAdvisories } from '../../src/sources/pypi/advisories.ts';
import { advisoryFor, osvRecord, rangesOf } from '../../src/sources/pypi/osv.ts';
import { collect } from './collect.ts';
import { page, reply, startServer, type TestServer } from './server.ts';

/** What the server has: records by id, and what is listed for each package, in pages of two. */
let records: Record<string, object>;
let listed: Record<string, readonly (readonly [id: string, modified: string])[]>;
let server: TestServer;
let db: Db;
let rocket: Subject;
let anvil: Subject;

interface Query {
  readonly package: { readonly name: string; readonly ecosystem: string };
  readonly page_token?: string;
}

beforeEach(async () => {
  [records, listed] = [{}, {}];
  server = await startServer(async (request, response) => {
    if (request.url === '/v1/querybatch') {
      const { queries } = JSON.parse(await bodyOf(request));
      return reply(200, JSON.stringify({ results: queries.map(pageFor) }))(request, response);
    }
    const told = records[request.url?.replace('/v1/vulns/', '') ?? ''];
    reply(told ? 200 : 404, JSON.stringify(told ?? { code: 5 }))(request, response);
  });
  db = openDatabase(IN_MEMORY);
  rocket = ensureSubject(db, 'pypi', 'acme-rocket', 'Acme.Rocket');
  anvil = ensureSubject(db, 'pypi', 'anvil', 'anvil');
});
afterEach(() => server.close());

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}

function pageFor({ package: { name, ecosystem }, page_token = '0' }: Query): object {
  const all = (ecosystem === 'PyPI' && listed[name]) || [];
  const from = Number(page_token);
  const vulns = all.slice(from, from + 2).map(([id, modified]) => ({ id, modified }));
  const more = from + 2 < all.length ? { next_page_token: `${from + 2}` } : {};
  return vulns.length > 0 ? { vulns, ...more } : {};
}

/** A record about acme-rocket as OSV holds it, listed for that package. */
function publish(id: string, more: object = {}, modified = '2024-05-02T10:00:00Z'): void {
  records[id] = {
    id,
    modified,
    published: '2024-05-01T00:00:00Z',
    affected: [affected('0', '1.2')],
    ...more,
  };
  const others = (listed['acme-rocket'] ?? []).filter(([other]) => other !== id);
  listed['acme-rocket'] = [...others, [id, modified]];
}

function affected(introduced: string, fixed: string, name = 'Acme.Rocket') {
  const events = [{ fixed }, { introduced }];
  return { package: { ecosystem: 'PyPI', name }, ranges: [{ type: 'ECOSYSTEM', events }] };
}

const read = () =>
  collect(db, 'pypi', createAdvisories({ apiUrl: server.url, timeoutMs: 5000 }), [rocket, anvil]);
const ids = (subject: Subject) => advisoriesOf(db, subject.id).map(({ id }) => id);

test('every page of every package is read, and each advisory once', async () => {
  for (const id of ['GHSA-1', 'GHSA-2', 'GHSA-3', 'PYSEC-4', 'PYSEC-5']) publish(id);
  records['GHSA-1'] = {
    ...records['GHSA-1'],
    affected: [affected('0', '1.2'), affected('2', '2.5', 'anvil')],
  };
  listed.anvil = [['GHSA-1', '2024-05-02T10:00:00Z']];
  expect(await read()).toMatchObject({ rows: 6, requests: 3 + 5 });
  expect(ids(rocket)).toEqual(['GHSA-1', 'GHSA-2', 'GHSA-3', 'PYSEC-4', 'PYSEC-5']);
  expect(advisoriesOf(db, rocket.id)[0]?.ranges).toEqual([{ introduced: '0', fixed: '1.2' }]);
  expect(advisoriesOf(db, anvil.id)[0]?.ranges).toEqual([{ introduced: '2', fixed: '2.5' }]);
});

test('only what has changed is asked for again', async () => {
  publish('GHSA-1');
  publish('GHSA-2');
  await read();
  expect(await read()).toMatchObject({ rows: 0, requests: 1 });

  publish('GHSA-2', { summary: 'Worse than thought' }, '2024-07-01T00:00:00.123456Z');
  expect(await read()).toMatchObject({ rows: 1, requests: 2 });
  expect(advisoriesOf(db, rocket.id)[1]?.summary).toBe('Worse than thought');
  expect(await read()).toMatchObject({ rows: 0, requests: 1 });
});

test('what is withdrawn, gone or about others does not count', async () => {
  publish('GHSA-1');
  publish('GHSA-2');
  publish('GHSA-3');
  publish('GHSA-4', { affected: [affected('0', '1', 'another')] });
  await read();
  expect(ids(rocket)).toEqual(['GHSA-1', 'GHSA-2', 'GHSA-3']);

  publish('GHSA-1', { withdrawn: '2024-06-01T00:00:00Z' }, '2024-06-01T00:00:00Z');
  listed['acme-rocket'] = listed['acme-rocket']?.filter(([id]) => id !== 'GHSA-2') ?? [];
  publish('GHSA-3', {}, '2024-06-01T00:00:00Z');
  delete records['GHSA-3'];
  await read();
  expect(ids(rocket)).toEqual([]);
});

describe('what breaks off leaves the old advisories in place', () => {
  test.each([
    ['a limit', reply(429, '{}', { 'retry-after': '90' }), RateLimited],
    ['a page', page(200), Unavailable],
    ['another shape', reply(200, '{"results":"none"}'), Malformed],
    ['fewer answers than questions', reply(200, '{"results":[{}]}'), Malformed],
    [
      'a page that is followed by itself',
      reply(200, '{"results":[{"next_page_token":"1"}]}'),
      Malformed,
    ],
  ])('%s', async (_name, answer, kind) => {
    publish('GHSA-1');
    await read();
    server.answer = answer;
    await expect(read()).rejects.toBeInstanceOf(kind);
    expect(ids(rocket)).toEqual(['GHSA-1']);
  });

  test('what was read before a failure is kept, and not read again', async () => {
    for (let number = 10; number < 40; number += 1) publish(`GHSA-${number}`);
    const { answer } = server;
    server.answer = (request, response) =>
      (request.url === '/v1/vulns/GHSA-38' ? page(503) : answer)(request, response);
    await expect(read()).rejects.toBeInstanceOf(Unavailable);
    expect(ids(rocket)).toHaveLength(25);
    server.answer = answer;
    expect(await read()).toMatchObject({ rows: 5, requests: 15 + 5 });
    expect(ids(rocket)).toHaveLength(30);
  });
});

describe('a record', () => {
  const told = (more: object) =>
    advisoryFor(
      'acme-rocket',
      osvRecord.parse({ id: 'GHSA-1', modified: '2024-05-02T10:00:00Z', ...more }),
    );

  test('of several blocks and ranges: those of the package, without commits', () => {
    const package_ = { ecosystem: 'PyPI', name: 'acme_rocket' };
    const advisory = told({
      affected: [
        {
          package: package_,
          ranges: [
            { type: 'GIT', events: [{ introduced: '0' }, { fixed: 'deadbeef' }] },
            { type: 'SEMVER', events: [{ introduced: '1.0.0-alpha.1' }, { fixed: '1.1.0' }] },
            {
              type: 'ECOSYSTEM',
              events: [
                { introduced: '3' },
                { last_affected: '3.4' },
                { introduced: '2' },
                { fixed: '2.5' },
              ],
            },
          ],
        },
        { package: package_, versions: ['0.1', '0.2'] },
        { package: { ecosystem: 'npm', name: 'acme-rocket' }, versions: ['9'] },
        { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] },
      ],
    });
    expect(advisory?.ranges).toEqual([
      { introduced: '1.0.0-alpha.1', fixed: '1.1.0' },
      { introduced: '2', fixed: '2.5' },
      { introduced: '3', lastAffected: '3.4' },
      { versions: ['0.1', '0.2'] },
    ]);
  });

  test('has a line of words, and a severity where it is given', () => {
    const affected_ = { affected: [affected('0', '1')] };
    expect(told({ ...affected_, details: 'First line.\nSecond.' })?.summary).toBe('First line.');
    expect(told({ ...affected_, database_specific: { severity: 'MODERATE' } })?.severity).toBe(
      'moderate',
    );
    expect(told({ ...affected_, database_specific: { severity: 7 } })?.severity).toBeNull();
    expect(told(affected_)).toMatchObject({ summary: '', publishedAt: '2024-05-02T10:00:00Z' });
  });

  test('with a bound that has no order: the range is left out, the list stands', () => {
    const events = [{ introduced: '0' }, { fixed: '1.0-final-really' }];
    expect(rangesOf(events)).toEqual([]);
  });
});

test('ranges agree with walking from the oldest version to the newest', () => {
  // By hand in the order of PEP 440.
  const ladder =
    '0.dev1 0 0.1a1 0.1a2.dev3 0.1a2 0.1rc1 0.1 0.1.post1 0.9 0.10 1.0.dev1 1.0 1.0+local 1.0.1 2 1!0.1'.split(
      ' ',
    );
  const kinds = ['introduced', 'fixed', 'last_affected'] as const;
  const turns = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...ladder)), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(turns, (events) => {
      const ranges = rangesOf(events.map(([kind, version]) => ({ [kind]: version })));
      const affected = affectedOf({ ranges }, orderVersions(ladder.toReversed()));
      let isAffected = events.some(([kind, v]) => kind === 'introduced' && v === '0');
      for (const version of ladder) {
        const here = events.filter(([, at]) => at === version);
        for (const [kind, at] of here) {
          if (kind === 'introduced' && at !== '0') isAffected = true;
          if (kind === 'fixed') isAffected = false;
        }
        expect(affected.has(version), version).toBe(isAffected);
        if (here.some(([kind]) => kind === 'last_affected')) isAffected = false;
      }
    }),
    { seed: 11, numRuns: 1500 },
  );
});

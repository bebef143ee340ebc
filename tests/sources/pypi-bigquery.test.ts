import { BigQuery } from '@google-cloud/bigquery';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Malformed,
  NotAllowed,
  RateLimited,
  type SourceError,
  Unavailable,
} from '../../src/errors.ts';
import { createWarehouse } from '../../src/sources/pypi/bigquery.ts';
import { countsOf } from '../../src/sources/pypi/downloads.ts';
import { downloadRow, SQL } from '../../src/sources/pypi/query.ts';
import { useBigQuery } from './bigquery-env.ts';
import { refusal } from './bigquery-server.ts';
import { NOW } from './cases.ts';
import { answerOver, DIMENSIONS, download, type LoadedRow, SOME_MIRROR } from './file-downloads.ts';

const GB = 1e9;
const server = useBigQuery();
const question = { projects: ['acme-rocket'], first: '2022-03-07', last: '2022-03-08' };

function prepare(maxBytes = 50 * GB) {
  const warehouse = createWarehouse({ project: 'acme', maxBytes, maxRetryDelay: 0.001 });
  const costs = { requests: 0, bytes: 0, usd: 0 };
  const asking = {
    now: NOW,
    meter: {
      request() {
        costs.requests += 1;
      },
      billed(bytes: number, usd: number) {
        costs.bytes += bytes;
        costs.usd += usd;
      },
    },
  };
  return { warehouse, asking, costs };
}

describe('the question', () => {
  test('names table, day and cluster, and holds nothing that somebody typed', async () => {
    const { warehouse, asking } = prepare();
    await warehouse.ask({ ...question, projects: ["x'); DROP", 'y'] }, asking);
    const [asked] = server().asked;
    expect(asked).toMatchObject({
      isDry: false,
      sql: SQL,
      projects: ["x'); DROP", 'y'],
      first: '2022-03-07T00:00:00.000Z',
      end: '2022-03-09T00:00:00.000Z',
      maximumBytesBilled: 50 * GB,
    });
    expect(SQL).toContain(
      'WHERE timestamp >= @first AND timestamp < @end AND project IN UNNEST(@projects)',
    );
    for (const dimension of DIMENSIONS) {
      expect(SQL).toContain(`(day, project, is_mirror, ${dimension})`);
    }
  });

  test('a dry run tells what it would cost, and costs nothing', async () => {
    const { warehouse, asking, costs } = prepare();
    server().bytesPerCell = 3 * GB;
    expect(await warehouse.estimate(question, asking)).toBeCloseTo(6 * GB, -7);
    expect(server().asked).toMatchObject([{ isDry: true, projects: ['acme-rocket'] }]);
    expect(costs).toEqual({ requests: 1, bytes: 0, usd: 0 });
  });

  test('what was billed is told, ten MiB at least', async () => {
    const { warehouse, asking, costs } = prepare();
    await warehouse.ask(question, asking);
    expect(costs.bytes).toBe(10 * 2 ** 20);
    server().bytesPerCell = 2 ** 39;
    await prepare(2 ** 41).warehouse.ask(question, asking);
    expect(costs.bytes).toBe(10 * 2 ** 20 + 2 ** 40);
    expect(costs.usd).toBeCloseTo(6.25, 3);
  });
});

describe('the answer', () => {
  test('jobs that are still running and pages are followed to their end', async () => {
    const { warehouse, asking, costs } = prepare();
    server().table = Array.from({ length: 25 }, (_, at) =>
      download({ python: `3.${at}.1` }, { file: { version: `1.${at}` } }),
    );
    server().pending = 2;
    server().rowsPerPage = 7;
    const rows = await warehouse.ask(question, asking);
    expect(rows.filter(({ dimension }) => dimension === 'version')).toHaveLength(25);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
    // The job, two times still running, pages of seven, and what was billed.
    expect(costs.requests).toBe(1 + 2 + Math.ceil(rows.length / 7) + 1);
  });

  test('nothing at all is no rows', async () => {
    const { warehouse, asking } = prepare();
    expect(await warehouse.ask(question, asking)).toEqual([]);
  });

  test('another shape is refused', async () => {
    const { warehouse, asking } = prepare();
    const schema = { fields: [{ name: 'day', type: 'STRING', mode: 'NULLABLE' }] };
    server().instead = (request) =>
      request.startsWith('GET /projects/acme/queries')
        ? { status: 200, body: { jobComplete: true, schema, rows: [{ f: [{ v: 'Tuesday' }] }] } }
        : undefined;
    await expect(warehouse.ask(question, asking)).rejects.toBeInstanceOf(Malformed);
  });

  test('the short way of asking is answered as well', async () => {
    server().table = [download({ python: '3.10.2' })];
    const client = new BigQuery({ projectId: 'acme' });
    const params = {
      projects: ['acme-rocket'],
      mirrors: ['devpi'],
      first: '2022-03-08',
      end: '2022-03-09',
    };
    const [rows] = await client.query({ query: SQL, params });
    expect(rows).toContainEqual({
      day: '2022-03-08',
      project: 'acme-rocket',
      is_mirror: false,
      dimension: 'python',
      member: '3.10',
      downloads: 1,
    });
    expect(server().requests[0]).toMatch(/^POST \/projects\/acme\/queries/);
  });
});

describe('refusals', () => {
  const nextDay = Date.parse('2022-03-11T08:00:00Z');
  const nextMonth = Date.parse('2022-04-01T08:00:00Z');
  const polling = 'GET /projects/acme/queries';
  const starting = 'POST /projects/acme/jobs';
  type Kind = new (...args: never[]) => SourceError;
  const refusals: readonly [string, number, string, string, Kind, string | number, number][] = [
    [starting, 403, 'accessDenied', 'Access Denied', NotAllowed, /BigQuery Job User/.source, 1],
    [starting, 403, 'billingNotEnabled', 'Billing', NotAllowed, /switch its billing on/.source, 1],
    [starting, 404, 'notFound', 'Not found: Project', NotAllowed, /no project acme/.source, 1],
    [starting, 401, 'authError', 'Login Required', NotAllowed, /GOOGLE_APPLICATION_C/.source, 1],
    [starting, 400, 'invalidQuery', 'Syntax error', Malformed, /Syntax error/.source, 1],
    [starting, 429, 'rateLimitExceeded', 'Too fast', RateLimited, NOW + 60_000, 3],
    [polling, 403, 'quotaExceeded', 'Custom quota exceeded', RateLimited, nextDay, 1],
    [polling, 403, 'quotaExceeded', 'quota for free query bytes', RateLimited, nextMonth, 1],
    [
      polling,
      500,
      'bytesBilledLimitExceeded',
      '1000. 20000000 or higher required.',
      NotAllowed,
      /20 MB/.source,
      1,
    ],
    [polling, 503, 'backendError', 'Try again', Unavailable, /Try again/.source, 3],
  ];
  test.each(refusals)('%s %i %s', async (request, status, reason, message, kind, what, times) => {
    const { warehouse, asking } = prepare();
    server().instead = (asked) =>
      asked.startsWith(request) ? refusal(status, reason, message) : undefined;
    const error = await warehouse.ask(question, asking).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    if (typeof what === 'string') expect(String(error)).toMatch(new RegExp(what));
    else expect((error as RateLimited).until).toBe(what);
    const sent = server().requests.filter((asked) => asked.startsWith(request));
    expect(sent).toHaveLength(times);
  });

  test('what passes by is asked again', async () => {
    const { warehouse, asking } = prepare();
    let refused = 0;
    server().instead = () => {
      refused += 1;
      return refused === 1 ? refusal(503, 'backendError') : undefined;
    };
    server().table = [download()];
    expect(await warehouse.ask(question, asking)).not.toEqual([]);
  });

  test('a query that was started although its answer got lost is not started twice', async () => {
    const { warehouse, asking } = prepare();
    server().table = [download()];
    let started = 0;
    server().lost = (request) => {
      if (request !== starting) return false;
      started += 1;
      return started === 1;
    };
    expect(await warehouse.ask(question, asking)).not.toEqual([]);
    expect(started).toBe(2);
    expect(server().asked).toHaveLength(1);
  });

  test('nothing is run above the limit', async () => {
    const { warehouse, asking, costs } = prepare(GB);
    server().bytesPerCell = GB;
    const asked = warehouse.ask(question, asking);
    await expect(asked).rejects.toThrow(/reads 2 GB .* limit is 1 GB: raise BIGQUERY_MAX_BYTES/);
    expect(server().requests).toHaveLength(1);
    expect(costs.bytes).toBe(0);
  });

  test('a server that hangs up does not answer', async () => {
    const { warehouse, asking } = prepare();
    server().answer = (_request, response) => response.destroy();
    await expect(warehouse.ask(question, asking)).rejects.toBeInstanceOf(Unavailable);
  });

  test('a stop is heard at once', async () => {
    const { warehouse, asking } = prepare();
    server().answer = () => {};
    const stop = new AbortController();
    const asked = warehouse.ask(question, { ...asking, signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(asked).rejects.toBeInstanceOf(Unavailable);
  });
});

describe('the parts', () => {
  const some = <T>(...values: T[]) => fc.constantFrom(...values, null);
  const anyRow: fc.Arbitrary<LoadedRow> = fc
    .record({
      installer: some('pip', 'uv', 'Browser', SOME_MIRROR.toUpperCase()),
      python: some('3.1', '3.10.4', '3.13.0rc1', '2.7.18', 'x', ''),
      system: fc.record({
        name: some('Linux', 'Darwin', ''),
        release: some('5.10.0-1113-aws', '6.1.1-google', '5.4.0-1-Azure', '21.4.0', '', '4.amzn2'),
      }),
      distro: fc.option(fc.record({ name: some('Ubuntu', 'macOS') })),
      ci: some(true, false),
      version: some('1.0', '1.0.0'),
      country: some('US', 'DE', ''),
      day: fc.constantFrom('2022-03-07', '2022-03-08'),
      project: fc.constantFrom('acme-rocket', 'acme-anvil', 'other'),
    })
    .map(({ version, country, day, project, ...details }) =>
      download(details, { day, project, country_code: country, file: { version } }),
    );
  const parameters = {
    projects: ['acme-rocket', 'acme-anvil'],
    mirrors: [SOME_MIRROR],
    first: '2022-03-07',
    end: '2022-03-09',
  };

  test('add up to the total of the day, in every dimension', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), (table) => {
        const rows = answerOver(table, parameters).map(
          ([day, project, mirror, dimension, member, downloads]) =>
            downloadRow.parse({
              day,
              project,
              is_mirror: mirror === 'true',
              dimension,
              member,
              downloads: Number(downloads),
            }),
        );
        let all = 0;
        for (const counts of countsOf(rows).values()) {
          const wholeOf = (metric: string) =>
            counts.find((one) => one.metric === metric && one.dimension === '')?.value ??
            Number.NaN;
          all += wholeOf('pypi.downloads') + wholeOf('pypi.mirror_downloads');
          for (const dimension of wholeOf('pypi.downloads') > 0 ? DIMENSIONS : []) {
            const members = counts.filter((one) => one.dimension === dimension);
            const sum = members.reduce((total, { value }) => total + value, 0);
            expect(sum).toBe(wholeOf('pypi.downloads'));
            expect(new Set(members.map(({ member }) => member)).size).toBe(members.length);
            expect(members.every(({ member }) => member !== '')).toBe(true);
          }
        }
        expect(all).toBe(table.filter(({ project }) => project !== 'other').length);
      }),
    );
  });
});

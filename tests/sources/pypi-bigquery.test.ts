import { BigQuery } from '@google-cloud/bigquery';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../../src/errors.ts';
import { countsOf } from '../../src/sources/pypi/downloads.ts';
import { downloadRow, SQL } from '../../src/sources/pypi/query.ts';
import { useBigQuery } from './bigquery-env.ts';
import { answerOver, DIMENSIONS, download, type LoadedRow, SOME_MIRROR } from './file-downloads.ts';
import { GB, prepare } from './warehouse.ts';

const server = useBigQuery();
const question = { projects: ['acme-rocket'], first: '2022-03-07', last: '2022-03-08' };

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
    const { bytes, isUpperBound } = await warehouse.estimate(question, asking);
    expect(bytes).toBeCloseTo(6 * GB, -7);
    expect(isUpperBound).toBe(false);
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
        const cells = Map.groupBy(rows, ({ project, day }) => `${project} ${day}`);
        for (const counts of [...cells.values()].map(countsOf)) {
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

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveProvidedDay } from '../../db/provided-days.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { NotFound, Unavailable } from '../../src/errors.ts';
import { nearNames } from '../../src/sources/pypi/suggest.ts';
import { createPypi } from '../../src/sources/pypi.ts';
import type { Part } from '../../src/sources/source.ts';
import { useBigQuery } from './bigquery-env.ts';
import { refusal } from './bigquery-server.ts';
import { NOW } from './cases.ts';
import { collect } from './collect.ts';
import { reply, startServer, type TestServer } from './server.ts';

let server: TestServer;
let answers: Record<string, unknown>;
beforeEach(async () => {
  answers = {};
  server = await startServer((request, response) => {
    const body = answers[request.url ?? ''];
    reply(body ? 200 : 404, JSON.stringify(body ?? {}))(request, response);
  });
});
afterEach(() => server.close());
const bigquery = useBigQuery();

const context = {
  now: NOW,
  first: false,
  meter: { request() {}, billed() {} },
};
const withBigQuery = { project: 'acme', maxBytes: 50e9 };

const told = (
  ...rows: readonly (readonly [category: string, date: string, downloads: number])[]
) => ({
  data: rows.map(([category, date, downloads]) => ({ category, date, downloads })),
});

function splitsOf(apiUrl: string): Part {
  const part = createPypi({ apiUrl }).parts.find(({ name }) => name === 'splits');
  if (!part) throw new Error('there are no splits');
  return part;
}

function prepare() {
  const db = openDatabase(IN_MEMORY);
  const rocket = ensureSubject(db, 'pypi', 'acme-rocket', 'Acme.Rocket');
  const rows = () =>
    db
      .prepare(
        `SELECT day || ' ' || dimension || ' ' || member || ' ' || value
         FROM series JOIN series_day ON series_id = id ORDER BY 1`,
      )
      .pluck()
      .all();
  return { db, rocket, rows };
}

describe('splits', () => {
  beforeEach(() => {
    answers['/api/packages/acme-rocket/python_minor'] = told(
      ['3.1', '2022-03-08', 2],
      ['3.10', '2022-03-08', 30],
      ['null', '2022-03-08', 4],
      ['3.10', '2022-03-07', 20],
      ['3.10', '2022-03-10', 1],
    );
    answers['/api/packages/acme-rocket/system'] = told(
      ['Linux', '2022-03-08', 33],
      ['null', '2022-03-08', 3],
    );
  });

  test('by Python and by system; what was not told is unknown, today is left out', async () => {
    const { db, rocket, rows } = prepare();
    const { requests } = await collect(db, 'pypi', splitsOf(server.url), [rocket]);
    expect(rows()).toEqual([
      '2022-03-07 python 3.10 20',
      '2022-03-08 python 3.1 2',
      '2022-03-08 python 3.10 30',
      '2022-03-08 python unknown 4',
      '2022-03-08 system Linux 33',
      '2022-03-08 system unknown 3',
    ]);
    expect(requests).toBe(2);
    const again = await collect(db, 'pypi', splitsOf(server.url), [rocket]);
    expect(again.rows).toBe(0);
  });

  test('a day that BigQuery told is left alone', async () => {
    const { db, rocket, rows } = prepare();
    const day = { day: '2022-03-08', askedAt: '2022-03-10T09:00:00Z', isSettled: false };
    saveProvidedDay(db, rocket.id, { ...day, provider: 'bigquery' });
    await collect(db, 'pypi', splitsOf(server.url), [rocket]);
    expect(rows()).toEqual(['2022-03-07 python 3.10 20']);
  });

  test('one that fails harms no other', async () => {
    const { db, rocket, rows } = prepare();
    delete answers['/api/packages/acme-rocket/system'];
    const reading = collect(db, 'pypi', splitsOf(server.url), [rocket]);
    await expect(reading).rejects.toBeInstanceOf(NotFound);
    expect(rows()).toHaveLength(4);
  });
});

describe('downloads with and without mirrors', () => {
  const source = createPypi({ apiUrl: 'http://127.0.0.1:1' });
  const count = fc.integer({ min: 0, max: 1000 });
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 });

  test('are never added up, and a day needs both for its mirrors', () => {
    const side = days.chain((list) =>
      fc.tuple(...list.map((day) => fc.tuple(fc.constant(day), count))),
    );
    fc.assert(
      fc.property(side, side, (people, all) => {
        const body = JSON.stringify(
          told(
            ...people.map(([day, n]) => ['without_mirrors', `2022-03-0${day}`, n] as const),
            ...all.map(([day, n]) => ['with_mirrors', `2022-03-0${day}`, n] as const),
          ),
        );
        const rows = source.daily({ kind: 'overall', takenAt: '2022-03-20T00:00:00Z', body });
        const valuesOf = (metric: string) =>
          new Map(
            rows
              .find((row) => row.metric === metric)
              ?.values.map(({ day, value }) => [Number(day.slice(-1)), value]),
          );
        expect(valuesOf('pypi.downloads')).toEqual(new Map(people.toSorted(([a], [b]) => a - b)));
        const both = new Map(people);
        const mirrors = all.flatMap(([day, n]) => {
          const without = both.get(day);
          return without !== undefined && n >= without ? [[day, n - without] as const] : [];
        });
        expect(valuesOf('pypi.mirror_downloads')).toEqual(new Map(mirrors));
      }),
    );
  });
});

describe('who is asked', () => {
  test('without BigQuery: pypistats with every poll, and BigQuery is said to be off', () => {
    const parts = createPypi({ apiUrl: server.url }).parts.map(({ name, off }) => [name, off]);
    expect(parts).toContainEqual(['splits', undefined]);
    expect(parts).toContainEqual(['downloads', expect.stringContaining('BIGQUERY_PROJECT')]);
  });

  test('with BigQuery: pypistats for the first numbers, and while BigQuery tells none', async () => {
    answers['/api/packages/acme-rocket/overall'] = told(['without_mirrors', '2022-03-08', 5]);
    const source = createPypi({ apiUrl: server.url, bigquery: withBigQuery });
    const reference = { key: 'acme-rocket', name: 'Acme.Rocket' };
    expect(await source.fetch(reference, context)).toEqual([]);
    expect(server.requests).toEqual([]);
    expect(await source.fetch(reference, { ...context, first: true })).toHaveLength(1);
    const missing = source.fetch({ key: 'no', name: 'no' }, { ...context, first: true });
    await expect(missing).rejects.toBeInstanceOf(NotFound);
    expect(source.parts.map(({ name, off }) => [name, off])).toEqual([
      ['downloads', undefined],
      ['splits', undefined],
    ]);
  });
});

describe('near names', () => {
  test('those of a few likely ones that exist', async () => {
    answers['/api/packages/acme-rocket/recent'] = { data: {} };
    answers['/api/packages/acmerocketpython/recent'] = { data: {} };
    const source = createPypi({ apiUrl: server.url });
    const reference = { key: 'acme-rocket-python', name: 'acme-rocket-python' };
    expect(await source.suggest?.(reference, context)).toEqual(['acme-rocket', 'acmerocketpython']);
    expect(server.requests.length).toBeLessThanOrEqual(6);
  });

  test('are names, few, and never the one that was asked for', () => {
    const source = createPypi({ apiUrl: server.url });
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,3}$/), (key) => {
        const names = nearNames(key);
        expect(names).not.toContain(key);
        expect(new Set(names).size).toBe(names.length);
        expect(names.length).toBeLessThanOrEqual(6);
        for (const name of names) expect(source.parse(name)?.key).toBe(name);
      }),
    );
  });

  test('a service that fails says so', async () => {
    server.answer = reply(503, 'down');
    const source = createPypi({ apiUrl: server.url });
    const asked = source.suggest?.({ key: 'x', name: 'x' }, context);
    await expect(asked).rejects.toBeInstanceOf(Unavailable);
  });
});

describe('checkup', () => {
  test('all is well: what a day costs, and the limit', async () => {
    answers['/api/packages/pip/recent'] = { data: {} };
    bigquery().bytesPerCell = 2e9;
    const source = createPypi({ apiUrl: server.url, bigquery: withBigQuery });
    const [pypistats, warehouse] = await source.checkup(context);
    expect(pypistats).toMatchObject({ state: 'good' });
    expect(warehouse).toEqual({
      what: 'PyPI: BigQuery',
      state: 'good',
      detail:
        'A day of one large package (pip) reads 2 GB, at most $0.0114; the limit of a query is 50 GB.',
    });
    expect(bigquery().asked).toMatchObject([{ isDry: true, projects: ['pip'] }]);
  });

  test('no project, no service', async () => {
    const [pypistats, warehouse] = await createPypi({ apiUrl: server.url }).checkup(context);
    expect(pypistats).toMatchObject({ state: 'bad' });
    expect(pypistats?.detail).toContain(`PYPISTATS_API_URL (${server.url})`);
    expect(warehouse).toMatchObject({ state: 'limited' });
    expect(warehouse?.detail).toContain('BIGQUERY_PROJECT');
    expect(warehouse?.detail).toContain('GOOGLE_APPLICATION_CREDENTIALS');
  });

  test('a limit below a day of a large package', async () => {
    bigquery().bytesPerCell = 2e9;
    const source = createPypi({
      apiUrl: server.url,
      bigquery: { project: 'acme', maxBytes: 1e9 },
    });
    const [, warehouse] = await source.checkup(context);
    expect(warehouse).toMatchObject({ state: 'limited' });
    expect(warehouse?.detail).toMatch(
      /2 GB.*more than the limit of 1 GB: raise BIGQUERY_MAX_BYTES/,
    );
  });

  test('an account without the role', async () => {
    bigquery().instead = () => refusal(403, 'accessDenied');
    const source = createPypi({ apiUrl: server.url, bigquery: withBigQuery });
    const [, warehouse] = await source.checkup(context);
    expect(warehouse).toMatchObject({ state: 'bad' });
    expect(warehouse?.detail).toMatch(/^BigQuery refuses the account: give it the role/);
  });
});

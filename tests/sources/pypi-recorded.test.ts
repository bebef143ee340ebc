import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { Malformed, NotAllowed, RateLimited, SourceError } from '../../src/errors.ts';
import { createWarehouse } from '../../src/sources/pypi/bigquery.ts';
import { createDownloads } from '../../src/sources/pypi/downloads.ts';
import { createPypi } from '../../src/sources/pypi.ts';
import { shared } from '../shared.ts';
import { useBigQuery } from './bigquery-env.ts';
import { refusal } from './bigquery-server.ts';
import { NOW } from './cases.ts';
import { collect } from './collect.ts';
import { reply, startServer } from './server.ts';

const folder = shared('fixtures/pypi');
const server = useBigQuery();
const read = (path: string) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));

const asking = { now: NOW, meter: { request() {}, billed() {} } };
const question = { projects: ['acme-rocket'], first: '2022-03-08', last: '2022-03-08' };

function ask(): Promise<unknown> {
  const warehouse = createWarehouse({ project: 'acme', maxBytes: 50e9, maxRetryDelay: 0.001 });
  return warehouse.ask(question, asking).catch((error: unknown) => error);
}

describe.skipIf(!folder)('recorded shapes of PyPI (../shared/fixtures/pypi)', () => {
  test('rows as they are loaded become days', async () => {
    const lines = readFileSync(`${folder}/bigquery/file_downloads/rows.as-loaded.jsonl`, 'utf8');
    server().table = lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const db = openDatabase(IN_MEMORY);
    const subjects = ['django-crum', 'threadpoolctl'].map((key) =>
      ensureSubject(db, 'pypi', key, key),
    );
    const part = createDownloads(createWarehouse({ project: 'acme', maxBytes: 50e9 }));
    await collect(db, 'pypi', part, subjects, { now: Date.parse('2021-01-08T12:00:00Z') });
    const rows = db
      .prepare(
        `SELECT key || ' ' || dimension || ' ' || member || ' ' || value FROM subject
         JOIN series ON subject_id = subject.id JOIN series_day ON series_id = series.id
         WHERE metric = 'pypi.downloads' AND dimension IN ('', 'python', 'cloud', 'ci', 'installer')
           AND day = '2021-01-07' ORDER BY 1`,
      )
      .pluck()
      .all();
    expect(rows).toEqual([
      'django-crum   3',
      'django-crum ci unknown 1',
      'django-crum ci yes 2',
      'django-crum cloud AWS 1',
      'django-crum cloud other 2',
      'django-crum installer pip 2',
      'django-crum installer uv 1',
      'django-crum python 3.8 1',
      'django-crum python 3.9 2',
      'threadpoolctl   1',
      'threadpoolctl ci unknown 1',
      'threadpoolctl cloud other 1',
      'threadpoolctl installer pip 1',
      'threadpoolctl python 3.7 1',
    ]);
  });

  test('answers to other questions are read by the client and refused by us', async () => {
    const files = readdirSync(`${folder}/bigquery/rest`).filter((file) => /[qQ]uery/.test(file));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const body = read(`bigquery/rest/${file}`);
      server().instead = (request) =>
        request.startsWith('GET /projects/acme/queries') ? { status: 200, body } : undefined;
      const error = await ask();
      expect(error, file).toBeInstanceOf(Malformed);
      expect(String(error)).toContain('not as documented: day');
    }
  });

  test('a recorded 404', async () => {
    const recorded = read('bigquery/rest/404-notFound.recorded.json');
    server().instead = () => recorded;
    expect(await ask()).toBeInstanceOf(NotAllowed);
  });

  test('the limit of bytes is final in each of its wordings', async () => {
    const { status, reason, messages } = read('bigquery/errors/bytesBilledLimitExceeded.json');
    for (const message of messages as string[]) {
      server().requests.length = 0;
      server().instead = (request) =>
        request.startsWith('GET') ? refusal(status, reason, message) : undefined;
      const error = await ask();
      expect(error).toBeInstanceOf(NotAllowed);
      expect(String(error)).toMatch(
        /reads 1\d+(\.\d)? MB by BigQuery’s reckoning, and the limit is 50 GB/,
      );
      expect(server().requests).toHaveLength(2);
    }
  });

  test('the free terabyte that is used up is waited for', async () => {
    const { status, reason, message } = read('bigquery/errors/quotaExceeded.free-tier.json');
    server().instead = (request) =>
      request.startsWith('GET') ? refusal(status, reason, message) : undefined;
    const error = await ask();
    expect(error).toBeInstanceOf(RateLimited);
    expect((error as RateLimited).until).toBe(Date.parse('2022-04-01T08:00:00Z'));
  });

  test('every reason that Google names is told as one of our errors', async () => {
    const reasons = read('bigquery/errors/reason-to-http-status.google-python-client.json');
    for (const [reason, status] of Object.entries(reasons)) {
      // "stopped" is told by a job, not by a status.
      if (status === 200) continue;
      server().instead = () => refusal(Number(status), reason);
      expect(await ask(), reason).toBeInstanceOf(SourceError);
    }
  });

  test('pypistats.org, by Python over 180 days and by month', async () => {
    const days = read('pypistats/hugovk.python_minor.pip-180-days.json');
    const service = await startServer((request, response) => {
      const data = request.url?.endsWith('python_minor') ? days : [];
      reply(200, JSON.stringify({ data }))(request, response);
    });
    const db = openDatabase(IN_MEMORY);
    const pip = ensureSubject(db, 'pypi', 'pip', 'pip');
    const part = createPypi({ apiUrl: service.url }).parts.find(({ name }) => name === 'splits');
    if (!part) throw new Error('there are no splits');
    const { rows } = await collect(db, 'pypi', part, [pip]);
    await service.close();
    expect(rows).toBe(days.length);
    const total = db.prepare('SELECT sum(value) FROM series_day').pluck().get();
    const sum = days.reduce(
      (all: number, { downloads }: { downloads: number }) => all + downloads,
      0,
    );
    expect(total).toBe(sum);
    const members = db
      .prepare("SELECT member FROM series WHERE dimension = 'python'")
      .pluck()
      .all();
    expect(members).toContain('unknown');
    expect(members).not.toContain('null');
  });
});

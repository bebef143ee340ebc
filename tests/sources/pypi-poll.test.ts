import { afterEach, beforeEach, expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { setTracked } from '../../db/subjects.ts';
import { createPoller } from '../../src/poll.ts';
import { createPypi } from '../../src/sources/pypi.ts';
import { useBigQuery } from './bigquery-env.ts';
import { refusal } from './bigquery-server.ts';
import { NOW, quiet } from './cases.ts';
import { download } from './file-downloads.ts';
import { rowsOf } from './pypi-days.ts';
import { reply, startServer, type TestServer } from './server.ts';

const bigquery = useBigQuery();
let server: TestServer;
beforeEach(async () => {
  const day = { date: '2022-03-08', downloads: 70, category: 'without_mirrors' };
  const old = { ...day, date: '2021-11-01' };
  server = await startServer((request, response) => {
    const path = request.url ?? '';
    const split = { ...day, category: path.endsWith('python_minor') ? '3.12' : 'Linux' };
    const data = path.endsWith('overall') ? [old, day] : [split];
    const body = path.startsWith('/v1') ? { results: [{}] } : { data };
    reply(200, JSON.stringify(body))(request, response);
  });
});
afterEach(() => server.close());

/** A package that is polled for the first time, and everything that is polled after it. */
async function prepare() {
  const db = openDatabase(IN_MEMORY);
  const source = createPypi({
    apiUrl: server.url,
    osvUrl: server.url,
    bigquery: { project: 'acme', maxBytes: 50e9 },
  });
  const poller = createPoller({ db, sources: [source], log: quiet, now: () => NOW });
  const { subject } = await poller.poll(source, { key: 'acme-rocket', name: 'Acme.Rocket' });
  setTracked(db, subject.id, new Date(NOW).toISOString());
  return { db, poller };
}

test('first numbers come at once, all numbers with the next poll, and what it costs', async () => {
  const { db, poller } = await prepare();
  expect(rowsOf(db)).toEqual(['2021-11-01 pypi.downloads   70', '2022-03-08 pypi.downloads   70']);
  bigquery().table = [download({ python: '3.12.1' }), download({ python: '3.9.1' })];
  const outcomes = await poller.pollSource('pypi');
  expect(outcomes.map(({ part, status }) => [part, status])).toEqual([
    ['', 'done'],
    ['advisories', 'done'],
    ['downloads', 'done'],
    ['splits', 'done'],
  ]);
  // BigQuery told it all.
  expect(server.requests.filter((asked) => asked.endsWith('python_minor'))).toEqual([]);
  expect(rowsOf(db)).toEqual(
    expect.arrayContaining([
      '2021-11-01 pypi.downloads   70',
      '2022-03-08 pypi.downloads   2',
      '2022-03-08 pypi.downloads python 3.12 1',
    ]),
  );
  const run = db
    .prepare<[], { bytes: number; usd: number }>(
      "SELECT bytes, cost_usd AS usd FROM run WHERE part = 'downloads'",
    )
    .get();
  // Three queries for three months, at ten MiB and thirty.
  expect(run?.bytes).toBe(90 * 2 ** 20);
  expect(run?.usd).toBeCloseTo((6.25 * 90) / 2 ** 20, 9);
});

test('a quota that is used up holds up nothing else, and pypistats tells what it can', async () => {
  const { db, poller } = await prepare();
  bigquery().instead = () => refusal(403, 'quotaExceeded', 'free query bytes scanned');
  const outcomes = await poller.pollSource('pypi');
  expect(outcomes.map(({ part, status }) => [part, status])).toEqual([
    ['', 'done'],
    ['advisories', 'done'],
    ['downloads', 'limited'],
    ['splits', 'done'],
  ]);
  expect(outcomes.at(-2)?.error).toMatch(/^BigQuery grants .* no more until 2022-04-01 08:00 UTC/);
  expect(outcomes.at(-1)?.note).toMatch(/^BigQuery tells nothing of the last days/);
  expect(rowsOf(db)).toEqual([
    '2021-11-01 pypi.downloads   70',
    '2022-03-08 pypi.downloads   70',
    '2022-03-08 pypi.downloads python 3.12 70',
    '2022-03-08 pypi.downloads system Linux 70',
  ]);
});

test('a setting that does not allow it is said in words that mend it', async () => {
  const { poller } = await prepare();
  bigquery().bytesPerCell = 60e9;
  const outcomes = await poller.pollSource('pypi');
  const downloads = outcomes.find(({ part }) => part === 'downloads');
  expect(downloads).toMatchObject({ part: 'downloads', status: 'failed' });
  expect(downloads?.error).toMatch(/reads 60 GB .* limit is 50 GB: raise BIGQUERY_MAX_BYTES/);
  expect(outcomes.at(-1)).toMatchObject({ part: 'splits', status: 'done', rows: 2 });
});

test('a BigQuery that tells nothing for days is stood in for until it tells them', async () => {
  const { db, poller } = await prepare();
  bigquery().instead = () => refusal(403, 'accessDenied');
  await poller.pollSource('pypi');
  bigquery().instead = () => undefined;
  bigquery().table = [download({ python: '3.13.1' })];
  await poller.pollSource('pypi');
  const rows = rowsOf(db).filter((row) => String(row).startsWith('2022-03-08'));
  expect(rows).toContain('2022-03-08 pypi.downloads python 3.13 1');
  expect(rows).not.toContain('2022-03-08 pypi.downloads python 3.12 70');
  expect(rows).toContain('2022-03-08 pypi.downloads   1');
});

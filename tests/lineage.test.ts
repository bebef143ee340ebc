import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { qualityChecks } from '../db/quality.ts';
import { saveDays } from '../db/series.ts';
import { runCli } from '../src/cli/program.ts';
import type { RunEvent } from '../src/lineage/events.ts';
import { type Receiving, startReceiving } from './receiving.ts';
import { NOW } from './sources/cases.ts';
import { reply } from './sources/server.ts';

let receiving: Receiving;
beforeEach(async () => {
  receiving = await startReceiving();
});
afterEach(() => receiving.close());

test('a run is told with its round, where its data come from and where they go', async () => {
  const { observer, flush } = receiving.prepare();
  const run = receiving.runOf();
  observer.started(run);
  observer.ended(receiving.endOf(run));
  expect(receiving.server.requests).toEqual([]);
  await flush();
  expect(new Set(receiving.server.requests)).toEqual(new Set(['POST /api/v1/lineage']));
  expect(receiving.told()).toEqual([
    'START poll docker',
    'START docker.headline.acme/rocket',
    'COMPLETE docker.headline.acme/rocket',
    'START model dockerhub_daily_summary',
    'COMPLETE model dockerhub_daily_summary',
    'START model slack_daily_summary',
    'COMPLETE model slack_daily_summary',
    'START model daily_summary',
    'COMPLETE model daily_summary',
    'COMPLETE poll docker',
  ]);
  const end = receiving.taken[2];
  expect(end).toMatchObject({
    eventTime: '2022-03-10T09:30:01.000Z',
    run: {
      runId: run.id,
      facets: {
        parent: {
          run: { runId: run.parentId },
          job: { namespace: 'groundswell', name: 'poll docker' },
        },
        processing_engine: { name: 'Groundswell', version: expect.stringMatching(/^\d+\.\d+/) },
      },
    },
    job: {
      facets: {
        documentation: {
          description: 'Reads the headline numbers of acme/rocket from Docker Hub.',
        },
        jobType: { processingType: 'BATCH', integration: 'GROUNDSWELL', jobType: 'JOB' },
      },
    },
    inputs: [{ namespace: 'https://hub.docker.com', name: 'v2/repositories/acme/rocket' }],
  });
  const [days] = end?.outputs ?? [];
  expect(days).toMatchObject({
    namespace: 'sqlite://:memory:',
    name: 'series_day',
    outputFacets: { outputStatistics: { rowCount: 2 } },
  });
  const columns = receiving.db
    .prepare("SELECT name, type FROM pragma_table_info('series_day')")
    .all();
  expect(days?.facets?.schema).toMatchObject({ fields: columns });
});

test('the checks of the data are told with what the models are made of', async () => {
  const { observer, flush } = receiving.prepare();
  const days = [{ day: '2022-03-11', value: 7 }];
  const key = { subjectId: 1, metric: 'docker.pulls', kind: 'total' } as const;
  saveDays(receiving.db, key, days, { origin: 'poll', seenAt: '2022-03-10T09:00:00Z' });
  const run = receiving.runOf();
  observer.started(run);
  observer.ended(receiving.endOf(run));
  await flush();
  const checked = receiving.taken
    .filter(({ eventType, job }) => eventType === 'COMPLETE' && job.name.startsWith('model '))
    .map(({ inputs }) => inputs.find(({ name }) => name === 'series_day')?.inputFacets);
  const results = qualityChecks(receiving.db, { today: '2022-03-10' });
  expect(results.filter(({ ok }) => !ok).map(({ name }) => name)).toContain('no-future');
  const assertions = results.map(({ name, ok }) => ({ assertion: name, success: ok }));
  expect(checked).toHaveLength(3);
  for (const facets of checked)
    expect(facets).toMatchObject({ dataQualityAssertions: { assertions } });
});

test('the poller and the command line tell of their runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
  const take = receiving.server.answer;
  receiving.server.answer = (request, response) => {
    if (request.method === 'POST') return take(request, response);
    const isImage = request.url === '/v2/repositories/acme/rocket/';
    reply(isImage ? 200 : 404, '{"pull_count":7}')(request, response);
  };
  const written: string[] = [];
  const out = { isTTY: false, write: (text: string | Uint8Array) => written.push(`${text}`) };
  const cli = (...words: string[]) =>
    runCli(words, {
      env: {
        DATABASE_PATH: join(folder, 'my.db'),
        DOCKERHUB_API_URL: receiving.server.url,
        OPENLINEAGE_URL: receiving.server.url,
      },
      stdout: out,
      stderr: out,
      now: () => NOW,
      onInterrupt: () => () => {},
    });
  expect(await cli('track', 'docker:acme/rocket'), written.join('')).toBe(0);
  expect(receiving.taken.splice(0)).not.toEqual([]);
  expect(await cli('poll', 'docker'), written.join('')).toBe(0);
  expect(receiving.told().slice(0, 3)).toEqual([
    'START poll docker',
    'START docker.headline.acme/rocket',
    'COMPLETE docker.headline.acme/rocket',
  ]);
  expect(receiving.told().at(-1)).toBe('COMPLETE poll docker');
  expect(receiving.taken[2]?.outputs[0]).toMatchObject({
    namespace: 'sqlite://my.db',
    name: 'series_day',
  });
  rmSync(folder, { recursive: true });
});

describe('how a run ends', () => {
  test.each([
    ['done', null, 'COMPLETE', undefined],
    ['failed', 'Docker Hub does not answer at the moment.', 'FAIL', /does not answer/],
    ['limited', 'Docker Hub wants us to wait.', 'FAIL', /wants us to wait/],
    ['cut', null, 'FAIL', /cut off/],
  ] as const)('%s', async (outcome, error, type, message) => {
    const { observer, flush } = receiving.prepare();
    const run = receiving.runOf();
    observer.started(run);
    observer.ended(receiving.endOf(run, outcome, error));
    await flush();
    const ends = receiving.taken.filter(
      ({ run: { runId }, eventType }) => runId === run.id && eventType !== 'START',
    );
    expect(ends.map(({ eventType }) => eventType)).toEqual([type]);
    const said = ends[0]?.run.facets.errorMessage;
    if (message === undefined) expect(said).toBeUndefined();
    else expect(said).toHaveProperty('message', expect.stringMatching(message));
    expect(receiving.told().at(-1)).toBe(`${type} poll docker`);
    expect(receiving.told().some((line) => line.includes('model'))).toBe(type === 'COMPLETE');
  });

  test('once, whatever is told again, and never without a beginning', async () => {
    const { observer, flush } = receiving.prepare();
    const run = receiving.runOf();
    observer.started(run);
    const end = receiving.endOf(run);
    observer.ended(end);
    observer.ended(end);
    observer.ended(receiving.endOf(receiving.runOf()));
    await flush();
    observer.ended(end);
    await flush();
    const starts = receiving.taken.filter(({ eventType }) => eventType === 'START');
    const ends = receiving.taken.filter(({ eventType }) => eventType !== 'START');
    const ids = (events: readonly RunEvent[]) =>
      events.map(({ run: { runId } }) => runId).toSorted();
    expect(ids(ends)).toEqual(ids(starts));
    expect(new Set(ids(starts)).size).toBe(starts.length);
  });
});

test('a round ends when all of its runs have, and a late run does not begin it again', async () => {
  const { observer, flush } = receiving.prepare();
  const first = receiving.runOf();
  const second = receiving.runOf({ parentId: first.parentId, part: 'other' });
  observer.started(first);
  observer.started(second);
  observer.ended(receiving.endOf(first));
  await flush();
  expect(receiving.told()).not.toContain('COMPLETE poll docker');
  observer.ended(receiving.endOf(second, 'failed', 'No.'));
  await flush();
  expect(receiving.told().at(-1)).toBe('FAIL poll docker');
  expect(receiving.taken.at(-1)?.run.facets.errorMessage).toMatchObject({
    message: '1 of 2 readings did not come to their end.',
  });

  const late = receiving.runOf({ parentId: first.parentId });
  observer.started(late);
  observer.ended(receiving.endOf(late));
  await flush();
  expect(receiving.told().filter((line) => line.endsWith('poll docker'))).toHaveLength(2);
});

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { countLineageEvents, keepLineageEvent, MOST_LINEAGE_EVENTS } from '../db/lineage.ts';
import { type Db, IN_MEMORY, openDatabase } from '../db/open.ts';
import { qualityChecks } from '../db/quality.ts';
import type { EndedRun, Run, RunOutcome } from '../db/runs.ts';
import { saveDays } from '../db/series.ts';
import { ensureSubject } from '../db/subjects.ts';
import { runCli } from '../src/cli/program.ts';
import { readConfig } from '../src/config.ts';
import type { RunEvent } from '../src/lineage/events.ts';
import { createLineage, type Lineage } from '../src/lineage.ts';
import { createSources } from '../src/sources/index.ts';
import { NOW, quiet } from './sources/cases.ts';
import { type Answer, reply, startServer, type TestServer } from './sources/server.ts';

let server: TestServer;
let db: Db;
let now: number;
let taken: RunEvent[];
const running: Lineage[] = [];
const config = readConfig({});
const sources = createSources(config, quiet);
const created = reply(201, '');

beforeEach(async () => {
  [db, now, taken] = [openDatabase(IN_MEMORY), NOW, []];
  ensureSubject(db, 'docker', 'acme/rocket', 'acme/rocket');
  server = await startServer(taking(created));
});
afterEach(async () => {
  for (const lineage of running.splice(0)) lineage.stop();
  await server.close();
});

/** Answers as told, and remembers the events that were answered well. */
function taking(answer: Answer): Answer {
  return async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const piece of request) text += piece;
    answer(request, response);
    if (response.statusCode < 300) taken.push(JSON.parse(text));
  };
}

function prepare(): Lineage {
  const lineage = createLineage({
    url: `${server.url}/`,
    db,
    sources,
    endpoints: config,
    log: quiet,
    now: () => now,
    timeoutMs: 100,
  });
  running.push(lineage);
  return lineage;
}

function runOf(more: Partial<Run> = {}): Run {
  const [id, parentId] = [randomUUID(), randomUUID()];
  const startedAt = new Date(now).toISOString();
  return { id, parentId, source: 'docker', subjectId: 1, part: '', startedAt, ...more };
}

function endOf(run: Run, outcome: RunOutcome = 'done', error: string | null = null): EndedRun {
  now += 1000;
  const endedAt = new Date(now).toISOString();
  return { ...run, endedAt, outcome, error, requests: 1, rows: 2, bytes: 0, costUsd: 0 };
}

/** `START poll docker` of every event, in the order they were taken. */
const told = () => taken.map(({ eventType, job }) => `${eventType} ${job.name}`);
const waiting = () => countLineageEvents(db);

test('a run is told with its round, where its data come from and where they go', async () => {
  const { observer, flush } = prepare();
  const run = runOf();
  observer.started(run);
  observer.ended(endOf(run));
  expect(server.requests).toEqual([]);
  await flush();
  expect(new Set(server.requests)).toEqual(new Set(['POST /api/v1/lineage']));
  expect(told()).toEqual([
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
  const end = taken[2];
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
  const columns = db.prepare("SELECT name, type FROM pragma_table_info('series_day')").all();
  expect(days?.facets?.schema).toMatchObject({ fields: columns });
});

test('the checks of the data are told with what the models are made of', async () => {
  const { observer, flush } = prepare();
  const days = [{ day: '2022-03-11', value: 7 }];
  const key = { subjectId: 1, metric: 'docker.pulls', kind: 'total' } as const;
  saveDays(db, key, days, { origin: 'poll', seenAt: '2022-03-10T09:00:00Z' });
  const run = runOf();
  observer.started(run);
  observer.ended(endOf(run));
  await flush();
  const checked = taken
    .filter(({ eventType, job }) => eventType === 'COMPLETE' && job.name.startsWith('model '))
    .map(({ inputs }) => inputs.find(({ name }) => name === 'series_day')?.inputFacets);
  const results = qualityChecks(db, { today: '2022-03-10' });
  expect(results.filter(({ ok }) => !ok).map(({ name }) => name)).toContain('no-future');
  const assertions = results.map(({ name, ok }) => ({ assertion: name, success: ok }));
  expect(checked).toHaveLength(3);
  for (const facets of checked)
    expect(facets).toMatchObject({ dataQualityAssertions: { assertions } });
});

test('the poller and the command line tell of their runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-'));
  const take = server.answer;
  server.answer = (request, response) => {
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
        DOCKERHUB_API_URL: server.url,
        OPENLINEAGE_URL: server.url,
      },
      stdout: out,
      stderr: out,
      now: () => NOW,
      onInterrupt: () => () => {},
    });
  expect(await cli('track', 'docker:acme/rocket'), written.join('')).toBe(0);
  expect(taken.splice(0)).not.toEqual([]);
  expect(await cli('poll', 'docker'), written.join('')).toBe(0);
  expect(told().slice(0, 3)).toEqual([
    'START poll docker',
    'START docker.headline.acme/rocket',
    'COMPLETE docker.headline.acme/rocket',
  ]);
  expect(told().at(-1)).toBe('COMPLETE poll docker');
  expect(taken[2]?.outputs[0]).toMatchObject({ namespace: 'sqlite://my.db', name: 'series_day' });
  rmSync(folder, { recursive: true });
});

describe('how a run ends', () => {
  test.each([
    ['done', null, 'COMPLETE', undefined],
    ['failed', 'Docker Hub does not answer at the moment.', 'FAIL', /does not answer/],
    ['limited', 'Docker Hub wants us to wait.', 'FAIL', /wants us to wait/],
    ['cut', null, 'FAIL', /cut off/],
  ] as const)('%s', async (outcome, error, type, message) => {
    const { observer, flush } = prepare();
    const run = runOf();
    observer.started(run);
    observer.ended(endOf(run, outcome, error));
    await flush();
    const ends = taken.filter(
      ({ run: { runId }, eventType }) => runId === run.id && eventType !== 'START',
    );
    expect(ends.map(({ eventType }) => eventType)).toEqual([type]);
    const said = ends[0]?.run.facets.errorMessage;
    if (message === undefined) expect(said).toBeUndefined();
    else expect(said).toHaveProperty('message', expect.stringMatching(message));
    expect(told().at(-1)).toBe(`${type} poll docker`);
    expect(told().some((line) => line.includes('model'))).toBe(type === 'COMPLETE');
  });

  test('once, whatever is told again, and never without a beginning', async () => {
    const { observer, flush } = prepare();
    const run = runOf();
    observer.started(run);
    const end = endOf(run);
    observer.ended(end);
    observer.ended(end);
    observer.ended(endOf(runOf()));
    await flush();
    observer.ended(end);
    await flush();
    const starts = taken.filter(({ eventType }) => eventType === 'START');
    const ends = taken.filter(({ eventType }) => eventType !== 'START');
    const ids = (events: readonly RunEvent[]) =>
      events.map(({ run: { runId } }) => runId).toSorted();
    expect(ids(ends)).toEqual(ids(starts));
    expect(new Set(ids(starts)).size).toBe(starts.length);
  });
});

test('a round ends when all of its runs have, and a late run does not begin it again', async () => {
  const { observer, flush } = prepare();
  const first = runOf();
  const second = runOf({ parentId: first.parentId, part: 'other' });
  observer.started(first);
  observer.started(second);
  observer.ended(endOf(first));
  await flush();
  expect(told()).not.toContain('COMPLETE poll docker');
  observer.ended(endOf(second, 'failed', 'No.'));
  await flush();
  expect(told().at(-1)).toBe('FAIL poll docker');
  expect(taken.at(-1)?.run.facets.errorMessage).toMatchObject({
    message: '1 of 2 readings did not come to their end.',
  });

  const late = runOf({ parentId: first.parentId });
  observer.started(late);
  observer.ended(endOf(late));
  await flush();
  expect(told().filter((line) => line.endsWith('poll docker'))).toHaveLength(2);
});

describe('a receiver that does not take events', () => {
  const tell = ({ observer }: Lineage) => {
    const run = runOf();
    observer.started(run);
    observer.ended(endOf(run));
  };

  test.each<[string, Answer]>([
    ['answers with an error', reply(500, 'oops')],
    ['is somewhere else', reply(404, 'no such page')],
    ['moved', reply(301, '', { location: 'http://127.0.0.1:1/' })],
    ['wants us to wait', reply(429, '{}')],
    ['does not answer', () => {}],
    ['hangs up', (_request, response) => response.destroy()],
  ])('%s: all is kept, and sent in order once it does', async (_name, answer) => {
    const lineage = prepare();
    server.answer = answer;
    tell(lineage);
    await lineage.flush();
    expect(taken).toEqual([]);
    const kept = waiting();
    expect(kept).toBe(10);
    tell(lineage);
    server.answer = taking(created);
    await lineage.flush();
    expect(waiting()).toBe(0);
    expect(taken).toHaveLength(2 * kept);
    expect(told().slice(0, 3)).toEqual([
      'START poll docker',
      'START docker.headline.acme/rocket',
      'COMPLETE docker.headline.acme/rocket',
    ]);
  });

  test('an event that it will never take is dropped, and the others go on', async () => {
    const lineage = prepare();
    let asked = 0;
    server.answer = (request, response) => {
      asked += 1;
      taking(asked === 2 ? reply(400, '{"message":"not an event"}') : created)(request, response);
    };
    tell(lineage);
    await lineage.flush();
    expect(waiting()).toBe(0);
    expect(told().slice(0, 2)).toEqual([
      'START poll docker',
      'COMPLETE docker.headline.acme/rocket',
    ]);
  });

  test('what waits is bounded: the oldest make room', () => {
    db.transaction(() => {
      for (let count = 0; count < MOST_LINEAGE_EVENTS; count += 1) {
        expect(keepLineageEvent(db, { count }, '2022-03-10T09:30:00Z')).toBe(0);
      }
    })();
    tell(prepare());
    expect(waiting()).toBe(MOST_LINEAGE_EVENTS);
  });
});

describe('in the background', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  /** Waits without the faked clock going on, which only moves as told. */
  async function until(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 2000 && !isSo(); turn += 1) await nextTurn();
    expect(isSo()).toBe(true);
  }

  test('events are sent soon, and a round that stays quiet is over', async () => {
    const { start, observer } = prepare();
    start();
    const run = runOf();
    observer.started(run);
    observer.ended(endOf(run));
    vi.advanceTimersByTime(100);
    await until(() => taken.length === 3);
    vi.advanceTimersByTime(30_000);
    vi.advanceTimersByTime(100);
    await until(() => taken.length === 10);
    expect(told().at(-1)).toBe('COMPLETE poll docker');
  });

  test('a receiver that is down is left alone for a while, and asked again', async () => {
    server.answer = reply(503, '');
    const { start, observer } = prepare();
    start();
    observer.started(runOf());
    vi.advanceTimersByTime(100);
    await until(() => server.requests.length === 1);
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    server.answer = taking(created);
    observer.started(runOf());
    vi.advanceTimersByTime(10_000);
    await nextTurn();
    expect(server.requests).toHaveLength(1);
    vi.advanceTimersByTime(5_000);
    await until(() => taken.length === 4 && waiting() === 0);
  });
});

test('what a process left open is ended by the next one, and what it kept is sent first', async () => {
  const first = prepare();
  server.answer = reply(500, '');
  const [done, open] = [runOf(), runOf()];
  first.observer.started(done);
  first.observer.ended(endOf(done));
  first.observer.started(open);
  await first.flush();
  first.stop();
  expect(taken).toEqual([]);

  server.answer = taking(created);
  const next = prepare();
  next.start();
  await next.flush();
  expect(waiting()).toBe(0);
  expect(told()[0]).toBe('START poll docker');
  const ends = taken.filter(
    ({ run, eventType }) => eventType !== 'START' && [open.id, open.parentId].includes(run.runId),
  );
  expect(ends.map(({ eventType }) => eventType)).toEqual(['FAIL', 'FAIL']);
  expect(ends[0]?.run.facets.errorMessage).toMatchObject({
    message: 'Groundswell stopped before this came to its end.',
  });
  // The end that comes too late after all is not told again.
  first.observer.ended(endOf(open));
  expect(waiting()).toBe(0);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { IN_MEMORY, openDatabase } from '../../db/open.ts';
import { readConfig } from '../../src/config.ts';
import {
  Malformed,
  NotFound,
  RateLimited,
  type SourceError,
  Unauthorised,
  Unavailable,
} from '../../src/errors.ts';
import { createPoller } from '../../src/poll.ts';
import { createSources } from '../../src/sources/index.ts';
import { parseReference } from '../../src/tracking/references.ts';
import { cases, NOW, quiet } from './cases.ts';
import { type Answer, cutOff, page, reply, startServer, type TestServer } from './server.ts';

test('every source has a case', () => {
  const ids = createSources(readConfig({}), quiet).map(({ id }) => id);
  expect(cases.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

test('a file a source', () => {
  const folder = join(import.meta.dirname, '../../src/sources');
  const helpers = ['http.ts', 'index.ts', 'source.ts'];
  const files = readdirSync(folder).filter((file) => /\.ts$/.test(file) && !helpers.includes(file));
  const registered = [
    ...readFileSync(join(folder, 'index.ts'), 'utf8').matchAll(/create\w+ } from '\.\/(.+)'/g),
  ].map(([, file]) => file);
  expect(registered.toSorted()).toEqual(files.toSorted());
  expect(files).toHaveLength(cases.length);
});

/** The tests run side by side, each with a server of its own. */
const servers: TestServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

describe.concurrent.each(cases)('$id', (one) => {
  const answering: Answer = (request, response) => {
    const body = one.answers[request.url ?? ''];
    reply(body ? 200 : 404, body ?? '{"message":"Not Found"}')(request, response);
  };

  async function prepare(timeoutMs?: number) {
    const server = await startServer(answering);
    servers.push(server);
    const db = openDatabase(IN_MEMORY);
    const source = one.create(server.url, timeoutMs);
    let now = NOW;
    const poller = createPoller({ db, sources: [source], log: quiet, now: () => now });
    return {
      db,
      server,
      source,
      poll: (reference: string, at = NOW) => {
        now = at;
        return poller.poll(source, parseReference([source], `${one.id}:${reference}`).reference);
      },
      rows: () =>
        db
          .prepare(
            `SELECT metric || ' ' || day || ' ' || value || ' ' || origin FROM series_day
             JOIN series ON id = series_id ORDER BY metric, day`,
          )
          .pluck()
          .all(),
      everything: () =>
        ['subject', 'series', 'series_day', 'snapshot'].map((table) =>
          db.prepare(`SELECT * FROM ${table}`).all(),
        ),
    };
  }

  test('a fixture becomes rows', async () => {
    const { db, poll, rows } = await prepare();
    const { subject, changedDays } = await poll(one.reference);
    expect(subject.name).toBe(one.reference);
    expect(rows()).toEqual(one.rows);
    expect(changedDays).toBe(one.rows.length);
    const complete = db.prepare('SELECT DISTINCT complete_through FROM series').pluck().all();
    expect(complete).toEqual([one.completeThrough]);
  });

  test('what is counted now tells all of a day when it is read at its end', async () => {
    const { db, poll } = await prepare();
    await poll(one.reference, Date.parse('2022-03-10T23:44:00Z'));
    const complete = () =>
      db
        .prepare("SELECT max(complete_through) FROM series WHERE metric NOT LIKE 'pypi.%'")
        .pluck()
        .get();
    if (complete() === null) return;
    expect(complete()).toBe('2022-03-09');
    await poll(one.reference, Date.parse('2022-03-10T23:48:00Z'));
    expect(complete()).toBe('2022-03-10');
    await poll(one.reference, Date.parse('2022-03-11T00:10:00Z'));
    expect(complete()).toBe('2022-03-10');
  });

  test('once more, in another spelling and later that day, and the rows are the same', async () => {
    const { db, poll, rows } = await prepare();
    await poll(one.reference);
    const { changedDays } = await poll(one.sameReference, NOW + 3_600_000);
    expect(changedDays).toBe(0);
    expect(rows()).toEqual(one.rows);
    expect(db.prepare('SELECT name FROM subject').pluck().all()).toEqual([one.reference]);
  });

  test('stored snapshots can be read again into the same rows', async () => {
    const { db, poll, source } = await prepare();
    await poll(one.reference);
    const again = db
      .prepare<[], { kind: string; takenAt: string; body: string }>(
        'SELECT kind, taken_at AS takenAt, body FROM snapshot',
      )
      .all()
      .flatMap((snapshot) => source.daily(snapshot))
      .flatMap(({ metric, origin, values }) =>
        values.map(({ day, value }) => `${metric} ${day} ${value} ${origin}`),
      );
    expect(again.toSorted()).toEqual(one.rows);
  });

  test('the page of the subject names it, and wrong forms name nothing', () => {
    const source = one.create('http://127.0.0.1:9');
    const { reference } = parseReference([source], one.page);
    expect(reference.key).toBe(source.parse(one.reference)?.key);
    for (const wrong of one.wrongForms) expect(source.parse(wrong), wrong).toBeUndefined();
  });

  const until = NOW + 90_000;
  const [body = ''] = Object.values(one.answers);
  const failures: readonly [string, Answer, new (...args: never[]) => SourceError][] = [
    ['a 404', reply(404, '{"message":"Not Found"}'), NotFound],
    ['taken down', reply(451, '{"message":"Repository access blocked"}'), NotFound],
    ['a 401', reply(401, '{"message":"Bad credentials"}'), Unauthorised],
    ['a limit in seconds', reply(429, '{}', { 'retry-after': '90' }), RateLimited],
    ['no JSON', reply(200, 'what?'), Malformed],
    ['another shape', reply(200, '{"data":[{}],"stargazers_count":"12"}'), Malformed],
    ['an empty object', reply(200, '{}'), Malformed],
    ['a page with a 503', page(503), Unavailable],
    ['a page with a 200', page(200), Unavailable],
    ['a cut in the middle', cutOff(body), Unavailable],
    ['a hang-up', (_request, response) => response.destroy(), Unavailable],
  ];
  test.each(failures)('%s is told apart, and old data stays', async (_name, answer, kind) => {
    const { poll, everything, server } = await prepare();
    await poll(one.reference);
    const before = everything();
    server.answer = answer;
    const error = await poll(one.reference, NOW).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    if (error instanceof RateLimited) expect(error.until).toBe(until);
    expect(everything()).toEqual(before);
  });

  test('a subject that does not exist leaves nothing behind', async () => {
    const { poll, everything, server } = await prepare();
    server.answer = reply(404, '{"message":"Not Found"}');
    await expect(poll(one.reference)).rejects.toBeInstanceOf(NotFound);
    expect(everything()).toEqual([[], [], [], []]);
  });

  test('an answer that does not come is not waited for', async () => {
    const { poll, server } = await prepare(150);
    server.answer = () => {};
    const started = performance.now();
    await expect(poll(one.reference)).rejects.toBeInstanceOf(Unavailable);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import { collectionOf } from '../../db/collections.ts';
import { setTracked } from '../../db/subjects.ts';
import type { Outcome } from '../../src/poll/round.ts';
import type { Part } from '../../src/sources/source.ts';
import { parseReference } from '../../src/tracking/references.ts';
import { startPolling } from '../polling.ts';
import { cases, NOW, type SourceCase } from './cases.ts';
import { type Answer, cutOff, page, reply, startServer, type TestServer } from './server.ts';

/** Tables that tell of the polling itself. */
const OWN_TABLES = ['collection', 'run'];

/** The tests run side by side, each with a server of its own. */
const servers: TestServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

/** A tracked subject, with its headline numbers, and a poller that knows this part alone. */
async function prepare(one: SourceCase, name: string, timeoutMs?: number) {
  const known = { ...one.answers, ...one.parts[name]?.answers };
  /** The headline numbers are there, and the part, unless `instead` answers for it. */
  const answering =
    (instead?: Answer): Answer =>
    (request, response) => {
      const url = request.url ?? '';
      const body = instead ? one.answers[url] : known[url];
      const other = instead ?? reply(404, '{"message":"Not Found"}');
      (body === undefined ? other : reply(200, body))(request, response);
    };
  const server = await startServer(answering());
  servers.push(server);
  const whole = one.whole(server.url, timeoutMs);
  const part = whole.parts.find((each) => each.name === name) as Part;
  const source = { ...whole, parts: [part] };
  const { db, poller } = startPolling([source], []);
  const { reference } = parseReference([source], `${one.id}:${one.reference}`);
  const { subject } = await poller.poll(source, reference);
  setTracked(db, subject.id, new Date(NOW).toISOString());
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  return {
    db,
    /** Reads the part, due or not, and answers how that went. */
    async read(instead?: Answer): Promise<{ outcome: Outcome; requests: number }> {
      server.answer = answering(instead);
      const outcomes = await poller.pollSource(one.id, { since: '2022-01-01' });
      const outcome = outcomes.find((each) => each.part === name);
      if (!outcome) throw new Error(`the part ${name} was not read`);
      const requests = db.prepare('SELECT sum(requests) FROM run WHERE part = ?').pluck().get(name);
      return { outcome, requests: Number(requests) };
    },
    state: () =>
      collectionOf(db, {
        source: one.id,
        subjectId: part.scope === 'source' ? 0 : subject.id,
        part: name,
      }),
    rows: () =>
      (
        db
          .prepare(one.parts[name]?.query ?? 'SELECT 1')
          .raw()
          .all() as unknown[][]
      ).map((row) => row.join(' ')),
    everything: () =>
      tables
        .filter((table) => !OWN_TABLES.includes(table))
        .map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()]),
  };
}

/** Where the source may also say, in a note, that this is not shown: a refusal is an answer. */
const REFUSALS = ['a 401', 'a 404'];

const failures: readonly [string, Answer, Outcome['status']][] = [
  ['a 401', reply(401, '{"message":"Bad credentials"}'), 'failed'],
  ['a 404', reply(404, '{"message":"Not Found"}'), 'failed'],
  ['a limit in seconds', reply(429, '{}', { 'retry-after': '90' }), 'limited'],
  ['another shape', reply(200, '{"data":[{}],"vulns":7,"total":"12"}'), 'failed'],
  ['a page with a 503', page(503), 'failed'],
  ['a cut in the middle', cutOff('[{"number":1,"title":"one"},{"number":2}]'), 'failed'],
  ['silence', () => {}, 'failed'],
];

const SILENCE_MS = 1000;

describe.each(cases)('$id', (one) => {
  const parts = one.whole('http://127.0.0.1:9').parts.filter(({ off }) => off === undefined);
  const names = parts.map(({ name }) => name);

  test('its fixtures are of its parts', () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(one.parts)));
  });

  describe.skipIf(names.length === 0)('parts', () => {
    test.concurrent.each(Object.entries(one.parts))(
      '%s: a fixture becomes rows, and again the same',
      async (name, { rows: expected }) => {
        const { read, rows, everything, state } = await prepare(one, name);
        expect((await read()).outcome).toMatchObject({ status: 'done', error: null });
        expect(rows()).toEqual(expected);
        const before = everything();
        expect((await read()).outcome.status).toBe('done');
        expect(everything()).toEqual(before);
        expect(state()).toMatchObject({ failures: 0, error: null });
      },
    );

    test.concurrent.each(failures)(
      '%s: rows stay as they were, and the run says how it ended',
      async (failure, answer, status) => {
        const asked = await Promise.all(
          names.map(async (name) => {
            const timeoutMs = failure === 'silence' ? SILENCE_MS : undefined;
            const { read, everything, state } = await prepare(one, name, timeoutMs);
            if (one.parts[name]) await read();
            const before = everything();
            const { outcome, requests } = await read(answer);
            // With nothing in the database that it could ask about, a part asks nothing.
            if (requests === 0) return 0;
            if (REFUSALS.includes(failure) && outcome.status === 'done') {
              expect([name, outcome.note]).toEqual([name, expect.stringMatching(/\.$/)]);
              return requests;
            }
            expect([name, outcome.status]).toEqual([name, status]);
            expect(outcome.error).toMatch(/\.$/);
            expect(everything()).toEqual(before);
            expect(state()).toMatchObject({
              failures: status === 'failed' ? 1 : 0,
              error: outcome.error,
            });
            return requests;
          }),
        );
        expect(Math.max(...asked)).toBeGreaterThan(0);
      },
    );
  });
});

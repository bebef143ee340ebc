import { describe, expect, test, vi } from 'vitest';
import {
  Malformed,
  NotAllowed,
  RateLimited,
  type SourceError,
  Unavailable,
} from '../../src/errors.ts';
import { useBigQuery } from './bigquery-env.ts';
import { refusal } from './bigquery-server.ts';
import { NOW } from './cases.ts';
import { download } from './file-downloads.ts';
import { GB, prepare } from './warehouse.ts';

const server = useBigQuery();
const question = { projects: ['acme-rocket'], first: '2022-03-07', last: '2022-03-08' };

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

  test.each(['/nowhere/key.json', import.meta.filename])(
    'a key file that is none',
    async (path) => {
      vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path);
      const { warehouse, asking } = prepare();
      const asked = warehouse.ask(question, asking);
      await expect(asked).rejects.toThrow(/let GOOGLE_APPLICATION_CREDENTIALS name the key file/);
      expect(server().requests).toEqual([]);
    },
  );

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

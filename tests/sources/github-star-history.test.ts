import { afterEach, beforeEach, expect, test } from 'vitest';
import { Malformed, RateLimited } from '../../src/errors.ts';
import { starHistory } from '../../src/sources/github/star-history.ts';
import { fixture } from './cases.ts';
import { type Lab, startLab } from './github-lab.ts';
import { reply } from './server.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await startLab();
  lab.server.answer = reply(200, fixture('github-history.json'));
});
afterEach(() => lab.server.close());

const read = (context = {}) => lab.read(starHistory(lab.client), context);
const stars = (from: string) =>
  lab.all(
    `SELECT day, value, origin FROM series_day WHERE day >= '${from}' ORDER BY day`,
  ) as unknown[];

/** From the first star to the day before the polls of these tests. */
const WHOLE = [
  ['2022-02-22', 1],
  ['2022-02-23', 1],
  ['2022-02-24', 1],
  ['2022-02-25', 4],
  ['2022-02-26', 4],
  ['2022-02-27', 4],
  ['2022-02-28', 4],
  ['2022-03-01', 4],
  ['2022-03-02', 4],
  ['2022-03-03', 4],
  ['2022-03-04', 4],
  ['2022-03-05', 4],
  ['2022-03-06', 6],
  ['2022-03-07', 6],
  ['2022-03-08', 9],
  ['2022-03-09', 9],
] as const;

test('while no day is missing, nothing is asked', async () => {
  lab.know('history', ...WHOLE);
  expect(await read()).toMatchObject({ requests: 0, batches: 0, note: undefined });
});

test('days that nobody asked for are filled, and what is known stays', async () => {
  lab.know('history', ...WHOLE.slice(0, 12));
  lab.know('poll', ['2022-03-06', 8], ['2022-03-09', 12]);
  expect(await read()).toMatchObject({ requests: 1, rows: 2 });
  expect(stars('2022-03-05')).toEqual([
    ['2022-03-05', 4, 'history'],
    ['2022-03-06', 8, 'poll'],
    // Two of the eight were taken back since, and are not in the history any more.
    ['2022-03-07', 8, 'history'],
    ['2022-03-08', 11, 'history'],
    ['2022-03-09', 12, 'poll'],
  ]);
  expect(await read()).toMatchObject({ requests: 0 });
});

test('a later, smaller past does not replace the one that was read first', async () => {
  const larger = WHOLE.map(([day, value]) => [day, value + 3] as const);
  lab.know('history', ...larger.slice(0, -1));
  expect(await read()).toMatchObject({ rows: 1 });
  expect(stars('2022-03-08')).toEqual([
    ['2022-03-08', 12, 'history'],
    ['2022-03-09', 9, 'history'],
  ]);
});

test('without a day before the first poll, it is asked what there was', async () => {
  lab.know('poll', ['2022-03-10', 12]);
  expect(await read()).toMatchObject({ requests: 1, rows: WHOLE.length });
  expect(stars('2022-03-10')).toEqual([['2022-03-10', 12, 'poll']]);
});

test('who wants to have it read again, has it read again, but for our own totals', async () => {
  lab.know('history', ...WHOLE.map(([day, value]) => [day, value + 3] as const));
  lab.know('poll', ['2022-03-09', 12]);
  expect(await read({ since: '2022-03-08' })).toMatchObject({ rows: 1 });
  expect(stars('2022-03-07')).toEqual([
    ['2022-03-07', 9, 'history'],
    ['2022-03-08', 9, 'history'],
    ['2022-03-09', 12, 'poll'],
  ]);
  expect(await read({ from: '2022-01-01' })).toMatchObject({ requests: 1, rows: 0 });
});

test.each([
  ['Enterprise Server lacks it', reply(404, '{"message":"Not Found"}')],
  ['it is for owners only', reply(403, '{"message":"Must have push access"}')],
  ['it knows no such version', reply(400, '{"message":"not a supported version"}')],
  ['it is empty', reply(200, '[]')],
])('%s: the status says so', async (_name, answer) => {
  lab.server.answer = answer;
  const { note, rows } = await read();
  expect(note).toBe(
    'GitHub shows no star history of this repository, so days on which it was not asked stay empty.',
  );
  expect(rows).toBe(0);
});

test.each([
  ['a limit', reply(429, '{}', { 'retry-after': '600' }), RateLimited],
  ['another shape', reply(200, '{"weeks":[]}'), Malformed],
])('%s changes nothing, and is told', async (_name, answer, kind) => {
  lab.server.answer = answer;
  await expect(read()).rejects.toBeInstanceOf(kind);
  expect(stars('')).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { dayMs } from '../../db/days.ts';
import { providedDays } from '../../db/provided-days.ts';
import { NotAllowed } from '../../src/errors.ts';
import { DEPTH_DAYS } from '../../src/sources/pypi/ledger.ts';
import { useBigQuery } from './bigquery-env.ts';
import { download } from './file-downloads.ts';
import { prepareDownloads, rowsOf } from './pypi-days.ts';

const server = useBigQuery();
const prepare = (maxBytes?: number) => prepareDownloads(server, maxBytes);
const HOUR_MS = 3_600_000;
const YESTERDAY = '2022-03-09';

const at = (instant: string) => ({ now: Date.parse(instant) });

describe('which days are asked', () => {
  test('three months, the newest first, in ranges that are saved day by day', async () => {
    const { read } = prepare();
    const { ranges, batches } = await read(['acme-rocket']);
    expect(ranges).toEqual([
      '2022-02-08..2022-03-09 acme-rocket',
      '2022-01-09..2022-02-07 acme-rocket',
      '2021-12-10..2022-01-08 acme-rocket',
    ]);
    expect(batches).toBe(DEPTH_DAYS);
  });

  test('no day twice, not even one without downloads', async () => {
    const { read } = prepare();
    await read(['acme-rocket']);
    expect(await read(['acme-rocket'])).toMatchObject({ requests: 0, batches: 0, bytes: 0 });
  });

  test('yesterday is over some hours after midnight', async () => {
    const { read } = prepare();
    await read(['acme-rocket'], at('2022-03-10T23:00:00Z'));
    // Of the day before, all has arrived by now.
    expect((await read(['acme-rocket'], at('2022-03-11T05:59:00Z'))).ranges).toEqual([
      '2022-03-08..2022-03-08 acme-rocket',
    ]);
    expect((await read(['acme-rocket'], at('2022-03-11T06:00:00Z'))).ranges).toEqual([
      '2022-03-10..2022-03-10 acme-rocket',
    ]);
  });

  test('a day that was read early is read once more when all has arrived', async () => {
    const { db, read, rocket } = prepare();
    await read(['acme-rocket'], at('2022-03-10T07:00:00Z'));
    const settling = dayMs('2022-03-10') + 48 * HOUR_MS;
    expect((await read(['acme-rocket'], { now: settling - 1 })).ranges).toEqual([
      '2022-03-10..2022-03-10 acme-rocket',
      '2022-03-08..2022-03-08 acme-rocket',
    ]);
    server().table = [download({}, { day: YESTERDAY })];
    const { ranges } = await read(['acme-rocket'], { now: settling });
    expect(ranges).toEqual(['2022-03-09..2022-03-09 acme-rocket']);
    expect(rowsOf(db)).toContain(`${YESTERDAY} pypi.downloads   1`);
    expect(providedDays(db, rocket.id, YESTERDAY, YESTERDAY)[0]?.isSettled).toBe(true);
    expect((await read(['acme-rocket'], { now: settling + HOUR_MS })).ranges).toEqual([]);
  });

  test('a package that comes later is asked for by itself, then with the others', async () => {
    const { read } = prepare();
    await read(['acme-rocket']);
    const both = ['acme-anvil', 'acme-rocket'];
    const { ranges } = await read(both, at('2022-03-11T07:00:00Z'));
    expect(ranges).toEqual([
      '2022-03-10..2022-03-10 acme-anvil acme-rocket',
      '2022-03-09..2022-03-09 acme-anvil',
      // Read again for the one, for the first time for the other.
      '2022-03-08..2022-03-08 acme-anvil acme-rocket',
      '2022-02-06..2022-03-07 acme-anvil',
      '2022-01-07..2022-02-05 acme-anvil',
      '2021-12-11..2022-01-06 acme-anvil',
    ]);
  });

  test('a backfill reaches further and asks only for what is missing', async () => {
    const { read } = prepare();
    await read(['acme-rocket']);
    const { ranges } = await read(['acme-rocket'], { from: '2021-12-01' });
    expect(ranges).toEqual(['2021-12-01..2021-12-09 acme-rocket']);
  });

  test('many packages share a query, and few days of it', async () => {
    const { read } = prepare();
    const many = Array.from({ length: 100 }, (_, index) => `acme-${index}`);
    const { ranges } = await read(many, { from: '2022-02-28' });
    expect(ranges.map((range) => range.slice(0, 22))).toEqual([
      '2022-03-04..2022-03-09',
      '2022-02-28..2022-03-03',
    ]);
  });

  test('what was saved before a failure is not asked again', async () => {
    const { read } = prepare();
    let answers = 0;
    server().instead = (request) => {
      if (request === 'POST /projects/acme/jobs') answers += 1;
      return answers > 3 ? { status: 400, body: {} } : undefined;
    };
    await expect(read(['acme-rocket'])).rejects.toThrow();
    server().instead = () => undefined;
    expect((await read(['acme-rocket'])).ranges).toEqual([
      '2022-01-09..2022-02-07 acme-rocket',
      '2021-12-10..2022-01-08 acme-rocket',
    ]);
  });
});

describe('the limit', () => {
  test('a range that reads too much is asked in parts that fit', async () => {
    const { read } = prepare(50e9);
    server().bytesPerCell = 6e9;
    const { ranges } = await read(['acme-rocket'], { from: '2022-02-20' });
    expect(ranges).toEqual([
      '2022-03-02..2022-03-09 acme-rocket',
      '2022-02-22..2022-03-01 acme-rocket',
      '2022-02-20..2022-02-21 acme-rocket',
    ]);
    expect(
      server().asked.every(({ isDry, maximumBytesBilled: most }) => isDry || most === 50e9),
    ).toBe(true);
  });

  test('a day that reads too much is not asked, and the sentence says what to do', async () => {
    const { read } = prepare(50e9);
    server().bytesPerCell = 60e9;
    const error = await read(['acme-rocket']).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotAllowed);
    expect(String(error)).toMatch(/reads 60 GB .* limit is 50 GB: raise BIGQUERY_MAX_BYTES/);
    expect(server().asked.every(({ isDry }) => isDry)).toBe(true);
  });

  test('a day that might read too much, and reads less, is for BigQuery to judge', async () => {
    const { read } = prepare(50e9);
    server().mostPerCell = 200e9;
    const refused = read(['acme-rocket']);
    await expect(refused).rejects.toThrow(/reads 200 GB .* limit is 50 GB: raise BIGQUERY_MAX/);
    const sent = server().asked.filter(({ isDry }) => !isDry);
    expect(sent).toMatchObject([{ maximumBytesBilled: 50e9 }]);
  });

  test('a limit above what might be read is billed for what is read', async () => {
    const { read } = prepare(250e9);
    server().mostPerCell = 200e9;
    const { ranges, bytes } = await read(['acme-rocket'], { from: YESTERDAY });
    expect(ranges).toEqual([`${YESTERDAY}..${YESTERDAY} acme-rocket`]);
    expect(bytes).toBe(10 * 2 ** 20);
  });
});

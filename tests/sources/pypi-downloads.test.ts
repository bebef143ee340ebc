import { describe, expect, test } from 'vitest';
import { addDays, dayMs } from '../../db/days.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { providedDays } from '../../db/provided-days.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject } from '../../db/subjects.ts';
import { NotAllowed } from '../../src/errors.ts';
import { createWarehouse } from '../../src/sources/pypi/bigquery.ts';
import { createDownloads } from '../../src/sources/pypi/downloads.ts';
import { DEPTH_DAYS } from '../../src/sources/pypi/ledger.ts';
import { createPypi } from '../../src/sources/pypi.ts';
import type { CollectContext, Snapshot } from '../../src/sources/source.ts';
import { useBigQuery } from './bigquery-env.ts';
import { collect } from './collect.ts';
import { download, SOME_MIRROR } from './file-downloads.ts';

const server = useBigQuery();
const HOUR_MS = 3_600_000;
const YESTERDAY = '2022-03-09';

function prepare(maxBytes = 50e9) {
  const db = openDatabase(IN_MEMORY);
  const subjectOf = (key: string) => ensureSubject(db, 'pypi', key, key);
  const part = createDownloads(
    createWarehouse({ project: 'acme', maxBytes, maxRetryDelay: 0.001 }),
  );
  return {
    db,
    subjectOf,
    rocket: subjectOf('acme-rocket'),
    /** Reads `keys`, and answers what was asked for, newest first, dry runs left out. */
    async read(keys: readonly string[], context: Partial<CollectContext> = {}) {
      server().asked.length = 0;
      const collected = await collect(db, 'pypi', part, keys.map(subjectOf), context);
      const ranges = server()
        .asked.filter(({ isDry }) => !isDry)
        .map(({ projects, first, end }) => {
          const last = addDays(end.slice(0, 10), -1);
          return `${first.slice(0, 10)}..${last} ${projects.join(' ')}`;
        });
      return { ...collected, ranges };
    },
  };
}

const at = (instant: string) => ({ now: Date.parse(instant) });

function rowsOf(db: Db): unknown[] {
  return db
    .prepare(
      `SELECT day || ' ' || metric || ' ' || dimension || ' ' || member || ' ' || value
       FROM series JOIN series_day ON series_id = id ORDER BY 1`,
    )
    .pluck()
    .all();
}

describe('the numbers of a day', () => {
  test('people, mirrors, and every part; what nobody told is unknown', async () => {
    const { db, read, rocket } = prepare();
    server().table = [
      download({
        python: '3.10.4',
        system: { name: 'Linux', release: '5.10.0-1113-aws' },
        distro: { name: 'Ubuntu' },
        ci: true,
      }),
      download({ installer: 'uv', python: '3.1.5', system: { name: 'Linux' } }),
      download({ installer: SOME_MIRROR }),
      download({ installer: null }),
      download({}, { project: 'acme-anvil' }),
    ];
    const { rows } = await read(['acme-rocket']);
    expect(rowsOf(db)).toEqual(
      [
        'pypi.downloads   2',
        'pypi.downloads ci unknown 1',
        'pypi.downloads ci yes 1',
        'pypi.downloads cloud AWS 1',
        'pypi.downloads cloud unknown 1',
        'pypi.downloads country US 2',
        'pypi.downloads distro Ubuntu 1',
        'pypi.downloads distro unknown 1',
        'pypi.downloads installer pip 1',
        'pypi.downloads installer uv 1',
        'pypi.downloads python 3.1 1',
        'pypi.downloads python 3.10 1',
        'pypi.downloads system Linux 2',
        'pypi.downloads version 1.0 2',
        'pypi.mirror_downloads   2',
      ].map((row) => `2022-03-08 ${row}`),
    );
    expect(rows).toBe(15);
    const complete = db.prepare('SELECT DISTINCT complete_through FROM series').pluck().all();
    expect(complete).toEqual([YESTERDAY]);
    expect(providedDays(db, rocket.id, '2022-03-08', YESTERDAY)).toMatchObject([
      { day: '2022-03-08', provider: 'bigquery', isSettled: false },
      { day: YESTERDAY, provider: 'bigquery', isSettled: false },
    ]);
  });

  test('read again they are the same, and no change', async () => {
    const { db, read } = prepare();
    server().table = [download(), download({ python: '3.9' })];
    await read(['acme-rocket']);
    const before = rowsOf(db);
    expect(await read(['acme-rocket'], { since: '2022-03-01' })).toMatchObject({ rows: 0 });
    expect(rowsOf(db)).toEqual(before);
  });

  test('a version that nobody loads any more does not stay', async () => {
    const { db, read } = prepare();
    server().table = [download(), download({}, { file: { version: '2.0' } })];
    await read(['acme-rocket']);
    server().table = [download()];
    await read(['acme-rocket'], { since: '2022-03-08' });
    expect(rowsOf(db)).not.toContain('2022-03-08 pypi.downloads version 2.0 1');
    expect(rowsOf(db)).toContain('2022-03-08 pypi.downloads version 1.0 1');
  });
});

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
});

describe('two providers', () => {
  const pypistats: Snapshot = {
    kind: 'overall',
    takenAt: '2022-03-10T09:30:00Z',
    body: JSON.stringify({
      data: ['2022-03-07', '2022-03-08'].flatMap((date) => [
        { category: 'without_mirrors', date, downloads: 70 },
        { category: 'with_mirrors', date, downloads: 90 },
      ]),
    }),
  };

  /** What the poller does with the headline numbers. */
  function keep(db: Db, subject: ReturnType<typeof ensureSubject>, snapshot: Snapshot): void {
    const source = createPypi({ apiUrl: 'http://127.0.0.1:1' });
    for (const { metric, kind, origin, values } of source.daily(snapshot)) {
      const key = { subjectId: subject.id, metric, kind };
      saveDays(db, key, values, { origin, seenAt: snapshot.takenAt });
    }
    source.save?.(db, subject, snapshot);
  }

  test('BigQuery takes the place of pypistats day by day, never within a day', async () => {
    const { db, read, rocket } = prepare();
    keep(db, rocket, pypistats);
    const split = {
      subjectId: rocket.id,
      metric: 'pypi.downloads',
      dimension: 'python',
      kind: 'count',
    } as const;
    saveDays(db, { ...split, member: '2.7' }, [{ day: '2022-03-08', value: 70 }], {
      origin: 'history',
      seenAt: pypistats.takenAt,
    });
    expect(providedDays(db, rocket.id, '2022-03-07', '2022-03-08')).toMatchObject([
      { provider: 'pypistats' },
      { provider: 'pypistats' },
    ]);
    server().table = [download({ python: '3.12.1' })];
    await read(['acme-rocket'], { from: '2022-03-08' });
    const rows = rowsOf(db);
    expect(rows).toContain('2022-03-07 pypi.downloads   70');
    expect(rows).toContain('2022-03-07 pypi.mirror_downloads   20');
    expect(rows).toContain('2022-03-08 pypi.downloads   1');
    expect(rows).toContain('2022-03-08 pypi.mirror_downloads   0');
    expect(rows).toContain('2022-03-08 pypi.downloads python 3.12 1');
    expect(rows).not.toContain('2022-03-08 pypi.downloads python 2.7 70');
    expect(providedDays(db, rocket.id, '2022-03-07', '2022-03-08')).toMatchObject([
      { provider: 'pypistats' },
      { provider: 'bigquery' },
    ]);
  });

  test('pypistats never takes back what BigQuery told', async () => {
    const { db, read, rocket } = prepare();
    server().table = [download()];
    await read(['acme-rocket'], { from: '2022-03-08' });
    keep(db, rocket, { ...pypistats, takenAt: '2022-03-20T09:30:00Z' });
    const rows = rowsOf(db);
    expect(rows).toContain('2022-03-08 pypi.downloads   1');
    expect(rows).toContain('2022-03-08 pypi.mirror_downloads   0');
    expect(rows).toContain('2022-03-07 pypi.downloads   70');
    expect(providedDays(db, rocket.id, '2022-03-07', '2022-03-08')).toMatchObject([
      { provider: 'pypistats' },
      { provider: 'bigquery' },
    ]);
  });
});

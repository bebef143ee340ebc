import { describe, expect, test } from 'vitest';
import type { Db } from '../../db/open.ts';
import { providedDays } from '../../db/provided-days.ts';
import { saveDays } from '../../db/series.ts';
import type { Subject } from '../../db/subjects.ts';
import { createPypi } from '../../src/sources/pypi.ts';
import type { Snapshot } from '../../src/sources/source.ts';
import { useBigQuery } from './bigquery-env.ts';
import { download, SOME_MIRROR } from './file-downloads.ts';
import { prepareDownloads, rowsOf } from './pypi-days.ts';

const server = useBigQuery();
const prepare = () => prepareDownloads(server);
const YESTERDAY = '2022-03-09';

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
  function keep(db: Db, subject: Subject, snapshot: Snapshot): void {
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

import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { newestForkAt, saveForks } from '../../db/github-forks.ts';
import { type Release, replaceReleases } from '../../db/github-releases.ts';
import { saveCodeWeeks, saveLanguages, starDays } from '../../db/github-repositories.ts';
import { type Db, IN_MEMORY, openDatabase } from '../../db/open.ts';
import { saveDays } from '../../db/series.ts';
import { ensureSubject } from '../../db/subjects.ts';

let db: Db;
let id: number;
let otherId: number;
beforeEach(() => {
  db = openDatabase(IN_MEMORY);
  id = ensureSubject(db, 'github', 'acme/rocket', 'Acme/Rocket').id;
  otherId = ensureSubject(db, 'github', 'acme/anvil', 'Acme/Anvil').id;
});

const published = { author: null, isPrerelease: false, publishedAt: '2022-02-01T12:00:00Z' };
const asset = fc.record({
  id: fc.integer({ min: 1, max: 9 }),
  name: fc.constantFrom('rocket.tar.gz', 'rocket.zip'),
  sizeBytes: fc.nat(9),
  downloads: fc.nat(9),
});
/** An asset belongs to one release: their numbers don't overlap. */
const release = fc
  .record({
    id: fc.integer({ min: 1, max: 4 }),
    name: fc.option(fc.constantFrom('one', 'two')),
    assets: fc.uniqueArray(asset, { selector: (file) => file.id, maxLength: 3 }),
  })
  .map(
    (found): Release => ({
      ...published,
      ...found,
      tag: `v${found.id}`,
      assets: found.assets.map((file) => ({ ...file, id: found.id * 10 + file.id })),
    }),
  );
const releases = fc.uniqueArray(release, { selector: (found) => found.id, maxLength: 4 });

function stored(subjectId: number): unknown {
  const rows = db.prepare('SELECT id, tag, name FROM github_release WHERE subject_id = ?');
  const files = db.prepare(
    `SELECT release_id, id, name, size_bytes, downloads FROM github_release_asset
     WHERE subject_id = ?`,
  );
  return [rows.raw().all(subjectId), files.raw().all(subjectId)];
}

function expected(all: readonly Release[]): unknown {
  const sorted = all.toSorted((a, b) => a.id - b.id);
  return [
    sorted.map((one) => [one.id, one.tag, one.name]),
    sorted.flatMap((one) =>
      one.assets
        .toSorted((a, b) => a.id - b.id)
        .map((file) => [one.id, file.id, file.name, file.sizeBytes, file.downloads]),
    ),
  ];
}

test('whatever releases there were, those of the last reading are what there is', () => {
  const untouched: Release = { ...published, id: 1, tag: 'v1', name: null, assets: [] };
  replaceReleases(db, otherId, [untouched]);
  fc.assert(
    fc.property(fc.array(releases, { minLength: 1, maxLength: 5 }), (readings) => {
      for (const reading of readings) {
        const was = JSON.stringify(stored(id));
        const changed = replaceReleases(db, id, reading);
        expect(changed > 0).toBe(was !== JSON.stringify(stored(id)));
        expect(stored(id)).toEqual(expected(reading));
      }
      expect(replaceReleases(db, id, readings.at(-1) ?? [])).toBe(0);
    }),
  );
  expect(stored(otherId)).toEqual(expected([untouched]));
});

test('a fork counts once, under its newest name', () => {
  const fork = { id: 7, fullName: 'a/rocket', owner: 'a', createdAt: '2022-02-01T12:00:00Z' };
  expect(newestForkAt(db, id)).toBeUndefined();
  expect(saveForks(db, id, [fork])).toBe(1);
  expect(saveForks(db, id, [fork])).toBe(0);
  expect(saveForks(db, id, [{ ...fork, fullName: 'b/rocket', owner: 'b' }])).toBe(1);
  expect(newestForkAt(db, id)).toBe('2022-02-01T12:00:00Z');
  expect(newestForkAt(db, otherId)).toBeUndefined();
});

test('weeks of code are counted when they are new or have changed', () => {
  const week = { week: '2022-02-20', additions: 3, deletions: 1 };
  expect(saveCodeWeeks(db, id, [week, { ...week, week: '2022-02-27' }])).toBe(2);
  expect(saveCodeWeeks(db, id, [week, { ...week, week: '2022-02-27', additions: 4 }])).toBe(1);
});

test('languages of a repository whose facts are unknown change nothing', () => {
  expect(saveLanguages(db, id, { Java: 1 })).toBe(0);
});

test('the days of stars are those of the one repository, undivided', () => {
  const key = { metric: 'github.stars', kind: 'total' } as const;
  const told = { origin: 'poll', seenAt: '2022-03-10T00:00:00Z' } as const;
  saveDays(db, { ...key, subjectId: id }, [{ day: '2022-03-09', value: 1 }], told);
  saveDays(db, { ...key, subjectId: otherId }, [{ day: '2022-03-08', value: 1 }], told);
  const forks = { subjectId: id, metric: 'github.forks', kind: 'total' } as const;
  saveDays(db, forks, [{ day: '2022-03-07', value: 1 }], told);
  expect(starDays(db, id)).toMatchObject([{ day: '2022-03-09', origin: 'poll' }]);
});

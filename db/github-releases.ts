import { bounds, type Days } from './github-activity.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** A file that comes with a release. */
interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  /** Downloads since it was uploaded. */
  readonly downloads: number;
}

export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly name: string | null;
  /** Null for an account that is gone. */
  readonly author: string | null;
  readonly isPrerelease: boolean;
  /** ISO instant. */
  readonly publishedAt: string;
  readonly assets: readonly ReleaseAsset[];
}

/**
 * Makes `releases` all that a repository has, and returns how many releases and assets are new,
 * changed or gone.
 */
export function replaceReleases(db: Db, subjectId: number, releases: readonly Release[]): number {
  let changed = dropOthers(db, subjectId, releases);
  for (const { assets, ...release } of releases) {
    changed += saveRelease(db, subjectId, release);
    for (const asset of assets) changed += saveAsset(db, subjectId, release.id, asset);
  }
  return changed;
}

function dropOthers(db: Db, subjectId: number, releases: readonly Release[]): number {
  const ids = JSON.stringify(releases.map(({ id }) => id));
  const assetIds = JSON.stringify(releases.flatMap(({ assets }) => assets.map(({ id }) => id)));
  const goneAssets = statement(
    db,
    `DELETE FROM github_release_asset WHERE subject_id = ?
       AND id NOT IN (SELECT value FROM json_each(?))`,
  ).run(subjectId, assetIds);
  const gone = statement(
    db,
    `DELETE FROM github_release WHERE subject_id = ?
       AND id NOT IN (SELECT value FROM json_each(?))`,
  ).run(subjectId, ids);
  return goneAssets.changes + gone.changes;
}

function saveRelease(db: Db, subjectId: number, release: Omit<Release, 'assets'>): number {
  return statement(
    db,
    `INSERT INTO github_release (subject_id, id, tag, name, author, is_prerelease, published_at)
     VALUES (@subjectId, @id, @tag, @name, @author, @isPrerelease, @publishedAt)
     ON CONFLICT DO UPDATE SET tag = excluded.tag, name = excluded.name,
       author = excluded.author, is_prerelease = excluded.is_prerelease,
       published_at = excluded.published_at
     WHERE (tag, name, author, is_prerelease, published_at) IS NOT
       (excluded.tag, excluded.name, excluded.author, excluded.is_prerelease,
         excluded.published_at)`,
  ).run({ ...release, subjectId, isPrerelease: release.isPrerelease ? 1 : 0 }).changes;
}

function saveAsset(db: Db, subjectId: number, releaseId: number, asset: ReleaseAsset): number {
  return statement(
    db,
    `INSERT INTO github_release_asset (subject_id, release_id, id, name, size_bytes, downloads)
     VALUES (@subjectId, @releaseId, @id, @name, @sizeBytes, @downloads)
     ON CONFLICT DO UPDATE SET name = excluded.name, size_bytes = excluded.size_bytes,
       downloads = excluded.downloads
     WHERE (name, size_bytes, downloads) IS NOT
       (excluded.name, excluded.size_bytes, excluded.downloads)`,
  ).run({ ...asset, subjectId, releaseId }).changes;
}

/** How often the files of all releases were loaded; undefined where there are none. */
export function downloadsOf(db: Db, subjectId: number): number | undefined {
  const sum = statement(db, 'SELECT sum(downloads) FROM github_release_asset WHERE subject_id = ?')
    .pluck()
    .get(subjectId) as number | null;
  return sum ?? undefined;
}

/** A release, with the repository it is of. */
export interface PublishedRelease {
  readonly subjectId: number;
  readonly subjectName: string;
  readonly tag: string;
  readonly isPrerelease: boolean;
  /** ISO instant. */
  readonly publishedAt: string;
}

/** The releases that were published on those days, oldest first. */
export function releasesIn(db: Db, subjectIds: readonly number[], days: Days): PublishedRelease[] {
  const rows = statement<Omit<PublishedRelease, 'isPrerelease'> & { isPrerelease: number }>(
    db,
    `SELECT subject_id AS subjectId, subject.name AS subjectName, tag,
       is_prerelease AS isPrerelease, published_at AS publishedAt
     FROM json_each(@ids) CROSS JOIN github_release ON subject_id = value
     JOIN subject ON subject.id = subject_id
     WHERE published_at >= @from AND published_at < @until ORDER BY published_at, subject.key, tag`,
  ).all({ ids: JSON.stringify(subjectIds), ...bounds(days) });
  return rows.map((row) => ({ ...row, isPrerelease: row.isPrerelease === 1 }));
}

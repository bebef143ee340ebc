import type { Advisory, OrderedVersions } from '../db/advisories.ts';
import type { Day } from '../db/days.ts';
import { firstIndex } from '../db/first-index.ts';
import { earliest } from './extent.ts';
import { byRelease, isRelease } from './releases.ts';

/** A release that an advisory names as fixed. */
export interface Fix {
  readonly version: string;
  /** The first day it was downloaded on; undefined where it is not known. */
  readonly day: Day | undefined;
}

/** The releases of a package that were ever downloaded, oldest first, and since when. */
export interface Releases {
  readonly inOrder: readonly string[];
  readonly firstSeen: ReadonlyMap<string, Day>;
  /** The first day of the record. */
  readonly begin: Day | undefined;
}

export function releasesOf(
  { inOrder }: OrderedVersions,
  firstSeen: ReadonlyMap<string, Day>,
): Releases {
  const begin = earliest(inOrder.flatMap((version) => firstSeen.get(version) ?? []));
  return { inOrder, firstSeen, begin };
}

/** The releases that an advisory names as fixed, the oldest first. */
export function fixesOf({ ranges }: Pick<Advisory, 'ranges'>, releases: Releases): Fix[] {
  const fixed = ranges.flatMap((range) =>
    'fixed' in range && range.fixed && isRelease(range.fixed) ? [range.fixed] : [],
  );
  return [...new Set(fixed)].toSorted(byRelease).map((version) => {
    return { version, day: firstDayOf(version, releases) };
  });
}

/** What to update to: the oldest of the fixes that is newer than a version. */
export function fixFor<F extends Pick<Fix, 'version'>>(
  fixes: readonly F[],
  { inOrder }: Releases,
): (version: string) => F | undefined {
  const starts = fixes.map((fix) => ({ fix, at: indexOf(fix.version, inOrder) }));
  const places = new Map(inOrder.map((version, at) => [version, at]));
  return (version) => {
    const place = places.get(version);
    return place === undefined ? undefined : starts.find(({ at }) => at > place)?.fix;
  };
}

function firstDayOf(version: string, { inOrder, firstSeen, begin }: Releases): Day | undefined {
  const found = inOrder[indexOf(version, inOrder)];
  if (found === undefined || byRelease(found, version) !== 0) return undefined;
  const day = firstSeen.get(found);
  // Downloaded from the first day of the record on: it may be older.
  return day === begin ? undefined : day;
}

/** Where a version is in `inOrder`, or would be. */
function indexOf(version: string, inOrder: readonly string[]): number {
  return firstIndex(inOrder, (one) => byRelease(one, version) >= 0);
}

import { compare, explain, type Pep440Version } from '@renovatebot/pep440';
import { UNKNOWN } from '../db/pypi.ts';
import { sum } from '../db/statistics.ts';
import { MOST_MEMBERS, OTHER } from './parts.ts';

/** How releases are put together: not at all, by minor series (`1.4.x`) or by major one (`1.x`). */
export type Grouping = 'release' | 'minor' | 'major';

const GROUPINGS: readonly Grouping[] = ['release', 'minor', 'major'];

/** The share of downloads that the eight lines of a chart should hold. */
const ENOUGH = 0.8;
/** Fewer lines than this say less than the releases themselves. */
const LEAST_LINES = 3;

/** True for a version that PEP 440 can read. */
export function isRelease(version: string): boolean {
  return explain(version) !== null;
}

/** True for a release that is no alpha, beta, candidate or development version. */
export function isFinal(version: string): boolean {
  const read = explain(version);
  return read !== null && !read.is_prerelease;
}

/** By the order of PEP 440, the oldest first. Both must be readable. */
export function byRelease(a: string, b: string): number {
  return compare(a, b);
}

/** The line that a version belongs to; "other" for one that can't be read. */
export function lineOf(version: string, grouping: Grouping): string {
  if (version === UNKNOWN) return UNKNOWN;
  const read = explain(version);
  if (!read) return OTHER;
  return grouping === 'release' ? version : seriesName(read, grouping);
}

function seriesName({ epoch, release }: Pep440Version, grouping: 'minor' | 'major'): string {
  const numbers = grouping === 'minor' ? [release[0] ?? 0, release[1] ?? 0] : [release[0] ?? 0];
  return `${epoch === 0 ? '' : `${epoch}!`}${numbers.join('.')}.x`;
}

/** Lines by the order of their releases, the oldest first. */
export function byLine(a: string, b: string): number {
  return compare(a.replace(/\.x$/, ''), b.replace(/\.x$/, ''));
}

/**
 * The finest grouping of which the eight biggest lines hold four fifths of the downloads; where
 * none does, the one whose eight hold the most.
 *
 * @param downloads of each version
 */
export function groupingFor(downloads: ReadonlyMap<string, number>): Grouping {
  const choices = GROUPINGS.flatMap((grouping) => {
    const lines = new Map<string, number>();
    for (const [version, value] of downloads) {
      const line = lineOf(version, grouping);
      if (line === OTHER || line === UNKNOWN) continue;
      lines.set(line, (lines.get(line) ?? 0) + value);
    }
    if (grouping !== 'release' && lines.size < LEAST_LINES) return [];
    const sizes = [...lines.values()].toSorted((a, b) => b - a);
    const all = sum(sizes);
    const held = sum(sizes.slice(0, MOST_MEMBERS));
    return [{ grouping, share: all > 0 ? held / all : 1 }];
  });
  const fine = choices.find(({ share }) => share >= ENOUGH);
  const best = choices.toSorted((a, b) => b.share - a.share)[0];
  return (fine ?? best)?.grouping ?? 'release';
}

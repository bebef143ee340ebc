import {
  type Advisory,
  advisoryName,
  affectedOf,
  orderVersions,
  vulnerabilitiesOf,
} from '../../db/advisories.ts';
import { ALL_SUBJECTS, collectionOf } from '../../db/collections.ts';
import type { Day } from '../../db/days.ts';
import { dayOf } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { type Fix, fixesOf, type Releases, releasesOf } from '../fixes.ts';
import { type Part, type PartSpans, partsOf } from '../parts.ts';
import type { SplitDays } from '../splits.ts';

/** A vulnerability, and the downloads of the versions that have it. */
export interface Exposed {
  /** The CVE number where there is one. */
  readonly name: string;
  readonly summary: string;
  readonly severity: string | null;
  readonly published: Day;
  /** The oldest first; empty where no fix is known. */
  readonly fixes: readonly Fix[];
  readonly downloads: Part;
}

/** What is loaded of versions with a known vulnerability. */
export interface Exposure {
  /** The day of the last look at the advisories; undefined before the first one. */
  readonly checked: Day | undefined;
  /** How many vulnerabilities are known, those that nobody loads any more included. */
  readonly known: number;
  /** Those whose versions were loaded in the range, the most downloads first. */
  readonly advisories: readonly Exposed[];
  /** The downloads of versions with any of them; undefined without one. */
  readonly any: Part | undefined;
}

const CHECK = { source: 'pypi', subjectId: ALL_SUBJECTS, part: 'advisories' } as const;

export function readExposure(
  db: Db,
  subjectId: number,
  split: SplitDays,
  spans: PartSpans,
): Exposure {
  const known = vulnerabilitiesOf(db, subjectId);
  const doneAt = collectionOf(db, CHECK)?.doneAt;
  const versions = orderVersions(split.members.keys());
  const found = known.map((advisory) => {
    const affected = [...affectedOf(advisory, versions)];
    return { advisory, affected, downloads: sumOf(split, affected, spans) };
  });
  const loaded = found
    .filter(({ downloads }) => downloads.total > 0)
    .toSorted((a, b) => b.downloads.total - a.downloads.total);
  const releases = releasesOf(versions, split.firstSeen);
  const any = new Set(loaded.flatMap(({ affected }) => affected));
  return {
    checked: doneAt ? dayOf(Date.parse(doneAt)) : undefined,
    known: known.length,
    advisories: loaded.map(({ advisory, downloads }) => exposed(advisory, downloads, releases)),
    any: loaded.length > 0 ? sumOf(split, [...any], spans) : undefined,
  };
}

function sumOf(split: SplitDays, versions: readonly string[], spans: PartSpans): Part {
  const sum = new Float64Array(split.totals.length);
  for (const version of versions) {
    const values = split.members.get(version) ?? sum.subarray(0, 0);
    for (let at = 0; at < values.length; at++)
      sum[at] = (sum[at] as number) + (values[at] as number);
  }
  const { parts } = partsOf({ ...split, members: new Map([['', sum]]) }, spans);
  const none = { sums: spans.spans.map(() => 0), weeks: spans.weekSpans.map(() => 0), total: 0 };
  return parts[0] ?? { name: '', kind: 'member', ...none };
}

function exposed(advisory: Advisory, downloads: Part, releases: Releases): Exposed {
  return {
    name: advisoryName(advisory),
    summary: advisory.summary,
    severity: advisory.severity,
    published: advisory.publishedAt.slice(0, 10),
    fixes: fixesOf(advisory, releases),
    downloads,
  };
}

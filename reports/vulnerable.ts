import {
  type Advisory,
  advisoryName,
  affectedOf,
  orderVersions,
  vulnerabilitiesOf,
} from '../db/advisories.ts';
import { addDays, type Day, daysBetween } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { DOWNLOADS, UNKNOWN } from '../db/pypi.ts';
import { type SplitColumn, seriesOfSubject, splitColumns } from '../db/series.ts';
import { type Fix, fixesOf, fixFor, releasesOf } from './fixes.ts';
import { isolated, listed, percent, plural } from './words.ts';

/** What the downloads of a week say about the versions with a vulnerability that is long fixed. */
export interface VulnerableShare {
  readonly from: Day;
  readonly to: Day;
  /** Of the downloads whose version is known, 0 to 1. */
  readonly share: number;
  /** The vulnerabilities that the loaded versions have, by the number people know. */
  readonly names: readonly string[];
  /** The releases that fixed them, and for how many days the first of these has been there. */
  readonly fixes: readonly string[];
  readonly days: number;
  /** The same of every known vulnerability, whenever it was fixed, if at all. */
  readonly anyShare: number;
  readonly anyNames: readonly string[];
}

/** A fix that is younger is still on its way to those who update. */
const FIXED_DAYS = 30;

const DAYS = 7;
const LEAST_DAYS = 5;

/**
 * Of the week that ends with the day `to`; undefined where its versions are not known. Without a
 * vulnerability that was fixed 30 days before or earlier, the share is zero.
 */
export function readVulnerable(db: Db, subjectId: number, to: Day): VulnerableShare | undefined {
  const from = addDays(to, 1 - DAYS);
  const known = vulnerabilitiesOf(db, subjectId);
  if (known.length === 0) {
    return { from, to, share: 0, names: [], fixes: [], days: 0, anyShare: 0, anyNames: [] };
  }
  const columns = splitColumns(db, subjectId, DOWNLOADS, 'version', { from, to }).filter(
    ({ member }) => member !== UNKNOWN,
  );
  const downloads = new Map(columns.map(({ member, values }) => [member, knownSum(values)]));
  const all = knownSum(downloads.values());
  if (daysTold(columns) < LEAST_DAYS || all === 0) return undefined;
  const versions = orderVersions(downloads.keys());
  const releases = releasesOf(versions, new Map(columns.map((one) => [one.member, one.first])));
  const loaded = known.flatMap((advisory): Loaded[] => {
    const published = advisory.publishedAt.slice(0, 10);
    const fixOf = fixFor(fixesOf(advisory, releases), releases);
    return [...affectedOf(advisory, versions)].flatMap((version): Loaded[] => {
      if (!((downloads.get(version) ?? 0) > 0)) return [];
      const fix = fixOf(version);
      return [{ advisory, version, fix, days: fix ? daysBetween(fix.day ?? published, to) : 0 }];
    });
  });
  const long = loaded.filter(({ fix, days }) => fix && days >= FIXED_DAYS);
  const shareOf = (some: readonly Loaded[]) => {
    const versions = new Set(some.map(({ version }) => version));
    return knownSum([...versions].map((version) => downloads.get(version) ?? 0)) / all;
  };
  return {
    from,
    to,
    share: shareOf(long),
    names: namesOf(long),
    fixes: [...new Set(long.flatMap(({ fix }) => fix?.version ?? []))],
    days: Math.max(0, ...long.map(({ days }) => days)),
    anyShare: shareOf(loaded),
    anyNames: namesOf(loaded),
  };
}

/** Of the latest week that is known; undefined where none is. */
export function latestVulnerable(db: Db, subjectId: number): VulnerableShare | undefined {
  const to = seriesOfSubject(db, subjectId, DOWNLOADS)?.completeThrough;
  return to ? readVulnerable(db, subjectId, to) : undefined;
}

/** A version with a vulnerability that people load, and for how many days a release has fixed it. */
interface Loaded {
  readonly advisory: Advisory;
  readonly version: string;
  /** Undefined where nothing fixes it yet. */
  readonly fix: Fix | undefined;
  readonly days: number;
}

function namesOf(loaded: readonly Loaded[]): string[] {
  return [...new Set(loaded.map(({ advisory }) => advisoryName(advisory)))];
}

/** What is still vulnerable when most downloads are no longer of what was fixed long ago; none where nothing is. */
export function stillVulnerableSentence(found: VulnerableShare): string {
  const { anyShare, anyNames } = found;
  if (anyShare === 0) return '';
  return `${percent(anyShare)} of the newest week’s downloads are of versions with a known vulnerability (${listed(anyNames.map(isolated), 3)}).`;
}

/** `78% of a week’s downloads of shoal are of versions with CVE-2026-1, 40 days after the fix in 2.0.` */
export function vulnerableSentence(name: string, found: VulnerableShare | undefined): string {
  if (!found || found.names.length === 0) {
    return `Most downloads are of vulnerable versions of ${isolated(name)}.`;
  }
  const { share, names, fixes, days } = found;
  const what =
    names.length > 2
      ? plural(names.length, 'known vulnerability', 'known vulnerabilities')
      : listed(names.map(isolated));
  return `${percent(share)} of a week’s downloads of ${isolated(name)} are of versions with ${what}, ${plural(days, 'day')} after the fix in ${listed(fixes.map(isolated), 3)}.`;
}

function daysTold(columns: readonly SplitColumn[]): number {
  const days = new Set<number>();
  for (const { values } of columns) {
    for (const [at, value] of values.entries()) if (!Number.isNaN(value)) days.add(at);
  }
  return days.size;
}

function knownSum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) if (!Number.isNaN(value)) total += value;
  return total;
}

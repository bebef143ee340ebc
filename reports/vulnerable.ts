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
import { fixesOf, fixFor, releasesOf } from './fixes.ts';
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
  if (known.length === 0) return { from, to, share: 0, names: [], fixes: [], days: 0 };
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
      const fix = (downloads.get(version) ?? 0) > 0 ? fixOf(version) : undefined;
      const days = fix ? daysBetween(fix.day ?? published, to) : 0;
      return fix && days >= FIXED_DAYS ? [{ advisory, version, fix: fix.version, days }] : [];
    });
  });
  const vulnerable = new Set(loaded.map(({ version }) => version));
  return {
    from,
    to,
    share: knownSum([...vulnerable].map((version) => downloads.get(version) ?? 0)) / all,
    names: [...new Set(loaded.map(({ advisory }) => advisoryName(advisory)))],
    fixes: [...new Set(loaded.map(({ fix }) => fix))],
    days: Math.max(0, ...loaded.map(({ days }) => days)),
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
  readonly fix: string;
  readonly days: number;
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

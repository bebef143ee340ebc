import {
  type Advisory,
  advisoryName,
  affectedOf,
  orderVersions,
  vulnerabilitiesOf,
} from '../db/advisories.ts';
import { addDays, type Day, daysBetween } from '../db/days.ts';
import type { Db } from '../db/open.ts';
import { splitColumns } from '../db/series.ts';
import { isolated, listed, percent, plural } from './words.ts';

/** What the downloads of a week tell of the versions with a vulnerability that is long fixed. */
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
export const FIXED_DAYS = 30;

const DAYS = 7;
const LEAST_DAYS = 5;
const UNTOLD = 'unknown';

/**
 * Of the week that ends with the day `to`; undefined where its versions are not known, or no
 * vulnerability was fixed more than 30 days before.
 */
export function readVulnerable(db: Db, subjectId: number, to: Day): VulnerableShare | undefined {
  const known = vulnerabilitiesOf(db, subjectId);
  if (known.length === 0) return undefined;
  const from = addDays(to, 1 - DAYS);
  const columns = splitColumns(db, subjectId, 'pypi.downloads', 'version', { from, to }).filter(
    ({ member }) => member !== UNTOLD,
  );
  if (daysTold(columns) < LEAST_DAYS) return undefined;
  const versions = orderVersions(columns.map(({ member }) => member));
  const firstSeen = new Map(columns.map(({ member, first }) => [member, first]));
  const fixed = known.flatMap((advisory) => {
    const fix = fixOf(advisory, firstSeen);
    const isOld = fix !== undefined && daysBetween(fix.day, to) >= FIXED_DAYS;
    return isOld ? [{ advisory, fix, affected: affectedOf(advisory, versions) }] : [];
  });
  if (fixed.length === 0) return undefined;
  const downloads = new Map(columns.map(({ member, values }) => [member, sum(values)]));
  const all = sum(downloads.values());
  if (all === 0) return undefined;
  const loaded = fixed.filter(({ affected }) =>
    [...affected].some((version) => (downloads.get(version) ?? 0) > 0),
  );
  const vulnerable = new Set(loaded.flatMap(({ affected }) => [...affected]));
  return {
    from,
    to,
    share: sum([...vulnerable].map((version) => downloads.get(version) ?? 0)) / all,
    names: loaded.map(({ advisory }) => advisoryName(advisory)),
    fixes: [...new Set(loaded.map(({ fix }) => fix.version))],
    days: Math.max(0, ...loaded.map(({ fix }) => daysBetween(fix.day, to))),
  };
}

/** `78% of the downloads of shoal were of versions with CVE-2026-1 (16 to 22 Nov), …` */
export function vulnerableSentence(name: string, { share, names, fixes, days }: VulnerableShare) {
  const what =
    names.length > 2
      ? plural(names.length, 'known vulnerability', 'known vulnerabilities')
      : listed(names.map(isolated));
  return `${percent(share)} of a week’s downloads of ${isolated(name)} are of versions with ${what}, ${plural(days, 'day')} after the fix in ${listed(fixes.map(isolated), 3)}.`;
}

interface Column {
  readonly member: string;
  readonly first: Day;
  readonly values: Float64Array;
}

function daysTold(columns: readonly Column[]): number {
  const days = new Set<number>();
  for (const { values } of columns) {
    for (const [at, value] of values.entries()) if (!Number.isNaN(value)) days.add(at);
  }
  return days.size;
}

/**
 * The first release that an advisory names as fixed, and since when it has been there: its first
 * download, or the advisory itself where the record begins with it.
 */
function fixOf(
  { ranges, publishedAt }: Advisory,
  firstSeen: ReadonlyMap<string, Day>,
): { readonly version: string; readonly day: Day } | undefined {
  const versions = ranges.flatMap((range) =>
    'fixed' in range && range.fixed ? [range.fixed] : [],
  );
  const begin = [...firstSeen.values()].toSorted()[0];
  const published = publishedAt.slice(0, 10);
  const dated = versions.map((version) => {
    const first = firstSeen.get(version);
    return { version, day: first === undefined || first === begin ? published : first };
  });
  return dated.toSorted((a, b) => (a.day < b.day ? -1 : 1))[0];
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) if (!Number.isNaN(value)) total += value;
  return total;
}

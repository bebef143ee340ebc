import { clean, compare, ge, le } from '@renovatebot/pep440';
import { firstIndex } from './first-index.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';

/** Versions from `introduced` (`0`: from the very first) to before `fixed`, or through `lastAffected`. */
export interface VersionRange {
  readonly introduced: string;
  readonly fixed?: string;
  readonly lastAffected?: string;
}

/** Versions that are named one by one. */
export interface VersionList {
  readonly versions: readonly string[];
}

/** A known vulnerability of a package. */
export interface Advisory {
  /** The id in the database that lists it: `GHSA-…`, `PYSEC-…`. */
  readonly id: string;
  /** The names that other databases have for it: `CVE-…`. */
  readonly aliases: readonly string[];
  /** One line; empty when none was given. */
  readonly summary: string;
  /** `low`, `moderate`, `high` or `critical`; null when the database gives no word. */
  readonly severity: string | null;
  /** ISO instants. */
  readonly publishedAt: string;
  readonly modifiedAt: string;
  /** A version is affected when one of them holds it. */
  readonly ranges: readonly (VersionRange | VersionList)[];
}

/** Adds advisories of a package, or brings them up to date; returns how many were new or changed. */
export function saveAdvisories(db: Db, subjectId: number, advisories: readonly Advisory[]): number {
  const upsert = statement(
    db,
    `INSERT INTO advisory
       (subject_id, id, aliases, summary, severity, published_at, modified_at, ranges)
     VALUES (@subjectId, @id, @aliases, @summary, @severity, @publishedAt, @modifiedAt, @ranges)
     ON CONFLICT DO UPDATE SET aliases = excluded.aliases, summary = excluded.summary,
       severity = excluded.severity, published_at = excluded.published_at,
       modified_at = excluded.modified_at, ranges = excluded.ranges
     WHERE modified_at <> excluded.modified_at OR ranges <> excluded.ranges`,
  );
  let changed = 0;
  for (const advisory of advisories) {
    const { changes } = upsert.run({
      ...advisory,
      subjectId,
      aliases: JSON.stringify(advisory.aliases),
      ranges: JSON.stringify(advisory.ranges),
    });
    changed += changes;
  }
  return changed;
}

/** Forgets every advisory of a package but those of `ids`; returns how many were forgotten. */
export function keepAdvisories(db: Db, subjectId: number, ids: readonly string[]): number {
  return statement(
    db,
    `DELETE FROM advisory
     WHERE subject_id = ? AND id NOT IN (SELECT value FROM json_each(?))`,
  ).run(subjectId, JSON.stringify(ids)).changes;
}

type Row = Omit<Advisory, 'aliases' | 'ranges'> & { aliases: string; ranges: string };

/** The advisories of a package, as each database has them; newest first. */
export function advisoriesOf(db: Db, subjectId: number): Advisory[] {
  return statement<Row>(
    db,
    `SELECT id, aliases, summary, severity, published_at AS publishedAt,
       modified_at AS modifiedAt, ranges
     FROM advisory WHERE subject_id = ? ORDER BY published_at DESC, id`,
  )
    .all(subjectId)
    .map((row) => ({ ...row, aliases: JSON.parse(row.aliases), ranges: JSON.parse(row.ranges) }));
}

/**
 * The vulnerabilities of a package, newest first. One that several databases list under their own
 * names is here once, with all of their ranges, since each may know more than the other.
 */
export function vulnerabilitiesOf(db: Db, subjectId: number): Advisory[] {
  const told: Advisory[] = [];
  for (const advisory of advisoriesOf(db, subjectId)) {
    const same = told.filter((other) => namesOf(other).some((n) => namesOf(advisory).includes(n)));
    const [first = advisory, ...rest] = [...same, advisory];
    const merged = rest.reduce(merge, first);
    const at = told.indexOf(first);
    if (at < 0) told.push(merged);
    else told[at] = merged;
    for (const other of same.slice(1)) told.splice(told.indexOf(other), 1);
  }
  return told;
}

/** The name to show: the CVE number where there is one, which every database understands. */
export function advisoryName({ id, aliases }: Pick<Advisory, 'id' | 'aliases'>): string {
  return [id, ...aliases].find((name) => name.startsWith('CVE-')) ?? id;
}

function namesOf({ id, aliases }: Advisory): string[] {
  return [id, ...aliases];
}

function merge(one: Advisory, other: Advisory): Advisory {
  const names = new Set([...one.aliases, ...namesOf(other)]);
  names.delete(one.id);
  return {
    ...one,
    aliases: [...names],
    summary: one.summary || other.summary,
    severity: one.severity ?? other.severity,
    ranges: [...one.ranges, ...other.ranges],
  };
}

/** Versions that many advisories are asked about, put in order once. */
export interface OrderedVersions {
  /** Those that PEP 440 can read, oldest first. */
  readonly inOrder: readonly string[];
  /** All of them, by their plain spelling. */
  readonly bySpelling: ReadonlyMap<string, readonly string[]>;
}

export function orderVersions(versions: Iterable<string>): OrderedVersions {
  const all = [...versions];
  return {
    inOrder: all.filter((version) => plainSpelling(version) !== undefined).toSorted(compare),
    bySpelling: Map.groupBy(all, (version) => plainSpelling(version) ?? version),
  };
}

/**
 * Which of `versions` are vulnerable, by the evaluation of the OSV schema
 * (https://ossf.github.io/osv-schema/#evaluation) and the order of PEP 440. A version that PEP 440
 * can't read has no order: only a list that names it holds it.
 */
export function affectedOf(
  { ranges }: Pick<Advisory, 'ranges'>,
  { inOrder, bySpelling }: OrderedVersions,
): Set<string> {
  const affected = new Set<string>();
  for (const range of ranges) {
    const found =
      'versions' in range
        ? [...spellingsOf(range)].flatMap((spelling) => bySpelling.get(spelling) ?? [])
        : inOrder.slice(...boundsOf(range, inOrder));
    for (const version of found) affected.add(version);
  }
  return affected;
}

/** Where a range begins in `inOrder`, and where it is over. */
function boundsOf(
  { introduced, fixed, lastAffected }: VersionRange,
  inOrder: readonly string[],
): [number, number] {
  const from = introduced === '0' ? 0 : firstIndex(inOrder, (version) => ge(version, introduced));
  if (fixed !== undefined) return [from, firstIndex(inOrder, (version) => ge(version, fixed))];
  if (lastAffected === undefined) return [from, inOrder.length];
  return [from, firstIndex(inOrder, (version) => !le(version, lastAffected))];
}

/** Lists hold hundreds of versions and are asked about hundreds: each is read once. */
const spellings = new WeakMap<VersionList, ReadonlySet<string>>();

function spellingsOf(list: VersionList): ReadonlySet<string> {
  const known = spellings.get(list);
  if (known) return known;
  const made = new Set(list.versions.map((version) => plainSpelling(version) ?? version));
  spellings.set(list, made);
  return made;
}

/** One spelling for versions that PEP 440 treats as equal: `1.0`, `v1` and `1.0.0` are `1`. */
function plainSpelling(version: string): string | undefined {
  // The library joins the parts of a local version (`+local.1`) by commas, which it can't read back.
  const cleaned = clean(version)?.replaceAll(',', '.');
  return cleaned?.replace(/^((?:\d+!)?\d+(?:\.\d+)*?)(?:\.0)+(?=$|[^.\d]|\.[a-z])/, '$1');
}

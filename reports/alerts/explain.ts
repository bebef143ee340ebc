import { addDays, type Day } from '../../db/days.ts';
import { type PublishedRelease, releasesIn } from '../../db/github-releases.ts';
import type { Movement } from '../../db/incident.ts';
import { jointDays, partsNamed } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { packageName } from '../../db/package-name.ts';
import { DOWNLOADS, UNKNOWN } from '../../db/pypi.ts';
import { splitColumns } from '../../db/series.ts';
import { median, sum } from '../../db/statistics.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import type { Course } from '../course.ts';
import { PULLS } from '../totals/kind.ts';

/** The member of a split that lost more of the drop than its share would be. */
export interface Explained {
  readonly dimension: string;
  readonly member: string;
  /** Of what was lost in all; more than 1 where others grew meanwhile. */
  readonly share: number;
  /** Its share before. */
  readonly before: number;
}

export interface Explanation {
  /** The splits that are known over the drop and the weeks before. */
  readonly known: readonly string[];
  /** What sticks out most first. */
  readonly explained: readonly Explained[];
  /** Of each known split, who lost most; without those that lost nothing. */
  readonly losses: readonly (readonly [Explained, ...Explained[]])[];
}

const DIMENSIONS = ['version', 'python', 'country', 'installer', 'system'];

/** Of the drop at least, and more than its share before at least. */
const LEAST_SHARE = 0.4;
const LEAST_EXCESS = 0.15;

/** What the packages, or images, of a sum are to it: they have no version or country in common. */
const MEMBERS: Readonly<Record<string, string>> = {
  [DOWNLOADS]: 'package',
  [PULLS.metric]: PULLS.subject,
};

export function explain(db: Db, incident: Movement, course: Course): Explanation {
  const { subjectId, metric, others: added } = incident;
  const known: string[] = [];
  const explained: Explained[] = [];
  const losses: [Explained, ...Explained[]][] = [];
  const isSum = added.length > 0;
  for (const dimension of isSum ? [MEMBERS[metric] ?? 'subject'] : DIMENSIONS) {
    const drops = isSum
      ? dropsIn(membersOf(db, incident, course), course)
      : dropsOf(db, { subjectId, metric, dimension }, course);
    if (!drops) continue;
    known.push(dimension);
    const named = drops.map((drop) => ({ dimension, ...drop }));
    const [most] = named
      // What a split does not know explains nothing.
      .filter(({ member }) => member !== UNKNOWN)
      .toSorted((a, b) => excess(b) - excess(a));
    if (most && most.share >= LEAST_SHARE && excess(most) >= LEAST_EXCESS) explained.push(most);
    const [first, ...others] = named
      .filter(({ share }) => share > 0)
      .toSorted((a, b) => b.share - a.share);
    if (first) losses.push([first, ...others]);
  }
  return { known, explained: explained.toSorted((a, b) => excess(b) - excess(a)), losses };
}

type Loss = Omit<Explained, 'dimension'>;

const excess = ({ share, before }: Loss) => share - before;

/** Days before that hold each weekday of the four weeks that tell what was usual. */
const DAYS_BEFORE = 34;

interface Split {
  readonly subjectId: number;
  readonly metric: string;
  readonly dimension: string;
}

interface Column {
  readonly member: string;
  readonly days: ReadonlyMap<Day, number>;
}

/** Each of what is added up in a sum, on the days that are known of all. */
function membersOf(db: Db, incident: Movement, { usualBefore, end }: Course): Column[] {
  const { subjectId, metric, others } = incident;
  const parts = partsNamed(db, metric, subjectId, others);
  const days = jointDays(db, parts, addDays(usualBefore, -DAYS_BEFORE), end);
  return parts.map(({ series }, at) => ({
    member: series.subjectName,
    days: new Map(days.map(({ day, values }) => [day, values[at] ?? 0])),
  }));
}

function dropsOf(db: Db, split: Split, course: Course): Loss[] | undefined {
  const { subjectId, metric, dimension } = split;
  const range = { from: addDays(course.usualBefore, -DAYS_BEFORE), to: course.end };
  const columns = splitColumns(db, subjectId, metric, dimension, range).map(
    ({ member, values }) => ({ member, days: daysIn(values, range.from) }),
  );
  return dimension === 'version' ? versionDropsIn(columns, course) : dropsIn(columns, course);
}

/** What each member lost, none where nothing is lost; undefined where it is not known. */
function dropsIn(columns: readonly Column[], course: Course): Loss[] | undefined {
  return sharesOf(lossesIn(columns, course));
}

/**
 * The same of versions. One takes over from another within days, so each had what it had on the last
 * days before the drop, not in the four weeks. While a new one still takes over, none of them is the
 * cause: then it is not known.
 */
function versionDropsIn(columns: readonly Column[], course: Course): Loss[] | undefined {
  const losses = lossesIn(columns, course);
  const last = latestBefore(columns, course.onset);
  const [all, allLast] = [sum(losses.map(({ before }) => before)), sum(last)];
  if (allLast <= 0) return undefined;
  const allNow = sum(losses.map(({ before, lost }) => before - lost));
  let gained = 0;
  const newest = losses.map(({ member, before, lost }, at) => {
    const share = (last[at] ?? 0) / allLast;
    const now = before - lost;
    if (allNow > 0 && isYoung(columns[at], course.onset))
      gained += Math.max(0, now / allNow - share);
    return { member, before: all * share, lost: all * share - now };
  });
  return gained >= MOST_GAINED ? undefined : sharesOf(newest);
}

/** Days before a drop that tell which versions are loaded by then. */
const LAST_DAYS = 3;
/** A version that came so many days before is still taking over from others. */
const YOUNG_DAYS = 28;
/** Of all downloads, what the young ones may have gained meanwhile. */
const MOST_GAINED = 0.1;

/** Of each column, what it had on those days. */
function latestBefore(columns: readonly Column[], onset: Day): number[] {
  const told = new Set(columns.flatMap(({ days }) => [...days.keys()]));
  const newest = [...told]
    .filter((day) => day < onset)
    .toSorted()
    .slice(-LAST_DAYS);
  return columns.map(({ days }) => sum(newest.map((day) => days.get(day) ?? 0)));
}

function isYoung(column: Column | undefined, onset: Day): boolean {
  const first = [...(column?.days ?? [])].flatMap(([day, value]) => (value > 0 ? [day] : []));
  return (first.toSorted()[0] ?? '') >= addDays(onset, -YOUNG_DAYS);
}

interface LossOf {
  readonly member: string;
  readonly before: number;
  readonly lost: number;
}

function lossesIn(columns: readonly Column[], course: Course): LossOf[] {
  // On a day that was split by member, a member without a number had none.
  const told = [...new Set(columns.flatMap(({ days }) => [...days.keys()]))].toSorted();
  const during = told.filter((day) => day >= course.onset);
  return columns.map(({ member, days }) => {
    const all = new Map(told.map((day) => [day, days.get(day) ?? 0]));
    let [before, after] = [0, 0];
    for (const day of during) {
      const usual = expectedOn(all, day, course);
      if (usual === null) continue;
      before += usual;
      after += all.get(day) ?? 0;
    }
    return { member, before, lost: before - after };
  });
}

/** What the same weekday usually brought in the weeks that tell what was usual; null when unknown. */
function expectedOn(
  values: ReadonlyMap<Day, number>,
  day: Day,
  { usualBefore, weeks }: Course,
): number | null {
  let last = addDays(day, -7);
  while (last >= usualBefore) last = addDays(last, -7);
  const usual = Array.from({ length: weeks }, (_, week) => values.get(addDays(last, -7 * week)));
  const known = usual.filter((value) => value !== undefined);
  return known.length === 0 ? null : median(known);
}

function sharesOf(losses: readonly LossOf[]): Loss[] | undefined {
  const lost = sum(losses.map((one) => one.lost));
  const before = sum(losses.map((one) => one.before));
  if (before <= 0) return undefined;
  if (lost <= 0) return [];
  return losses.map((one) => {
    return { member: one.member, share: one.lost / lost, before: one.before / before };
  });
}

function daysIn(values: Float64Array, from: Day): Map<Day, number> {
  const known = [...values].flatMap((value, at): [Day, number][] =>
    Number.isNaN(value) ? [] : [[addDays(from, at), value]],
  );
  return new Map(known);
}

/** A release this many days before the drop began may be behind it. */
const RELEASE_DAYS = 7;

/** Releases of repositories of the subject's name, up to the day on which the incident opened. */
export function releasesNear(db: Db, incident: Movement, { onset }: Course): PublishedRelease[] {
  const polled = trackedSubjects(db, 'github').map(({ id }) => id);
  const days = { from: addDays(onset, -RELEASE_DAYS), to: incident.openedDay };
  const names = [incident.subjectName, ...incident.others.map(({ name }) => name)];
  return releasesIn(db, polled, days).filter(({ subjectName }) =>
    names.some((name) => isOfOneProject(subjectName, name)),
  );
}

/** `acme/rocket` and `rocket-python`: one name is the other, or the other begins with it. */
function isOfOneProject(repository: string, subject: string): boolean {
  const [a, b] = [plainName(repository), plainName(subject)];
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}

function plainName(name: string): string {
  return packageName(name.slice(name.lastIndexOf('/') + 1));
}

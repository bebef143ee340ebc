import { type Advisory, saveAdvisories } from '../../db/advisories.ts';
import { addDays, type Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { saveProvidedDay } from '../../db/provided-days.ts';
import { type DayValue, saveDays } from '../../db/series.ts';
import { ensureSubject, type Role, setRole, setTracked } from '../../db/subjects.ts';

const SEEN = '2026-11-22T12:00:00Z';

/** Downloads on consecutive days; null where a day is missing. */
type Days = readonly (number | null)[];

export interface MadePackage {
  readonly name?: string;
  readonly role?: Role;
  readonly from: Day;
  readonly downloads?: Days;
  readonly mirrors?: Days;
  /** By dimension and member; where `downloads` is absent, its first dimension adds up to it. */
  readonly splits?: Readonly<Record<string, Readonly<Record<string, Days>>>>;
  /** Who told all the days. */
  readonly provider?: string;
  readonly completeThrough?: Day;
  readonly advisories?: readonly Partial<Advisory>[];
}

/** Fills a package as its source would, and answers the subject. */
export function packageIn(db: Db, made: MadePackage): number {
  const { name = 'some-package', role = 'own', from, splits = {}, provider } = made;
  const { id } = ensureSubject(db, 'pypi', name.toLowerCase(), name);
  setRole(db, id, role);
  setTracked(db, id, SEEN);
  const save = (metric: string, days: Days, dimension = '', member = '') => {
    const values = days.flatMap((value, at): DayValue[] =>
      value === null ? [] : [{ day: addDays(from, at), value }],
    );
    const { completeThrough } = made;
    saveDays(db, { subjectId: id, metric, kind: 'count', dimension, member }, values, {
      origin: 'poll',
      seenAt: SEEN,
      ...(completeThrough && { completeThrough }),
    });
  };
  const whole = made.downloads ?? addedUp(Object.values(Object.values(splits)[0] ?? {}));
  save('pypi.downloads', whole);
  if (made.mirrors) save('pypi.mirror_downloads', made.mirrors);
  for (const [dimension, members] of Object.entries(splits)) {
    for (const [member, days] of Object.entries(members)) {
      save('pypi.downloads', days, dimension, member);
    }
  }
  if (provider) {
    for (const at of whole.keys()) tellDay(db, id, addDays(from, at), provider);
  }
  const advisories = (made.advisories ?? []).map(
    (one): Advisory => ({
      id: 'GHSA-1',
      aliases: [],
      summary: '',
      severity: null,
      publishedAt: SEEN,
      modifiedAt: SEEN,
      ranges: [],
      ...one,
    }),
  );
  saveAdvisories(db, id, advisories);
  return id;
}

export function tellDay(db: Db, subjectId: number, day: Day, provider: string): void {
  saveProvidedDay(db, subjectId, { day, provider, askedAt: SEEN, isSettled: true });
}

/** The same number every day. */
export function steady(days: number, value: number): number[] {
  return new Array<number>(days).fill(value);
}

function addedUp(members: readonly Days[]): Days {
  return (members[0] ?? []).map((_, at) => {
    const values = members.map((days) => days[at] ?? null);
    if (values.every((value) => value === null)) return null;
    return values.reduce((sum: number, value) => sum + (value ?? 0), 0);
  });
}

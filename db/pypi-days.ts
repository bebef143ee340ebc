import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { type ProvidedDay, providedDays, saveProvidedDay } from './provided-days.ts';
import { saveDays } from './series.ts';
import { statement } from './statement.ts';

/** One number of a package's day: the whole of a metric, or one member of a dimension. */
export interface ToldCount {
  readonly metric: string;
  /** Both empty for the whole. */
  readonly dimension: string;
  readonly member: string;
  readonly value: number;
}

/** Everything that one provider told of a package's day; nothing when nobody downloaded it. */
export interface ToldDay extends ProvidedDay {
  readonly counts: readonly ToldCount[];
  /** The last day that the provider has finished. */
  readonly completeThrough: Day;
}

const nameOf = ({ metric, dimension, member }: ToldCount) => `${metric} ${dimension} ${member}`;

/**
 * Puts what a provider told of a complete day in the place of all that was known of it, so that
 * no day is told by two. Answers how many numbers are new, changed or gone.
 */
export function replaceDay(db: Db, subjectId: number, told: ToldDay): number {
  return db.transaction(() => {
    const { day, askedAt, counts } = told;
    const before = new Map(countsOf(db, subjectId, day).map((one) => [nameOf(one), one.value]));
    statement(
      db,
      `DELETE FROM series_day WHERE day = ? AND series_id IN (
         SELECT id FROM series WHERE subject_id = ? AND metric GLOB 'pypi.*')`,
    ).run(day, subjectId);
    let changed = 0;
    for (const count of counts) {
      const { metric, dimension, member, value } = count;
      saveDays(db, { subjectId, metric, kind: 'count', dimension, member }, [{ day, value }], {
        origin: 'poll',
        seenAt: askedAt,
      });
      if (before.get(nameOf(count)) !== value) changed += 1;
      before.delete(nameOf(count));
    }
    saveProvidedDay(db, subjectId, told);
    setCompleteThrough(db, subjectId, told.completeThrough);
    return changed + before.size;
  })();
}

function countsOf(db: Db, subjectId: number, day: Day): ToldCount[] {
  return statement<ToldCount>(
    db,
    `SELECT metric, dimension, member, value FROM series JOIN series_day ON series_id = series.id
     WHERE subject_id = ? AND metric GLOB 'pypi.*' AND day = ?`,
  ).all(subjectId, day);
}

/** A member without downloads on the last day is as complete as the others. */
function setCompleteThrough(db: Db, subjectId: number, day: Day): void {
  statement(
    db,
    `UPDATE series SET complete_through = @day WHERE subject_id = @subjectId
       AND metric GLOB 'pypi.*' AND coalesce(complete_through, '') < @day`,
  ).run({ subjectId, day });
}

/** Of `days`, oldest first, those that `provider` may tell: nobody else has told them. */
export function daysOpenTo<T extends { readonly day: Day }>(
  db: Db,
  subjectId: number,
  provider: string,
  days: readonly T[],
): T[] {
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) return [];
  const taken = new Set(
    providedDays(db, subjectId, first.day, last.day)
      .filter((told) => told.provider !== provider)
      .map(({ day }) => day),
  );
  return days.filter(({ day }) => !taken.has(day));
}

import type { Day } from './days.ts';
import type { Db } from './open.ts';
import { type ProvidedDay, providedDays, saveProvidedDay } from './provided-days.ts';
import { ensureSeries } from './series.ts';
import { statement } from './statement.ts';

/** One number of a package's day: the whole of a metric, or one member of a dimension. */
export interface ToldCount {
  readonly metric: string;
  /** Both empty for the whole. */
  readonly dimension: string;
  readonly member: string;
  readonly value: number;
}

/** Everything that one provider has of a package's day; nothing when nobody downloaded it. */
interface ToldDay extends ProvidedDay {
  readonly counts: readonly ToldCount[];
  /** The last day that the provider has finished. */
  readonly completeThrough: Day;
}

const nameOf = ({ metric, dimension, member }: Omit<ToldCount, 'value'>) =>
  `${metric} ${dimension} ${member}`;

/**
 * Puts what a provider has of a complete day in the place of all that was known of it, so that no
 * day is from two providers. Returns how many numbers are new, changed or gone.
 */
export function replaceDay(db: Db, subjectId: number, told: ToldDay): number {
  return db.transaction(() => {
    const { day, askedAt, counts } = told;
    const series = seriesOn(db, subjectId, day);
    const before = new Map(
      series.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])),
    );
    const ids = new Map(series.map(({ name, id }) => [name, id]));
    statement(
      db,
      `DELETE FROM series_day WHERE day = ? AND series_id IN (
         SELECT id FROM series WHERE subject_id = ? AND metric GLOB 'pypi.*')`,
    ).run(day, subjectId);
    // A package's day has hundreds of numbers, and nothing is left that they could contradict.
    const insert = statement(
      db,
      `INSERT INTO series_day (series_id, day, value, origin, seen_at)
       VALUES (?, ?, ?, 'poll', ?)`,
    );
    let changed = 0;
    for (const { value, ...of } of counts) {
      const name = nameOf(of);
      const id = ids.get(name) ?? ensureSeries(db, { ...of, subjectId, kind: 'count' });
      insert.run(id, day, value, askedAt);
      if (before.get(name) !== value) changed += 1;
      before.delete(name);
    }
    saveProvidedDay(db, subjectId, told);
    setCompleteThrough(db, subjectId, told.completeThrough);
    return changed + before.size;
  })();
}

interface SeriesOn {
  readonly id: number;
  /** See `nameOf`. */
  readonly name: string;
  /** Null on a day without a number. */
  readonly value: number | null;
}

/** All series of a package, and what they had on a day. */
function seriesOn(db: Db, subjectId: number, day: Day): SeriesOn[] {
  return statement<SeriesOn>(
    db,
    `SELECT id, metric || ' ' || dimension || ' ' || member AS name, value
     FROM series LEFT JOIN series_day ON series_id = id AND day = @day
     WHERE subject_id = @subjectId AND metric GLOB 'pypi.*'`,
  ).all({ subjectId, day });
}

/** A member without downloads on the last day is as complete as the others. */
function setCompleteThrough(db: Db, subjectId: number, day: Day): void {
  statement(
    db,
    `UPDATE series SET complete_through = @day WHERE subject_id = @subjectId
       AND metric GLOB 'pypi.*' AND coalesce(complete_through, '') < @day`,
  ).run({ subjectId, day });
}

/** Of `days`, oldest first, those that `provider` may supply: they are from no other. */
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

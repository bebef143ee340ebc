import {
  ALL_SUBJECTS,
  type Collection,
  listCollections,
  listSourceParts,
  MANY_FAILURES,
} from '../../db/collections.ts';
import type { Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { trackedSubjects } from '../../db/subjects.ts';

/** A reading of a source that has failed again and again. */
export interface FailingReading {
  /** What is read: `list of issues of me/project`. */
  readonly name: string;
  /** Why it failed last, in a sentence. */
  readonly error: string;
  /** What ends the asking, where it is of one subject as a whole. */
  readonly reference: string | undefined;
}

/** The readings of what is tracked of a source that keep failing now. */
export function failingReadings(db: Db, source: string): FailingReading[] {
  const parts = listSourceParts(db).filter((part) => part.source === source);
  const titles = new Map(parts.map(({ part, partTitle }) => [part, partTitle]));
  const isAsked = askedOf(db, source);
  const subjects = new Map(trackedSubjects(db, source).map((subject) => [subject.id, subject]));
  return manyFailures(db, source)
    .filter(isAsked)
    .map(({ subjectId, part, error }) => {
      const subject = subjects.get(subjectId);
      const title = titles.get(part) ?? part;
      const reference = part === '' && subject ? `${source}:${subject.name}` : undefined;
      const name = !subject ? title : part === '' ? subject.name : `${title} of ${subject.name}`;
      return { name, error: error ?? '', reference };
    });
}

/** True when something has failed since the day `since` that is not asked for any more. */
export function hasGivenUp(db: Db, source: string, since: Day): boolean {
  const isAsked = askedOf(db, source);
  return manyFailures(db, source).some((one) => !isAsked(one) && (one.triedAt ?? '') >= since);
}

function manyFailures(db: Db, source: string): Collection[] {
  return listCollections(db, source).filter(({ failures }) => failures >= MANY_FAILURES);
}

/** Tells whether a reading is still made: of what is tracked, where no setting is lacking. */
function askedOf(db: Db, source: string): (one: Collection) => boolean {
  const tracked = new Set(trackedSubjects(db, source).map(({ id }) => id));
  const off = new Set(
    listSourceParts(db).flatMap((one) => (one.source === source && one.off ? one.part : [])),
  );
  return ({ subjectId, part }) =>
    !off.has(part) && (subjectId === ALL_SUBJECTS ? tracked.size > 0 : tracked.has(subjectId));
}

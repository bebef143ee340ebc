import {
  ALL_SUBJECTS,
  type Collection,
  listCollections,
  listSourceParts,
  MANY_FAILURES,
  partsOff,
} from '../../db/collections.ts';
import { addDays, type Day } from '../../db/days.ts';
import type { Db } from '../../db/open.ts';
import { trackedSubjects } from '../../db/subjects.ts';
import { nameOfReading } from '../reading-name.ts';

/** For how long a limit may keep a number from us before somebody should know. */
const LIMITED_DAYS = 3;

/** A reading of a source that has failed again and again. */
export interface FailingReading {
  /** What is read: `list of issues of me/project`. */
  readonly name: string;
  /** What went wrong last, in a sentence; undefined where nobody said. */
  readonly error: string | undefined;
  /** What to untrack to end the asking, where it is of one subject as a whole. */
  readonly reference: string | undefined;
  /** Of one that has not failed, and is only put off; with the day of its last reading, null for none. */
  readonly limit?: { readonly readOn: Day | null };
}

/**
 * The readings of what is tracked of a source that keep failing now, and the headline numbers that
 * its limits have kept from us for days.
 */
export function failingReadings(db: Db, source: string, today: Day): FailingReading[] {
  const parts = listSourceParts(db).filter((part) => part.source === source);
  const titles = new Map(parts.map(({ part, partTitle }) => [part, partTitle]));
  const isAsked = askedOf(db, source);
  const subjects = new Map(trackedSubjects(db, source).map((subject) => [subject.id, subject]));
  const isLimited = ({ subjectId, part, retryAt, doneAt }: Collection) => {
    const since = doneAt ?? subjects.get(subjectId)?.trackedAt ?? null;
    const isLong = since !== null && since < addDays(today, -LIMITED_DAYS);
    return part === '' && retryAt !== null && isLong;
  };
  return listCollections(db, source)
    .filter((one) => isAsked(one) && (isFailing(one) || isLimited(one)))
    .map((one) => {
      const { subjectId, part, error, doneAt } = one;
      const subject = subjects.get(subjectId);
      const reference = part === '' && subject ? `${source}:${subject.name}` : undefined;
      const title = part === '' ? '' : (titles.get(part) ?? part);
      const name = nameOfReading(title, subject?.name);
      const limit = isFailing(one) ? {} : { limit: { readOn: doneAt?.slice(0, 10) ?? null } };
      return { name, error: error ?? undefined, reference, ...limit };
    });
}

/** True when something has failed since the day `since` that is not asked for any more. */
export function hasGivenUp(db: Db, source: string, since: Day): boolean {
  const isAsked = askedOf(db, source);
  return listCollections(db, source).some(
    (one) => isFailing(one) && !isAsked(one) && (one.triedAt ?? '') >= since,
  );
}

function isFailing({ failures }: Collection): boolean {
  return failures >= MANY_FAILURES;
}

/** Tells whether a reading is still made: of what is tracked, where no setting is lacking. */
function askedOf(db: Db, source: string): (one: Collection) => boolean {
  const tracked = new Set(trackedSubjects(db, source).map(({ id }) => id));
  const off = partsOff(db, source);
  return ({ subjectId, part }) =>
    !off.has(part) && (subjectId === ALL_SUBJECTS ? tracked.size > 0 : tracked.has(subjectId));
}

import {
  ALL_SUBJECTS,
  listCollections,
  listSourceParts,
  MANY_FAILURES,
} from '../../db/collections.ts';
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
  const tracked = new Map(trackedSubjects(db, source).map((subject) => [subject.id, subject]));
  const titles = new Map(
    listSourceParts(db)
      .filter((part) => part.source === source)
      .map(({ part, partTitle }) => [part, partTitle]),
  );
  return listCollections(db, source).flatMap(({ subjectId, part, failures, error }) => {
    const subject = tracked.get(subjectId);
    if (failures < MANY_FAILURES || (!subject && subjectId !== ALL_SUBJECTS)) return [];
    const title = titles.get(part) ?? part;
    const reference = part === '' && subject ? `${source}:${subject.name}` : undefined;
    const name = !subject ? title : part === '' ? subject.name : `${title} of ${subject.name}`;
    return [{ name, error: error ?? '', reference }];
  });
}

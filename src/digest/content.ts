import type { Db } from '../../db/open.ts';
import { subjectById } from '../../db/subjects.ts';
import type { Subscription } from '../../db/subscriptions.ts';
import { allOf, isolated, listed } from '../../reports/words.ts';

const MOST_NAMED = 3;

/** What was chosen of all that a digest can tell: `only changes and releases`, `of pypi:rocket`. */
export function chosenWords(
  db: Db,
  { sections, subjectIds }: Pick<Subscription, 'sections' | 'subjectIds'>,
): string[] {
  // A project has the same name in several places.
  const names = subjectIds?.flatMap((id) => {
    const subject = subjectById(db, id);
    return subject ? [`${subject.source}:${isolated(subject.name)}`] : [];
  });
  return [
    ...(sections ? [`only ${allOf(sections)}`] : []),
    ...(names ? [`of ${listed(names, MOST_NAMED)}`] : []),
  ];
}

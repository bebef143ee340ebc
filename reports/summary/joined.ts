import { polledJoints } from '../../db/joint-series.ts';
import type { Db } from '../../db/open.ts';
import { latest } from '../extent.ts';
import { together } from '../incident-words.ts';
import { MOVING } from '../moves.ts';
import type { Calendar, Span } from './calendar.ts';
import type { Found, MeasureName } from './history.ts';
import { measures } from './measures.ts';

/** One history, of one subject or of several that are reported as one. */
export interface JoinedFound extends Found {
  /** Those of its subjects, the successor's first. */
  readonly names: readonly string[];
}

interface Member {
  readonly found: Found;
  /** It replaced another one of them, and did not exist before its first day. */
  readonly isLater: boolean;
}

/**
 * Reports what is replaced together with its successor: what the one loses and the other wins is a
 * move, not a change. Each stands where the successor does; what is in no sum stays as it is.
 */
export function joined(
  db: Db,
  measure: MeasureName,
  all: readonly Found[],
  { spans }: Calendar,
): JoinedFound[] {
  const { metric } = measures[measure];
  const joints = MOVING.includes(metric) ? polledJoints(db, metric) : [];
  const sums = joints
    .map(({ parts }) =>
      parts.flatMap(({ series, isLater }): Member[] => {
        const found = all.find(({ subjectId }) => subjectId === series.subjectId);
        return found ? [{ found, isLater }] : [];
      }),
    )
    .filter((members) => members.length > 1);
  return all.flatMap((one): JoinedFound[] => {
    const members = sums.find((sum) => sum.some(({ found }) => found === one));
    if (!members) return [{ ...one, names: [one.name] }];
    return members[0]?.found === one ? [sumOf(members, spans)] : [];
  });
}

function sumOf(members: readonly Member[], spans: readonly Span[]): JoinedFound {
  const found = members.map((one) => one.found);
  const [{ ended: _, ...successor }] = found as [Found];
  const values = spans.map((span, at) => {
    const known = members.map((one) => valueIn(one, span, at));
    return known.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
  });
  const lacks = values.map((value, at) =>
    value === null ? found.flatMap((one) => one.lacks[at] ?? [])[0] : undefined,
  );
  const names = found.map(({ name }) => name);
  const ends = found.flatMap(({ ended }) => ended ?? []);
  const ended = ends.length === found.length ? latest(ends) : undefined;
  return {
    ...successor,
    ...(ended && { ended }),
    name: together(names),
    names,
    isNew: found.every(({ isNew }) => isNew),
    values,
    lack: lacks.at(-1),
    lacks,
  };
}

/** Null when it is not known, as of the period in which it ended. */
function valueIn({ found, isLater }: Member, { start, end }: Span, at: number): number | null {
  const { values, first, opening, ended } = found;
  const known = values[at] ?? null;
  if (known !== null) return known;
  if (isLater && start <= first && first <= end) return opening ?? null;
  const isBefore = isLater && first > end;
  const isAfter = ended !== undefined && ended < start;
  return isBefore || isAfter ? 0 : null;
}

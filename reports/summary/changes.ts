import type { Verdict } from '../judge.ts';
import type { Calendar } from './calendar.ts';
import { type History, MEASURES, type MeasureName } from './history.ts';
import { measures } from './measures.ts';
import type { Panel } from './panels.ts';

/** Something that is unusual for itself. */
export interface Change extends Verdict {
  readonly measure: MeasureName;
  /** Of its own period. */
  readonly calendar: Calendar;
  /** The subject; undefined for all of them together, or for Slack. */
  readonly name: string | undefined;
  readonly subjectId: number | undefined;
  /** How many subjects are in it. */
  readonly members: number;
  readonly isAbove: boolean;
}

/** All that is unusual, the most unusual first; a sum and its parts are not both reported. */
export function changesIn(panels: readonly Panel[]): Change[] {
  const found = panels
    .flatMap(candidates)
    .filter((change) => isNews(change.measure, change))
    .toSorted((a, b) => b.score - a.score || order(a) - order(b));
  return found.filter(
    (one, at) =>
      !found
        .slice(0, at)
        .some(
          (told) =>
            told.measure === one.measure &&
            told.calendar.span.start === one.calendar.span.start &&
            told.isAbove === one.isAbove &&
            (told.name === undefined) !== (one.name === undefined),
        ),
  );
}

function candidates({ measure, calendar, histories, sum, verdict, verdicts }: Panel): Change[] {
  const changeOf = (verdict: Verdict | undefined, one?: History): Change[] => {
    if (!verdict) return [];
    const isAbove = verdict.value > (verdict.usual?.middle ?? 0);
    return [
      {
        ...verdict,
        measure,
        calendar,
        name: one?.name,
        subjectId: one?.subjectId,
        members: one ? 1 : sum.subjects,
        isAbove,
      },
    ];
  };
  const isSlack = measures[measure].subjects === undefined;
  return [
    ...(sum.members > 1 || isSlack ? changeOf(verdict) : []),
    ...(isSlack ? [] : histories.flatMap((one, at) => changeOf(verdicts[at], one))),
  ];
}

/** True when it is unusual, and enough of it to be worth a word. */
function isNews(measure: MeasureName, verdict: Verdict): boolean {
  return verdict.isUnusual && !isSmall(measure, verdict);
}

/** True when neither it nor what is usual is worth a word. */
export function isSmall(measure: MeasureName, { usual, value }: Verdict): boolean {
  return Math.max(Math.abs(value), Math.abs(usual?.middle ?? 0)) < measures[measure].floor;
}

function order({ measure }: Change): number {
  return MEASURES.indexOf(measure);
}

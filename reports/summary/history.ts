import type { Day } from '../../db/days.ts';
import { sum } from '../../db/statistics.ts';
import { sumsOf } from '../same-set.ts';
import type { Calendar } from './calendar.ts';

export const MEASURES = ['stars', 'downloads', 'pulls', 'messages'] as const;

export type MeasureName = (typeof MEASURES)[number];

/** Why a period is not known. */
export interface Lack {
  /**
   * `late`: the data ends before the period does; `young`: it begins later than it; `anew`: the counter
   * began anew within it; `still`: the counter stood still; `low`: it showed less than before for a
   * while; `hole`: days are missing, of a total also the one before, from which it is counted; `off`:
   * the bot was stopped for hours.
   */
  readonly reason: 'late' | 'young' | 'anew' | 'still' | 'low' | 'hole' | 'off';
  /** When the data ends or begins, the counter began anew, or the first day that is missing. */
  readonly day: Day;
  /** Of `hole` and `off`: each of the days, oldest first. */
  readonly days?: readonly Day[];
}

/** What came in at one subject. */
export interface History {
  readonly name: string;
  /** Absent for Slack. */
  readonly subjectId?: number;
  /** How many subjects it is of; absent for one. */
  readonly subjects?: number;
  /** One a period, oldest first, null where it is not known; the last one is the reported one. */
  readonly values: readonly (number | null)[];
  /** Why the last one is not known; undefined when it is. */
  readonly lack: Lack | undefined;
  /** The same of each period; undefined, too, of those before the data begins. */
  readonly lacks: readonly (Lack | undefined)[];
  /** Whether it has begun too late to be added to older ones. */
  readonly isNew: boolean;
  /** Parts that are left out of all values because they have too little past, by name. */
  readonly young?: readonly string[];
}

/** The history of a subject as it was read. */
export interface Found extends History {
  readonly subjectId: number;
  /** The first day with a number. */
  readonly first: Day;
  /** What came in from then to the end of that period; absent where not every day of it is known. */
  readonly opening?: number | undefined;
  /** The last one, where it lies so far back that there is nothing to report. */
  readonly ended?: Day;
}

/** A measure with what there is of it, as it was read. */
export interface Unjudged {
  readonly measure: MeasureName;
  /** One a subject, or the one of Slack. */
  readonly histories: readonly History[];
  /** That of the summary, or the one before where a source is late by its nature. */
  readonly calendar: Calendar;
  /** Of messages: how many people wrote them. */
  readonly people?: number;
}

/** What came in at several subjects together, the same ones in every period. */
export interface Sum {
  readonly values: readonly (number | null)[];
  /** How many histories are in it, and of how many subjects these are. */
  readonly members: number;
  readonly subjects: number;
  /** By name: the reported period is known of them, but they have too little past to be added up. */
  readonly young: readonly string[];
  /** By name: left out because the reported period is not known of them, but of others. */
  readonly unknown: readonly string[];
}

/** Adds up, the same in every period. Where the reported one is known of nobody, all are members. */
export function sumOf(histories: readonly History[]): Sum {
  const { members, without, sums } = sumsOf(histories, {
    valuesOf: ({ values }) => values,
    isNew: ({ isNew }) => isNew,
  });
  const unknown = without.filter(({ values }) => values.at(-1) === null);
  return {
    values: sums,
    members: members.length,
    subjects: sum(members.map(({ subjects = 1 }) => subjects)),
    young: histories
      .filter((one) => !unknown.includes(one))
      .flatMap((one) => (members.includes(one) ? (one.young ?? []) : one.name)),
    unknown: unknown.map(({ name }) => name),
  };
}

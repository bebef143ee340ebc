import { DAY_MS, dayMs, daysBetween } from '../../db/days.ts';
import { sum } from '../../db/statistics.ts';
import { yearEndFall } from '../../db/year-end.ts';
import { squeezed, type Usual, type Verdict } from '../judge.ts';
import type { Calendar, Span } from './calendar.ts';
import { type History, MEASURES, type MeasureName } from './history.ts';
import { measures } from './measures.ts';
import type { Panel } from './panels.ts';

/** Something that is unusual for itself. */
export interface Change extends Verdict {
  readonly usual: Usual;
  readonly measure: MeasureName;
  /** Of its own period. */
  readonly calendar: Calendar;
  /** The subject; undefined for all of them together, or for Slack. */
  readonly name: string | undefined;
  readonly subjectId: number | undefined;
  /** How many subjects are in it. */
  readonly members: number;
  readonly isAbove: boolean;
  /** Of a sum: the subject that most of what is unusual comes from. */
  readonly mover: Moved | undefined;
  /** Others of the measure that are unusual to the same side, and are told in the same sentence. */
  readonly alike: readonly Change[];
}

/** A subject with its number. */
interface Moved {
  readonly name: string;
  readonly value: number;
}

/** As many of one measure that go the same way are one story. */
const MANY = 3;

/** All that is unusual, what weighs most first; a sum and its parts are not both reported. */
export function changesIn(panels: readonly Panel[]): Change[] {
  return panels
    .flatMap((panel) => [true, false].flatMap((isAbove) => storiesOf(panel, isAbove)))
    .toSorted((a, b) => weightOf(b) - weightOf(a) || order(a) - order(b));
}

/**
 * How unusual it is, and how large: a steady series is soon unusual, and a wild or a small one soon far
 * off. Of the size the square root, or a few new stars would come before the fall of a large package.
 */
function weightOf({ score, value, usual }: Change): number {
  return score * Math.sqrt(Math.abs(squeezed(value) - squeezed(usual.middle)));
}

/** What is unusual in one measure, to one side. */
function storiesOf(panel: Panel, isAbove: boolean): Change[] {
  const unusual = candidates(panel)
    .filter((one) => one.isAbove === isAbove && isNews(one))
    .toSorted((a, b) => weightOf(b) - weightOf(a));
  const whole = unusual.find(({ name }) => name === undefined);
  const each = unusual.filter((one) => one !== whole);
  const [first, ...others] = each;
  if (!whole) return first && each.length >= MANY ? [{ ...first, alike: others }] : each;
  const [young, parts] = [true, false].map((isYoung) =>
    each.filter(({ name = '' }) => panel.sum.young.includes(name) === isYoung),
  ) as [Change[], Change[]];
  if (parts.length >= MANY) return [{ ...whole, alike: parts }, ...young];
  return sum(parts.map(distanceOf)) > distanceOf(whole) / 2 ? each : [whole, ...young];
}

/** From what is usual. */
function distanceOf({ value, usual }: Change): number {
  return Math.abs(value - usual.middle);
}

function candidates(panel: Panel): Change[] {
  const { measure, calendar, histories, verdict, verdicts } = panel;
  const changeOf = (verdict: Verdict | undefined, one?: History): Change[] => {
    if (!verdict?.usual) return [];
    if (isOfYearEnd(verdict, calendar, one?.values ?? panel.sum.values)) return [];
    const { usual } = verdict;
    const isAbove = verdict.value > usual.middle;
    return [
      {
        ...verdict,
        usual,
        measure,
        calendar,
        name: one?.name,
        subjectId: one?.subjectId,
        members: one ? 1 : panel.sum.subjects,
        isAbove,
        mover: one ? undefined : moverIn(panel, isAbove),
        alike: [],
      },
    ];
  };
  const isSlack = measures[measure].subjects === undefined;
  return [
    ...(panel.sum.members > 1 || isSlack ? changeOf(verdict) : []),
    ...(isSlack ? [] : histories.flatMap((one, at) => changeOf(verdicts[at], one))),
  ];
}

/** A part that goes further than its size explains, by so much of the whole. */
const MORE_THAN_ITS_SHARE = 0.1;

/**
 * The part of a sum that most of its distance from what is usual comes from; none where all of them
 * moved alike and it is only the largest.
 */
function moverIn({ histories, sum: { young }, verdicts }: Panel, isAbove: boolean) {
  const moved = histories.flatMap(({ name }, at) => {
    const { value, usual } = verdicts[at] ?? {};
    if (value === undefined || !usual || young.includes(name)) return [];
    const { middle } = usual;
    return [{ name, value, middle, distance: Math.max(0, (isAbove ? 1 : -1) * (value - middle)) }];
  });
  if (moved.length < 2) return undefined;
  const all = sum(moved.map(({ distance }) => distance));
  const usual = sum(moved.map(({ middle }) => middle));
  return moved.find(
    ({ middle, distance }) => distance / all > Math.max(0.5, middle / usual + MORE_THAN_ITS_SHARE),
  );
}

/** True when it is unusual, and enough of it to be worth a word. */
function isNews(change: Change): boolean {
  return change.isUnusual && !isSmall(change.measure, change);
}

/**
 * Whether it lies no further below the usual than the turn of the year often brings it, and did not
 * before that: of months, in December alone.
 *
 * @param values one a period, the last one that of the verdict
 */
export function isOfYearEnd(
  { value, usual }: Verdict,
  { cadence, span, spans }: Calendar,
  values: readonly (number | null)[],
): boolean {
  if (!usual || value >= usual.low) return false;
  if (cadence === 'monthly' && span.start.slice(5, 7) !== '12') return false;
  if (value < usual.low * leftAtYearEnd(span)) return false;
  const usually = spans.findLastIndex((one) => leftAtYearEnd(one) === 1);
  return usually < 0 || (values[usually] ?? usual.low) >= usual.low * ALMOST;
}

/** Below the usual by no more than this, nothing has gone down before. */
const ALMOST = 0.9;

/** The share of what is usual that the turn of the year leaves of a period; 1 where it is none of it. */
function leftAtYearEnd({ start, end }: Span): number {
  const days = daysBetween(start, end) + 1;
  const first = dayMs(start) / DAY_MS;
  return sum(Array.from({ length: days }, (_, at) => Math.exp(yearEndFall(first + at)))) / days;
}

/** True when neither it nor what is usual is worth a word. */
export function isSmall(measure: MeasureName, { usual, value }: Verdict): boolean {
  return Math.max(Math.abs(value), Math.abs(usual?.middle ?? 0)) < measures[measure].floor;
}

function order({ measure }: Change): number {
  return MEASURES.indexOf(measure);
}

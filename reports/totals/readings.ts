import { DIP_DAYS } from '../../db/arrived-days.ts';
import { addDays, type Day, daysBetween } from '../../db/days.ts';
import type { DayValue } from '../../db/series.ts';
import { sum } from '../../db/statistics.ts';
import type { Nature } from '../growth.ts';

/** A stretch in which a counter showed the same total although its subject normally moves. */
export interface Still {
  /** The first day without a change. */
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly value: number;
}

/** A stretch of readings below an earlier one that the counter was soon back at. */
export interface Dip {
  readonly from: Day;
  /** The day on which it was back. */
  readonly until: Day;
  readonly value: number;
}

/** What a counter's readings are worth. */
export interface Readings {
  /** The readings without dips. */
  readonly points: readonly DayValue[];
  /** Those of them that tell the total of their day: without the days of standing still. */
  readonly telling: readonly DayValue[];
  readonly stills: readonly Still[];
  readonly dips: readonly Dip[];
}

/** What moves on fewer days than this is not known well enough to be called frozen. */
const LEAST_MOVES = 14;
/** What rests more often than this rests by nature. */
const MOST_RESTS = 0.1;
/** A rest is called frozen when chance alone brings it less often than this. */
const CHANCE = 0.001;

/**
 * The first day to read where gains are told from the day `from` on: the total of the day before is
 * what they are counted from, and what a dip fell from tells whether that one is to be trusted.
 */
export function readFrom(from: Day): Day {
  return addDays(from, -1 - DIP_DAYS);
}

/** Readings, oldest first; those of a level are taken as they are. */
function readingsOf(days: readonly DayValue[], nature: Nature): Readings {
  if (nature === 'counter') return judgeReadings(days);
  return { points: days, telling: days, stills: [], dips: [] };
}

/** The last day to read of what ends on the day `to`: what comes after a fall tells whether it is a dip. */
export function readTo(to: Day): Day {
  return addDays(to, DIP_DAYS);
}

/** Readings to the day `to` and some after it, which tell of a dip at the end that it is one. */
export function readingsUpTo(days: readonly DayValue[], to: Day, nature: Nature): Readings {
  const before = (end: Day) => days.filter(({ day }) => day <= to && day < end);
  const dip =
    nature === 'counter'
      ? withoutDips(days).dips.find(({ from, until }) => from <= to && to < until)
      : undefined;
  if (!dip) return readingsOf(before(addDays(to, 1)), nature);
  const readings = readingsOf(before(dip.from), nature);
  return { ...readings, dips: [...readings.dips, dip] };
}

/** Judges the readings of a counter, oldest first. */
export function judgeReadings(readings: readonly DayValue[]): Readings {
  const { points, dips } = withoutDips(readings);
  const stills = stillsOf(points);
  const telling = points.filter(
    ({ day }) => !stills.some(({ from, to }) => from <= day && day <= to),
  );
  return { points, telling, stills, dips };
}

function withoutDips(readings: readonly DayValue[]) {
  const points: DayValue[] = [];
  const dips: Dip[] = [];
  for (let index = 0; index < readings.length; index += 1) {
    const reading = readings[index] as DayValue;
    const before = points.at(-1);
    const back =
      before && reading.value < before.value ? backAt(readings, index, before) : undefined;
    if (back === undefined) {
      points.push(reading);
      continue;
    }
    const recovered = readings[back] as DayValue;
    dips.push({ from: reading.day, until: recovered.day, value: reading.value });
    points.push(recovered);
    index = back;
  }
  return { points, dips };
}

/**
 * Where a counter that fell from `before` to its reading at `index` is back with a leap. One that
 * grows back step by step did begin anew.
 */
function backAt(
  readings: readonly DayValue[],
  index: number,
  before: DayValue,
): number | undefined {
  const latest = addDays(before.day, DIP_DAYS);
  const fall = before.value - (readings[index]?.value ?? 0);
  for (let at = index + 1; (readings[at]?.day ?? '9') <= latest; at += 1) {
    const value = readings[at]?.value ?? 0;
    if (value < before.value) continue;
    return value - (readings[at - 1]?.value ?? 0) > fall / 2 ? at : undefined;
  }
  return undefined;
}

/**
 * Rests of a counter that are no rests of its subject: two days or more without a change that
 * chance alone would bring less than once in a thousand times. The chance of resting for a day is
 * taken from how many moving days are followed by a rest; a rest counts once however long it is,
 * so that a long one does not make the next look usual.
 */
function stillsOf(points: readonly DayValue[]): Still[] {
  const rests = restsOf(points);
  const moves = points.length - 1 - sum(rests.map(({ steps }) => steps));
  if (moves < LEAST_MOVES) return [];
  const others = rests.length - 1;
  const chance = Math.max(others, 1) / (moves + Math.max(others, 1));
  if (chance > MOST_RESTS) return [];
  return rests
    .filter(({ still }) => still.days > 1 && chance ** still.days < CHANCE)
    .map(({ still }) => still);
}

function restsOf(points: readonly DayValue[]): { still: Still; steps: number }[] {
  const rests: { still: Still; steps: number }[] = [];
  for (let index = 0; index < points.length; ) {
    const first = points[index];
    let end = index;
    while (first && points[end + 1]?.value === first.value) end += 1;
    const last = points[end];
    if (first && last && end > index) {
      const days = daysBetween(first.day, last.day);
      const still = { from: addDays(first.day, 1), to: last.day, days, value: first.value };
      rests.push({ still, steps: end - index });
    }
    index = end + 1;
  }
  return rests;
}

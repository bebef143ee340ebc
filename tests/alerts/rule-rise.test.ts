import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysBetween } from '../../db/days.ts';
import { numberOf } from '../../src/alerts/rule/history.ts';
import { judgeRise, NO_RISE } from '../../src/alerts/rule/rise.ts';
import type { Series } from '../../src/alerts/rule/series.ts';
import { dayAt, FIRST, seriesOf, times, usualDays } from './rule-series.ts';

const DAYS = 200;
const RISE = 140;

/** What happened, as `index verdict` with the index of the day. */
function risesOf(series: Series, peers: readonly Series[] = []): string[] {
  const told: string[] = [];
  let state = NO_RISE;
  for (let index = 0; index < DAYS; index++) {
    const day = dayAt(index);
    if (Number.isNaN(series.at(numberOf(day)))) continue;
    const judged = judgeRise({ series, peers, isCounter: false }, state, numberOf(day));
    state = judged.state;
    if (judged.verdict) told.push(`${daysBetween(FIRST, day)} ${judged.verdict}`);
  }
  return told;
}

const risen = (factor: number, to = DAYS, level = 1000) =>
  seriesOf(times(usualDays(DAYS, level), factor, RISE, to));

describe('a rise', () => {
  test('is told on its second day, and again when it is over', () => {
    expect(risesOf(risen(4, RISE + 6))).toEqual([`${RISE + 1} rose`, `${RISE + 7} recovered`]);
  });

  test('that stays is the new level after 28 days', () => {
    expect(risesOf(risen(4))).toEqual([`${RISE + 1} rose`, `${RISE + 29} new level`]);
  });

  test('of one day is none, nor is one by half, nor one of a few', () => {
    expect(risesOf(risen(6, RISE + 1))).toEqual([]);
    expect(risesOf(risen(1.5))).toEqual([]);
    expect(risesOf(risen(3, DAYS, 6))).toEqual([]);
  });

  test('is explained by others that rose as well', () => {
    const peers = [2, 3, 4].map((seed) =>
      seriesOf(times(usualDays(DAYS, 800, seed), 4, RISE, RISE + 6)),
    );
    expect(risesOf(risen(4, RISE + 6), peers)).toEqual([]);
  });

  test('is not told again in the week after', () => {
    const days = times(times(usualDays(DAYS), 4, RISE, RISE + 3), 6, RISE + 6, RISE + 9);
    expect(risesOf(seriesOf(days))).toEqual([`${RISE + 1} rose`, `${RISE + 4} recovered`]);
  });
});

test('a series that only scatters never rises', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 60, max: 1e5 }),
      (seed, level) => {
        expect(risesOf(seriesOf(usualDays(DAYS, level, seed)))).toEqual([]);
      },
    ),
    { numRuns: 20 },
  );
});

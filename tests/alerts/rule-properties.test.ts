import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { firstState, judgeDays, type State } from '../../src/alerts/rule/judge.ts';
import { createSeries } from '../../src/alerts/rule/series.ts';
import { settings } from '../../src/alerts/rule/settings.ts';
import {
  dayAt,
  eventsOf,
  FIRST,
  judgeAll,
  randomFrom,
  seriesOf,
  times,
  usualDays,
} from './rule-series.ts';

const DAYS = 140;

/** Series with noise, a fall of some depth for some days, and days without data. */
const anySeries = fc
  .record({
    seed: fc.integer(),
    level: fc.integer({ min: 60, max: 5000 }),
    factor: fc.double({ min: 0, max: 1.2, noNaN: true }),
    from: fc.integer({ min: 60, max: 130 }),
    length: fc.integer({ min: 1, max: 60 }),
    missing: fc.uniqueArray(fc.integer({ min: 0, max: DAYS - 1 }), { maxLength: 12 }),
  })
  .map(({ seed, level, factor, from, length, missing }) => {
    const lost = new Set(missing);
    const values = times(usualDays(DAYS, level, seed), factor, from, from + length);
    return values.map((value, index) => (lost.has(index) ? null : value));
  });

const runs = { numRuns: 12 };

describe('the rule, of any series', () => {
  test('a series that never changes is never told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.boolean(), (value, isCounter) => {
        const series = seriesOf(Array.from({ length: 90 }, () => value));
        expect(eventsOf(judgeAll(series, { isCounter }))).toEqual([]);
      }),
      runs,
    );
  });

  test('a series that only grows is never told', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 90, maxLength: 120 }), (steps) => {
        let total = 100;
        const values = steps.map((step) => {
          total += step;
          return total;
        });
        expect(eventsOf(judgeAll(seriesOf(values)))).toEqual([]);
      }),
      runs,
    );
  });

  test('what happens a week later is judged a week later', () => {
    fc.assert(
      fc.property(anySeries, fc.boolean(), (values, isCounter) => {
        const now = judgeAll(seriesOf(values), { isCounter });
        const later = judgeAll(seriesOf(values, addDays(FIRST, 7)), { isCounter });
        expect(later.judgements).toEqual(
          now.judgements.map(({ day, verdict }) => ({ day: addDays(day, 7), verdict })),
        );
      }),
      runs,
    );
  });

  test('at levels where chance does not count, the level does not matter', () => {
    const large = (values: readonly (number | null)[]) =>
      values.map((value) => (value === null ? null : value * 100_000));
    fc.assert(
      fc.property(anySeries, (values) => {
        const once = eventsOf(judgeAll(seriesOf(large(values))));
        const scaled = eventsOf(judgeAll(seriesOf(large(large(values)))));
        expect(scaled).toEqual(once);
      }),
      runs,
    );
  });

  test('the order in which the past is learned does not matter', () => {
    fc.assert(
      fc.property(anySeries, fc.integer(), (values, seed) => {
        const random = randomFrom(seed);
        const shuffled = createSeries();
        const learned = values
          .map((value, index) => ({ value, index, at: random() }))
          .sort((a, b) => a.at - b.at);
        for (const { value, index } of learned) {
          if (value !== null) shuffled.learn(dayAt(index), 7 * value + 1);
          if (value !== null) shuffled.learn(dayAt(index), value);
        }
        expect(judgeAll(shuffled)).toEqual(judgeAll(seriesOf(values)));
      }),
      runs,
    );
  });

  test('day by day, kept as JSON, from what is visible, is the same as all at once', () => {
    fc.assert(
      fc.property(anySeries, (values) => {
        const series = createSeries();
        let kept = JSON.stringify(firstState(null));
        const judgements = values.flatMap((value, index) => {
          if (value !== null) series.learn(dayAt(index), value);
          const watched = { series, isCounter: false, peers: [] };
          const judged = judgeDays(watched, JSON.parse(kept) as State, settings.normal);
          kept = JSON.stringify(judged.state);
          return judged.judgements;
        });
        expect({ judgements, state: JSON.parse(kept) }).toEqual(judgeAll(seriesOf(values)));
      }),
      runs,
    );
  });

  test('an alert begins, goes on and ends in this order, and rests', () => {
    fc.assert(
      fc.property(anySeries, (values) => {
        const { judgements } = judgeAll(seriesOf(values));
        const isOpen = ['fell', 'firing'];
        for (const [index, { verdict }] of judgements.entries()) {
          const before = judgements[index - 1]?.verdict ?? 'learning';
          const goesOn = ['firing', 'recovered', 'new level'].includes(verdict);
          expect(goesOn, `${before} → ${verdict}`).toBe(isOpen.includes(before));
        }
      }),
      runs,
    );
  });
});

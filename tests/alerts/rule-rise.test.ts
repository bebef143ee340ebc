import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysBetween } from '../../db/days.ts';
import { replay } from '../../src/alerts/replay.ts';
import { numberOf } from '../../src/alerts/rule/history.ts';
import { firstState } from '../../src/alerts/rule/judge.ts';
import { judgeRise, NO_RISE } from '../../src/alerts/rule/rise.ts';
import { createSeries, type Series } from '../../src/alerts/rule/series.ts';
import { settings } from '../../src/alerts/rule/settings.ts';
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

  test('is none when the series grows steadily, nor when it is back after silence', () => {
    const grown = usualDays(DAYS).map((value, index) => (value ?? 0) * 1.02 ** index);
    expect(risesOf(seriesOf(grown))).toEqual([]);
    const silent = usualDays(DAYS).map((value, index) => {
      return index >= RISE && index < RISE + 5 ? null : value;
    });
    expect(risesOf(seriesOf(silent))).toEqual([]);
  });

  test('is told when its second day is known, and not across one that is missing', () => {
    const days = times(usualDays(DAYS), 4, RISE, RISE + 9);
    const known = days.map((value, index) => (index === RISE + 1 ? null : value));
    expect(risesOf(seriesOf(known))[0]).toBe(`${RISE + 3} rose`);
  });

  test('is not told again in the week after', () => {
    const days = times(times(usualDays(DAYS), 4, RISE, RISE + 3), 6, RISE + 6, RISE + 9);
    expect(risesOf(seriesOf(days))).toEqual([`${RISE + 1} rose`, `${RISE + 4} recovered`]);
  });
});

describe('the end of a rise', () => {
  const eventsOf = (values: readonly (number | null)[], isCounter = false) => {
    const watched = { series: seriesOf(values), isCounter, peers: [] };
    const wanted = { ...settings.normal, rises: true };
    return replay({ watched }, firstState(null), wanted).events.map((event) =>
      event.kind === 'held' ? event.kind : `${event.of} ${event.kind}`,
    );
  };
  const whole = ['rise opened', 'rise closed'];

  test.each([7, 14, 20, 27])('of %i days is told, and not once more as a drop', (length) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const days = times(usualDays(DAYS, 1000, seed), 3, RISE, RISE + length);
      expect(eventsOf(days)).toEqual(whole);
    }
  });

  test('that goes further down than where it began is a drop', () => {
    const days = times(times(usualDays(DAYS), 3, RISE, RISE + 14), 0.4, RISE + 14);
    expect(eventsOf(days)).toEqual(expect.arrayContaining([...whole, 'drop opened']));
  });

  test.each([false, true])(
    'hides no outage of a day, be it in it or after (counter: %s)',
    (isCounter) => {
      for (const [length, day] of [
        [4, 8],
        [4, 20],
        [27, 20],
      ] as const) {
        const days = times(usualDays(DAYS), 3, RISE, RISE + length);
        const events = eventsOf(times(days, 0.03, RISE + day, RISE + day + 1), isCounter);
        expect(events).toContain('drop opened');
      }
    },
  );

  test('is long forgotten two months later', () => {
    const days = times(usualDays(DAYS + 60), 3, RISE, RISE + 14);
    expect(eventsOf(times(days, 0.4, RISE + 75))).toEqual([...whole, 'drop opened', 'drop closed']);
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

test('days that come one by one are judged as those that come together', () => {
  const day = fc.option(fc.integer({ min: 0, max: 8 }), { freq: 9, nil: null });
  fc.assert(
    fc.property(fc.array(day, { minLength: 60, maxLength: 60 }), (factors) => {
      const days = usualDays(DAYS).map((value, index) => {
        const factor = index < RISE ? 1 : (factors[index - RISE] ?? null);
        return factor === null || value === null ? null : value * factor;
      });
      const growing = createSeries();
      const oneByOne: string[] = [];
      let state = NO_RISE;
      for (const [index, value] of days.entries()) {
        if (value === null) continue;
        growing.learn(dayAt(index), value);
        const watched = { series: growing, peers: [], isCounter: false };
        const judged = judgeRise(watched, state, numberOf(dayAt(index)));
        state = judged.state;
        if (judged.verdict) oneByOne.push(`${index} ${judged.verdict}`);
      }
      expect(oneByOne).toEqual(risesOf(seriesOf(days)));
    }),
    { numRuns: 30 },
  );
});

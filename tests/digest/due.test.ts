import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cadence } from '../../db/subscriptions.ts';
import { instantOf, wallTime } from '../../db/wall-time.ts';
import { dueTimes, patienceMs } from '../../src/digest/due.ts';

const DAY = 86_400_000;
const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC', '+05:45'];

const zone = fc.constantFrom(...zones);
const instant = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2045, 0) });
const cadence: fc.Arbitrary<Cadence> = fc.oneof(
  fc.record({
    every: fc.constant('day' as const),
    onDay: fc.constant(1),
    minute: fc.integer({ min: 0, max: 1439 }),
    zone,
  }),
  fc.record({
    every: fc.constant('week' as const),
    onDay: fc.integer({ min: 1, max: 7 }),
    minute: fc.integer({ min: 0, max: 1439 }),
    zone,
  }),
  fc.record({
    every: fc.constant('month' as const),
    onDay: fc.integer({ min: 1, max: 28 }),
    minute: fc.integer({ min: 0, max: 1439 }),
    zone,
  }),
);

/** Moments around which the clocks of some zones jump, beside any others. */
const moment = fc.oneof(
  instant,
  fc
    .record({
      year: fc.integer({ min: 2005, max: 2035 }),
      month: fc.constantFrom(2, 3, 9, 10),
      hours: fc.integer({ min: 0, max: 31 * 24 }),
    })
    .map(({ year, month, hours }) => Date.UTC(year, month, 1, hours)),
);

const iso = (ms: number) => new Date(ms).toISOString();
const at = (text: string) => Date.parse(text);
const monday: Cadence = { every: 'week', onDay: 1, minute: 9 * 60, zone: 'Europe/Berlin' };
const nightly = (zoneName: string, minute: number): Cadence => ({
  every: 'day',
  onDay: 1,
  minute,
  zone: zoneName,
});

describe('in every zone, at every time', () => {
  test('the last due time is not after now, the next one is, and none lies between', () => {
    fc.assert(
      fc.property(cadence, moment, (wanted, now) => {
        const { last, next } = dueTimes(wanted, now);
        expect(last).toBeLessThanOrEqual(now);
        expect(next).toBeGreaterThan(now);
        expect(dueTimes(wanted, next).last).toBe(next);
        expect(dueTimes(wanted, next - 1)).toEqual({ last, next });
        expect(dueTimes(wanted, last)).toEqual({ last, next });
      }),
      { numRuns: 300 },
    );
  });

  test('later is never due earlier', () => {
    fc.assert(
      fc.property(cadence, moment, fc.nat({ max: 40 * DAY }), (wanted, now, more) => {
        const [first, second] = [dueTimes(wanted, now), dueTimes(wanted, now + more)];
        expect(second.last).toBeGreaterThanOrEqual(first.last);
        expect(second.next).toBeGreaterThanOrEqual(first.next);
      }),
      { numRuns: 200 },
    );
  });

  test('the clocks show the time that was asked for, or have just skipped it', () => {
    fc.assert(
      fc.property(cadence, moment, (wanted, now) => {
        const { next } = dueTimes(wanted, now);
        const shown = wallTime(wanted.zone, next);
        const minute = (shown % DAY) / 60_000;
        if (minute === wanted.minute) return;
        const skipped = wallTime(wanted.zone, next) - wallTime(wanted.zone, next - 1);
        expect(skipped).toBeGreaterThan(1);
      }),
      { numRuns: 300 },
    );
  });

  test('what a clock shows is found again, the first time that it shows it', () => {
    fc.assert(
      fc.property(zone, moment, (name, now) => {
        const found = instantOf(name, wallTime(name, now));
        expect(found).toBeLessThanOrEqual(now);
        expect(wallTime(name, found)).toBe(wallTime(name, now));
      }),
      { numRuns: 300 },
    );
  });
});

describe('when the clocks change', () => {
  test('Monday at nine stays Monday at nine', () => {
    expect(iso(dueTimes(monday, at('2026-10-24T12:00Z')).last)).toBe('2026-10-19T07:00:00.000Z');
    expect(iso(dueTimes(monday, at('2026-10-24T12:00Z')).next)).toBe('2026-10-26T08:00:00.000Z');
  });

  test('a time that does not exist is due when the clocks go on', () => {
    const half = nightly('Europe/Berlin', 150);
    const { last, next } = dueTimes(half, at('2026-03-29T00:59:59Z'));
    expect(iso(last)).toBe('2026-03-28T01:30:00.000Z');
    expect(iso(next)).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(dueTimes(half, next).next)).toBe('2026-03-30T00:30:00.000Z');
  });

  test('a time that exists twice is due the first time, and only then', () => {
    const half = nightly('Europe/Berlin', 150);
    const { next } = dueTimes(half, at('2026-10-24T12:00Z'));
    expect(iso(next)).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(dueTimes(half, next).next)).toBe('2026-10-26T01:30:00.000Z');
  });

  test('half an hour in Lord Howe, a whole day in Samoa', () => {
    const howe = nightly('Australia/Lord_Howe', 135);
    expect(iso(dueTimes(howe, at('2026-10-03T12:00Z')).next)).toBe('2026-10-03T15:30:00.000Z');
    const apia = nightly('Pacific/Apia', 540);
    const { next } = dueTimes(apia, at('2011-12-29T20:00Z'));
    expect(iso(next)).toBe('2011-12-30T10:00:00.000Z');
    expect(iso(dueTimes(apia, next).next)).toBe('2011-12-30T19:00:00.000Z');
  });

  test('months have their lengths', () => {
    const first: Cadence = { ...monday, every: 'month', onDay: 28, zone: 'America/New_York' };
    expect(iso(dueTimes(first, at('2027-02-28T14:00Z')).last)).toBe('2027-02-28T14:00:00.000Z');
    expect(iso(dueTimes(first, at('2027-02-28T14:00Z')).next)).toBe('2027-03-28T13:00:00.000Z');
  });
});

test('a digest may be late by half of its cadence', () => {
  expect(patienceMs(nightly('UTC', 0))).toBe(DAY / 2);
  expect(patienceMs(monday)).toBe(3.5 * DAY);
  expect(patienceMs({ ...monday, every: 'month' })).toBe(15 * DAY);
});

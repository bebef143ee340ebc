import { describe, expect, test } from 'vitest';
import { parseDigest } from '../../commands/parse-digest.ts';
import type { Cadence } from '../../db/subscriptions.ts';
import { cadenceOf, earlyWords } from '../../src/digest/choice.ts';
import { everyWords, scheduleWords, typedWords } from '../../src/digest/words.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const usual = (zone: string, every: Cadence['every'] = 'week') =>
  cadenceOf(every, {}, undefined, zone, NOW);

describe('the usual time', () => {
  test.each([
    ['Europe/Berlin', 540],
    ['America/Los_Angeles', 540],
    ['UTC', 540],
    ['Asia/Tokyo', 540],
    ['Australia/Sydney', 660],
    ['Australia/Lord_Howe', 660],
    ['Pacific/Auckland', 780],
    ['Pacific/Kiritimati', 840],
  ])('in %s is the first full hour from nine on at which the week is over', (zone, minute) => {
    expect(usual(zone)).toEqual({ every: 'week', onDay: 1, minute, zone });
    expect(earlyWords(usual(zone), NOW)).toBeUndefined();
    expect(earlyWords(usual(zone, 'day'), NOW)).toBeUndefined();
    expect(earlyWords(usual(zone, 'month'), NOW)).toBeUndefined();
  });

  test('of an earlier one it is said what it tells of', () => {
    const early = { ...usual('Pacific/Auckland'), minute: 540 };
    expect(earlyWords(early, NOW)).toBe(
      'A week ends at midnight UTC, which is 13:00 there: a digest that comes earlier tells of the week before the last one.',
    );
    expect(earlyWords({ ...early, onDay: 2 }, NOW)).toBeUndefined();
  });
});

test('what is not said stays as it was', () => {
  const before: Cadence = { every: 'week', onDay: 5, minute: 60, zone: 'UTC' };
  expect(cadenceOf('week', { minute: 90 }, before, 'UTC', NOW)).toEqual({ ...before, minute: 90 });
  expect(cadenceOf('week', { onDay: 2 }, before, 'Asia/Tokyo', NOW)).toEqual({
    ...before,
    onDay: 2,
    zone: 'Asia/Tokyo',
  });
});

test.each<[Cadence, string, string]>([
  [
    { every: 'week', onDay: 1, minute: 540, zone: 'Europe/Berlin' },
    'Every Monday at 9:00 in Europe/Berlin, next on Monday, 30 November at 9:00',
    'weekly monday 9:00 in Europe/Berlin',
  ],
  [
    { every: 'day', onDay: 1, minute: 5, zone: 'UTC' },
    'Every day at 0:05 in UTC, next on Wednesday, 25 November at 0:05',
    'daily 0:05 in UTC',
  ],
  [
    { every: 'month', onDay: 22, minute: 1439, zone: 'America/New_York' },
    'On the 22nd of every month at 23:59 in America/New_York, next on Tuesday, 22 December at 23:59',
    'monthly 22 23:59 in America/New_York',
  ],
  [
    { every: 'day', onDay: 1, minute: 480, zone: '+05:30' },
    'Every day at 8:00 in UTC+5:30, next on Wednesday, 25 November at 8:00',
    'daily 8:00 in UTC+5:30',
  ],
])('it is said in words', (cadence, words, typed) => {
  expect(scheduleWords(cadence, NOW)).toBe(words);
  expect(typedWords(cadence)).toBe(typed);
  expect({ onDay: 1, ...parseDigest(typed) }).toEqual(cadence);
  expect(words.startsWith(everyWords(cadence))).toBe(true);
});

test.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [13, '13th'],
  [21, '21st'],
])('the %i is the %s', (onDay, words) => {
  expect(everyWords({ every: 'month', onDay, minute: 0, zone: 'UTC' })).toContain(
    `the ${words} of`,
  );
});

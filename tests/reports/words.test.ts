import { expect, test } from 'vitest';
import {
  daysWithin,
  percent,
  shortPercent,
  signedPercent,
  stretchName,
} from '../../reports/words.ts';

test('a share is nothing only where there is none of it, and all only where it is all', () => {
  expect([0, 0.001, 0.5, 0.994, 0.997, 1].map(percent)).toEqual([
    '0%',
    'under 1%',
    '50%',
    '99%',
    'over 99%',
    '100%',
  ]);
  expect([0.001, 0.997].map(shortPercent)).toEqual(['<1%', '>99%']);
});

test('a fall is one of all only where nothing is left', () => {
  expect([-1, 3 / 3503 - 1, -0.31, 0.12, 1].map(signedPercent)).toEqual([
    '−100%',
    '−99%',
    '−31%',
    '+12%',
    '+100%',
  ]);
});

test('a stretch of days says its year and month once', () => {
  expect(stretchName('2026-11-05', '2026-11-05')).toBe('5 Nov 2026');
  expect(stretchName('2026-11-04', '2026-11-05')).toBe('4 to 5 Nov 2026');
  expect(stretchName('2026-10-30', '2026-11-05')).toBe('30 Oct to 5 Nov 2026');
  expect(stretchName('2025-12-30', '2026-01-02')).toBe('30 Dec 2025 to 2 Jan 2026');
});

test('beside a day of the same year, days go without it', () => {
  expect(daysWithin('2026-11-04', '2026-11-05', '2026-11-03')).toBe('4 and 5 Nov');
  expect(daysWithin('2026-10-31', '2026-11-02', '2026-11-03')).toBe('31 Oct to 2 Nov');
  expect(daysWithin('2027-01-01', '2027-01-01', '2026-12-31')).toBe('1 Jan 2027');
  expect(daysWithin('2027-01-01', '2027-01-02', '2026-12-31')).toBe('1 and 2 Jan 2027');
});

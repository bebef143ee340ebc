import { expect, test } from 'vitest';
import { percent, shortPercent, signedPercent } from '../../reports/words.ts';

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

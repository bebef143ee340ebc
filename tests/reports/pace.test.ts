import { expect, test } from 'vitest';
import { paceLine, paceOf } from '../../reports/pace.ts';

const line = (...last: number[]) =>
  paceLine('New stars', paceOf([...new Array<number>(16 - last.length).fill(21), ...last]));

test('what did not change at all is no difference that may be chance', () => {
  expect(line()).toBe(
    'New stars a week: 21 over the last 4 whole weeks, 21 over the 12 before, no difference.',
  );
  expect(line(22)).toMatch(/, a difference that may well be chance\.$/);
  expect(line(60, 60, 60, 60)).toMatch(/, a difference that chance alone brings less than once/);
});

test('a last week that is far off is told in its place', () => {
  expect(line(90)).toMatch(/, and the last one alone was above the usual 21\.$/);
});

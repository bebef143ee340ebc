import { expect, test } from 'vitest';
import { paceLine, paceOf, paceSentence, usualText } from '../../reports/pace.ts';

const line = (...last: number[]) =>
  paceLine('New stars', paceOf([...new Array<number>(16 - last.length).fill(21), ...last]), false);

test('what did not change at all is no difference that may be chance', () => {
  expect(line()).toBe(
    'New stars a week: 21 over the last 4 whole weeks, 21 over the 12 before, no difference.',
  );
  expect(line(22)).toMatch(/, a difference that may well be chance\.$/);
  expect(line(60, 60, 60, 60)).toMatch(/, a difference that chance alone brings less than once/);
});

test('what is too early is not what has a hole', () => {
  const none = paceOf([7, null, 7, 7]);
  expect(paceLine('New stars', none, true)).toMatch(/^It is too early to tell a trend: that takes/);
  expect(paceLine('New stars', none, false)).toMatch(/^No trend is told: that takes/);
  expect(paceLine('New stars', none, true, 'x')).toMatch(/^No trend is told, because x: that/);
});

test('of nothing, no pace is told', () => {
  const words = { up: 'up', down: 'down', steady: 'steady' };
  const said = (weeks: number[]) => paceSentence(paceOf(weeks), words);
  const zeros = new Array<number>(15).fill(0);
  expect(said([...zeros, 0])).toBe('');
  expect(said([1, ...zeros])).toBe('');
  expect(said([...zeros, 1])).toBe('');
  expect(said([...new Array<number>(12).fill(50), 0, 0, 0, 0])).toBe('down');
});

test('nothing is steady beside a week that was off, not even where it may be chance', () => {
  const words = { up: 'up', down: 'down', steady: 'steady' };
  const wild = [300, 40, 500, 60, 350, 30, 450, 80, 400, 50, 380, 70, 320, 100, 300];
  expect(paceSentence(paceOf([...wild, 200]), words)).toBe('steady');
  const record = paceOf([...wild, 560]);
  expect(record.odd).toBeUndefined();
  expect(paceSentence(record, words)).toBe('');
});

test('a last week that is far off is told in its place', () => {
  expect(line(90)).toMatch(/, and the last one alone was above the usual 21\.$/);
});

test.each([
  [24, '11 to 23'],
  [25, '11 to 24'],
  [11, '12 to 24'],
  [12, '11 to 24'],
  [10, '11 to 24'],
])('no edge of what is usual is rounded onto a value outside of it: %i', (value, told) => {
  expect(usualText({ low: 11.3, high: 23.7 }, value)).toBe(told);
});

test('nor is one where all that is usual lies between two whole numbers', () => {
  expect(usualText({ low: 21.6, high: 21.8 }, 22)).toBe('21');
  expect(usualText({ low: 21.2, high: 21.4 }, 21)).toBe('22');
});

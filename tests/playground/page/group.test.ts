import { expect, test } from 'vitest';
import { byDay } from '../../../playground/page/model/group.ts';
import { message } from './messages.ts';

const compactness = (...messages: Parameters<typeof byDay>[0]) =>
  byDay(messages).flatMap(({ rows }) => rows.map(({ compact }) => compact));

test('what one person says in a row stands under one name', () => {
  expect(compactness(message(0), message(60), message(120))).toEqual([false, true, true]);
});
test('another author, a pause, and a thread begin anew', () => {
  expect(compactness(message(0), message(60, { user: 'UBO' }))).toEqual([false, false]);
  expect(compactness(message(0), message(301))).toEqual([false, false]);
  expect(compactness(message(0, { replyCount: 2 }), message(60))).toEqual([false, false]);
});
test('every answer that only one person sees says so', () => {
  const only = { visibleOnlyTo: 'UADA' };
  expect(compactness(message(0, only), message(1, only), message(2))).toEqual([
    false,
    false,
    false,
  ]);
});
test('days are kept apart', () => {
  const days = byDay([message(0), message(11 * 3600), message(13 * 3600)]);
  expect(days.map(({ key, rows }) => [key, rows.length])).toEqual([
    ['2023-11-15', 2],
    ['2023-11-16', 1],
  ]);
});

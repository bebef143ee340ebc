import fc from 'fast-check';
import { expect, test } from 'vitest';
import { counted, dayLabel, initialsOf, inkOn } from '../../../playground/page/model/format.ts';

test.each([
  ['Ingrid Solbakken', 'IS'],
  ['Tomás Ferreira-Lopes', 'TL'],
  ['백준호', '백'],
  ['*stella*_k', 'SK'],
  ['Tomás 🌊', 'T'],
  ['𝒳enia', '𝒳'],
  ['…', ''],
])('%s is shown as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('no name breaks its avatar', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => initialsOf(name).length <= 8));
});

test('days are named from where the reader stands', () => {
  const now = Date.UTC(2026, 2, 1, 8);
  expect(dayLabel(Date.UTC(2026, 2, 1), now)).toBe('Today');
  expect(dayLabel(Date.UTC(2026, 1, 28, 23), now)).toBe('Yesterday');
  expect(dayLabel(Date.UTC(2026, 1, 27), now)).toContain('27');
  expect(dayLabel(Date.UTC(2025, 1, 27), now)).toContain('2025');
});

test('letters can be read on every colour', () => {
  expect(inkOn('#0b6e99')).toBe('#ffffff');
  expect(inkOn('#ffe066')).toBe('#000000');
});

test('counts agree with their noun', () => {
  expect([counted(1, 'reply', 'replies'), counted(1200, 'member')]).toEqual([
    '1 reply',
    '1,200 members',
  ]);
});

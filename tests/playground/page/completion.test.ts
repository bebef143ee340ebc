import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandOf, completionAt, isSayable } from '../../../playground/page/model/completion.ts';

const commands = ['help', 'stars', 'top-users'].map((name) => ({
  command: `/metrics ${name}`,
  usage: `/metrics ${name} [range]`,
  summary: `About ${name}`,
}));
const names = [
  { id: 'UADA', name: 'Ada Möller', sigil: '@' as const },
  { id: 'UDAN', name: 'Dana Adams', sigil: '@' as const },
  { id: 'CGEN', name: 'general', sigil: '#' as const },
];
const at = (text: string, caret = text.length) => completionAt(text, caret, commands, names);
const labels = (text: string) => at(text)?.suggestions.map(({ label }) => label);

describe('commands', () => {
  test('all of them after a slash, fewer with every letter', () => {
    expect(labels('/')).toHaveLength(3);
    expect(labels('/metrics s')).toEqual(['/metrics stars']);
    expect(labels('/metrics x')).toBeUndefined();
  });
  test('also by their second word', () => {
    expect(labels('/top')).toEqual(['/metrics top-users']);
  });
  test('with what they take and what they do', () => {
    expect(at('/metrics s')?.suggestions[0]).toMatchObject({
      detail: '[range]',
      note: 'About stars',
      insert: '/metrics stars ',
    });
  });
  test('one may be sent that could go on', () => {
    const sayable = (typed: string) => {
      const [first] = at(typed)?.suggestions ?? [];
      return first && isSayable(typed, first);
    };
    expect(['/metrics', '/metrics ', '/metrics stars'].map(sayable)).toEqual([true, true, true]);
    expect(['/', '/met', '/metrics st', '/stars'].map(sayable)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(['@ada', '#general'].map(sayable)).toEqual([false, true]);
  });
  test('only at the start of the text', () => {
    expect(labels('see /metrics')).toBeUndefined();
  });
  test('the usage is recalled while arguments are typed', () => {
    expect(commandOf('/metrics stars 30d', commands)?.command).toBe('/metrics stars');
    expect(commandOf('/metrics', commands)).toBeUndefined();
  });
});

describe('names', () => {
  test('people after @: first those whose name begins so', () => {
    expect(labels('ask @ada')).toEqual(['@Ada Möller', '@Dana Adams']);
    expect(at('ask @ada')?.from).toBe(4);
  });
  test('channels after #', () => {
    expect(labels('in #')).toEqual(['#general']);
  });
  test('not inside a word, such as an address', () => {
    expect(labels('mail ada@d')).toBeUndefined();
  });
  test('where the caret is', () => {
    expect(at('hi @ad and more', 6)?.suggestions[0]?.label).toBe('@Ada Möller');
  });
});

test('anything can be typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, caret) => {
      const completion = at(text, Math.min(caret, text.length));
      expect(completion === undefined || completion.suggestions.length > 0).toBe(true);
    }),
  );
});

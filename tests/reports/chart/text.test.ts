import { createCanvas } from 'canvas';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { oneLine, shorten, textWidth, wrap } from '../../../reports/chart/text.ts';
import { registerFonts } from '../../../src/render/fonts.ts';

/** What names and numbers are made of; Inter sets some other signs, like arrows, in one. */
const letter = fc.constantFrom(
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,._#',
);

let drawnWidth: (text: string) => number;
beforeAll(() => {
  const fontsFor = registerFonts();
  const context = createCanvas(10, 10).getContext('2d');
  drawnWidth = (text) => {
    context.font = `600 16px ${fontsFor(text)}`;
    return context.measureText(text).width;
  };
});

describe('textWidth', () => {
  test('is what Inter takes, give or take a little', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: letter }), (text) => {
        expect(Math.abs(textWidth(text, 16) - drawnWidth(text))).toBeLessThan(
          3 + 0.06 * drawnWidth(text),
        );
      }),
    );
  });

  test.each([
    'Łukasz Żółć',
    'Александр Пушкин',
    'Ελένη Παπαδοπούλου',
    'Nguyễn Thị Ánh',
    '佐々木 陽菜',
    '林晓雯',
    '김민준',
    'サーバー・メンテナンス',
    '【公告】版本！',
    'שרה כהן',
    'محمد علي',
    'अनिल कुमार',
    'สมชาย ใจดี',
  ])('of %s is near what is drawn', (name) => {
    expect(textWidth(name, 16) / drawnWidth(name)).toBeGreaterThan(0.93);
    expect(textWidth(name, 16) / drawnWidth(name)).toBeLessThan(1.3);
  });
});

describe('shorten', () => {
  test('leaves what fits', () => {
    expect(shorten('marquez', 16, 100)).toBe('marquez');
  });

  test('cuts the middle, or the end', () => {
    expect(shorten('a-very-long-repository-name', 16, 120)).toBe('a-very…-name');
    expect(shorten('A very long name of a person', 16, 120, 'end')).toBe('A very long n…');
  });

  test('never is wider than asked, and never splits a character', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 300 }), (text, width) => {
        const short = shorten(text, 16, width);
        expect(textWidth(short, 16)).toBeLessThanOrEqual(width);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('wrap', () => {
  test('keeps all words in order where there are lines enough', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), (text) => {
        const lines = wrap(text, 16, 400, 99);
        expect(lines.join(' ')).toBe(text);
        for (const line of lines) expect(textWidth(line, 16)).toBeLessThanOrEqual(400);
      }),
    );
  });

  test('ends with an ellipsis where it must stop', () => {
    const lines = wrap('one two three four five six seven eight nine ten', 16, 80, 2);
    expect(lines).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/…$/);
  });

  test('shortens a word that is longer than a line', () => {
    expect(wrap('x'.repeat(200), 16, 100, 3)).toHaveLength(1);
  });

  test('does not break within a date', () => {
    for (let width = 120; width < 400; width += 5) {
      const lines = wrap('down from 28 Nov 2026 on, and since 3 Dec as well', 16, width, 99);
      const text = lines.join('|');
      expect(text).toContain('28 Nov 2026');
      expect(text).toContain('3 Dec');
    }
  });
});

test('a name is one line', () => {
  expect(oneLine('  Ada\n\tLove\u0000lace\u2028 ')).toBe('Ada Love lace');
});

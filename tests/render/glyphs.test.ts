import { createCanvas } from 'canvas';
import { describe, expect, test } from 'vitest';
import { registerFonts } from '../../src/render/fonts.ts';
import { createReadable, type Readable } from '../../src/render/glyphs.ts';

/** Inter alone. */
const BARE = '"Inter", "Inter Latin Ext", "Inter Cyrillic", "Inter Greek", "Inter Vietnamese"';

const fontsFor = registerFonts();
const SHIPPED = /^"(Inter|Noto Sans \d)/;
/** What ships with the project, as on a machine without fonts. */
const readable: Readable = (text, spare) => {
  const shipped = fontsFor(text)
    .split(', ')
    .filter((family) => SHIPPED.test(family));
  return createReadable(shipped.join(', '))(text, spare);
};

describe('with only the fonts that ship with the project', () => {
  test.each([
    'Ada Lovelace <ada&co> *_`"',
    'Łukasz Żółć Ştefan',
    'Александр Пушкин',
    'Ελένη Παπαδοπούλου',
    'Nguyễn Thị Ánh',
    '↑2 ↓1 … − ·',
    '\u2068Zoe\u0308\u2069',
    '田中さくら',
    '林晓雯',
    '김민준',
    'שרה כהן',
    'محمد علي',
    'अनिल कुमार',
    'สมชาย ใจดี',
    '山田・ＴＡＲＯ「Ａ」',
  ])('%s is drawn as it is', (name) => {
    expect(readable(name, 'U1')).toBe(name);
  });

  test.each([
    ['🎉🎉', 'U1'],
    ['👩‍💻', 'U1'],
    ['🚀 Rocket 👩‍💻', 'Rocket'],
    ['ᏣᎳᎩ Taro', 'Taro'],
    ['ᏣᎳᎩ', 'U1'],
    ['Ada 🇪🇺 Lovelace', 'Ada Lovelace'],
  ])('%s becomes %s', (name, shown) => {
    expect(readable(name, 'U1')).toBe(shown);
  });
});

test('what Inter covers is drawn in Inter, also beside the fonts of the machine', () => {
  const context = createCanvas(10, 10).getContext('2d');
  const width = (text: string, families: string) => {
    context.font = `600 20px ${families}`;
    return context.measureText(text).width;
  };
  for (const text of ['Łukasz', 'Пушкин', 'Ελένη', 'Nguyễn']) {
    expect(width(text, fontsFor(text)), text).toBeCloseTo(width(text, BARE), 3);
  }
});

test('the machine may draw more, never less', () => {
  const draws = (text: string) => createReadable(fontsFor(text))(text, 'U1');
  expect(draws('Łukasz 1,234 さくら')).toBe('Łukasz 1,234 さくら');
  expect(['ᏣᎳᎩ', 'U1']).toContain(draws('ᏣᎳᎩ'));
});

test('only the files that a text needs are read', () => {
  const noto = (text: string) =>
    fontsFor(text)
      .split(', ')
      .filter((one) => /Noto Sans \d/.test(one));
  expect(noto('Ada Lovelace')).toEqual([]);
  expect(noto('שרה כהן')).toHaveLength(1);
  expect(noto('שרה')).toEqual(noto('כהן'));
});

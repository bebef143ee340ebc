import { createCanvas } from 'canvas';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerFonts } from '../../src/render/fonts.ts';
import { createReadable, type Readable } from '../../src/render/glyphs.ts';

/** Only what ships with the project, as on a machine without fonts. */
const BARE = '"Inter", "Inter Latin Ext", "Inter Cyrillic", "Inter Greek", "Inter Vietnamese"';

let fonts: string;
let readable: Readable;
beforeAll(() => {
  fonts = registerFonts();
  readable = createReadable(BARE);
});

describe('with only the fonts that ship with the project', () => {
  test.each([
    'Ada Lovelace <ada&co> *_`"',
    'Łukasz Żółć Ştefan',
    'Александр Пушкин',
    'Ελένη Παπαδοπούλου',
    'Nguyễn Thị Ánh',
    '↑2 ↓1 … − ·',
    '\u2068Zoe\u0308\u2069',
  ])('%s is drawn as it is', (name) => {
    expect(readable(name, 'U1')).toBe(name);
  });

  test.each([
    ['田中さくら', 'U1'],
    ['שרה כהן', 'U1'],
    ['محمد علي', 'U1'],
    ['🎉🎉', 'U1'],
    ['👩‍💻', 'U1'],
    ['🚀 Rocket 👩‍💻', 'Rocket'],
    ['山田 Taro', 'Taro'],
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
    expect(width(text, fonts), text).toBeCloseTo(width(text, BARE), 3);
  }
});

test('the machine may draw more, never less', () => {
  const own = createReadable(fonts);
  expect(own('Łukasz 1,234', 'U1')).toBe('Łukasz 1,234');
  expect(['שרה', 'U1']).toContain(own('שרה', 'U1'));
});

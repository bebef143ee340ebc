import { createCanvas } from 'canvas';

const SIZE = 24;
/** Never assigned a character, so what is drawn for it is what "no glyph" looks like. */
const NO_CHARACTER = String.fromCodePoint(0x10ffff);
/** Letters and marks that Inter's Latin files hold for certain. */
const PLAIN = /^[\u0020-\u024f]*$/u;
/** Joined to what stands before them, invisible by themselves. */
const ATTACHED = /^[\p{M}\p{Default_Ignorable_Code_Point}]$/u;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Returns `text` less what can't be drawn; `spare` when nothing readable remains. */
export type Readable = (text: string, spare: string) => string;

/**
 * Finds out which characters the `fonts` (a CSS list of families) of this machine can draw, most
 * often missing are emoji and rarer scripts.
 */
export function createReadable(fonts: string): Readable {
  const context = createCanvas(SIZE, SIZE).getContext('2d');
  const drawable = new Map<string, boolean>();
  const noGlyph = pixels(NO_CHARACTER);

  function pixels(character: string): string {
    context.clearRect(0, 0, SIZE, SIZE);
    context.font = `400 ${SIZE * 0.6}px ${fonts}`;
    context.fillText(character, 2, SIZE * 0.75);
    return Buffer.from(context.getImageData(0, 0, SIZE, SIZE).data).toString('latin1');
  }

  function isDrawable(grapheme: string): boolean {
    return [...grapheme].every((character) => {
      if (PLAIN.test(character) || ATTACHED.test(character)) return true;
      const known = drawable.get(character) ?? pixels(character) !== noGlyph;
      drawable.set(character, known);
      return known;
    });
  }

  return (text, spare) => {
    if (PLAIN.test(text)) return text;
    const letters = Array.from(graphemes.segment(text), ({ segment }) => segment);
    const kept = letters.filter(isDrawable);
    if (kept.length === letters.length) return text;
    const tidy = kept.join('').replace(/\s+/g, ' ').trim();
    return SAYS_SOMETHING.test(tidy) ? tidy : spare;
  };
}

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
const drawable = new Map<string, boolean>();
let context: ReturnType<ReturnType<typeof createCanvas>['getContext']> | undefined;
let missing: string | undefined;

/**
 * `text` less the characters that no font on this machine can draw (most often emoji, or scripts
 * that Inter does not cover). When nothing readable remains it is `spare`.
 */
export function drawableText(text: string, spare: string): string {
  if (PLAIN.test(text)) return text;
  let kept = '';
  let dropped = false;
  for (const { segment } of graphemes.segment(text)) {
    if (isDrawable(segment)) kept += segment;
    else dropped = true;
  }
  if (!dropped) return text;
  const tidy = kept.replace(/\s+/g, ' ').trim();
  return SAYS_SOMETHING.test(tidy) ? tidy : spare;
}

function isDrawable(grapheme: string): boolean {
  return [...grapheme].every((character) => {
    if (PLAIN.test(character) || ATTACHED.test(character)) return true;
    const known = drawable.get(character) ?? pixels(character) !== noGlyph();
    drawable.set(character, known);
    return known;
  });
}

function noGlyph(): string {
  missing ??= pixels(NO_CHARACTER);
  return missing;
}

function pixels(character: string): string {
  context ??= createCanvas(SIZE, SIZE).getContext('2d');
  context.clearRect(0, 0, SIZE, SIZE);
  context.font = `400 ${SIZE * 0.6}px Inter`;
  context.fillText(character, 2, SIZE * 0.75);
  return Buffer.from(context.getImageData(0, 0, SIZE, SIZE).data).toString('latin1');
}

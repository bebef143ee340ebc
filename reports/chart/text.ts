/**
 * Advance widths of Inter SemiBold for the characters from space to tilde, in hundredths of the
 * font size. Charts lay out their labels before anything is drawn, so they need to know how long a
 * text will be; regular weight is a few percent narrower, which leaves a little air.
 */
const WIDTHS = [
  25, 32, 52, 64, 65, 100, 66, 33, 37, 37, 54, 67, 32, 47, 32, 38, 66, 42, 62, 64, 67, 61, 64, 58,
  64, 64, 32, 33, 67, 67, 67, 54, 100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 70, 57, 92, 76, 77,
  65, 77, 65, 65, 66, 74, 73, 102, 72, 71, 65, 37, 38, 37, 48, 47, 35, 57, 62, 58, 62, 59, 39, 63,
  61, 26, 26, 57, 26, 90, 61, 61, 62, 62, 40, 55, 35, 61, 59, 84, 57, 59, 57, 45, 36, 45, 67,
];
/** With the signs that these scripts share (a long vowel, a full stop), and the wide forms of ours. */
const SQUARE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u30FF\uFF01-\uFF60]/u;
/** A font of the machine draws them, or nothing does. */
const EMOJI = /\p{Extended_Pictographic}/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** About how many pixels `text` takes at font size `size`; never much less than it really takes. */
export function textWidth(text: string, size: number): number {
  let hundredths = 0;
  for (const { segment } of graphemes.segment(text)) {
    const base = segment.normalize('NFD').codePointAt(0) ?? 0;
    hundredths += WIDTHS[base - 32] ?? widthBeyond(segment);
  }
  return (hundredths * size) / 100;
}

function widthBeyond(grapheme: string): number {
  if (EMOJI.test(grapheme)) return 130;
  return SQUARE.test(grapheme) ? 101 : 68;
}

/** `text`, with an ellipsis in the middle or at the end where it is longer than `maxWidth`. */
export function shorten(
  text: string,
  size: number,
  maxWidth: number,
  where: 'middle' | 'end' = 'middle',
): string {
  if (textWidth(text, size) <= maxWidth) return text;
  const letters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  for (let kept = letters.length - 1; kept > 0; kept--) {
    const head = where === 'end' ? kept : Math.ceil(kept / 2);
    const tail = letters.slice(letters.length - (kept - head));
    const short = `${letters.slice(0, head).join('').trimEnd()}…${tail.join('').trimStart()}`;
    if (textWidth(short, size) <= maxWidth) return short;
  }
  return '…';
}

/** Between words, but not within a date: `28 Nov 2026`. */
const BREAK = /(?<!\b\d{1,2}(?= [A-Z][a-z]{2}\b))(?<!\b[A-Z][a-z]{2}(?= \d{4}\b))\s+/;

/** `text` in lines of at most `maxWidth` pixels, broken between words; at most `maxLines` of them. */
export function wrap(text: string, size: number, maxWidth: number, maxLines: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(BREAK)) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || textWidth(longer, size) > maxWidth) {
      lines.push(shorten(word, size, maxWidth));
    } else {
      lines[lines.length - 1] = longer;
    }
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = shorten(`${kept.at(-1)} ${lines[maxLines]}`, size, maxWidth, 'end');
  return kept;
}

/** A name as one line of text: no line breaks, no control characters, no double spaces. */
export function oneLine(name: string): string {
  return name
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from 'canvas';

/** Noto Sans by script, as its packages are named. */
type Script = 'jp' | 'sc' | 'kr' | 'hebrew' | 'arabic' | 'devanagari' | 'thai';
const OTHERS: readonly Script[] = ['kr', 'hebrew', 'arabic', 'devanagari', 'thai'];

/** The same Chinese characters are written a little differently in Japan. */
const JAPANESE_FIRST: readonly Script[] = ['jp', 'sc', ...OTHERS];
const CHINESE_FIRST: readonly Script[] = ['sc', 'jp', ...OTHERS];

const BEYOND_INTER =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Hebr}\p{sc=Arab}\p{sc=Deva}\p{sc=Thai}\u3000-\u30ff\uff00-\uffef]/gu;
const KANA = /[\p{sc=Hira}\p{sc=Kana}]/u;

/** The axis that Noto's files leave at its thinnest unless a canvas is told otherwise. */
export const REGULAR = "'wght' 400";

/** A file of a font, and the code points that it holds, as pairs of first and last. */
interface Part {
  readonly path: string;
  readonly ranges: readonly (readonly [number, number])[];
}

/**
 * Returns the families that draw what Inter lacks in a text. They ship with the project in a few
 * hundred small files, of which only those are read that a text needs, once each.
 */
export function createScripts(): (text: string) => string[] {
  const parts = new Map<Script, Part[]>();
  const families = new Map<string, string>();

  function partsOf(script: Script): Part[] {
    const known = parts.get(script) ?? readParts(script);
    parts.set(script, known);
    return known;
  }

  function familyOf({ path }: Part): string {
    const known = families.get(path);
    if (known) return known;
    const family = `Noto Sans ${families.size + 1}`;
    if (!GlobalFonts.registerFromPath(path, family)) throw new Error(`cannot read font ${path}`);
    families.set(path, family);
    return family;
  }

  return (text) => {
    const letters = new Set(text.match(BEYOND_INTER));
    if (letters.size === 0) return [];
    const candidates = (KANA.test(text) ? JAPANESE_FIRST : CHINESE_FIRST).flatMap(partsOf);
    const needed = new Set<string>();
    for (const letter of letters) {
      const point = letter.codePointAt(0) as number;
      const part = candidates.find((each) => holds(each, point));
      if (part) needed.add(familyOf(part));
    }
    return [...needed];
  };
}

const holds = ({ ranges }: Part, point: number): boolean =>
  ranges.some(([first, last]) => first <= point && point <= last);

/** The files of a script, by the table that comes with them: `{"[4]": "U+1f21a,U+1f234-1f237"}`. */
function readParts(script: Script): Part[] {
  const name = `noto-sans-${script}`;
  const table = import.meta.resolve(`@fontsource-variable/${name}/unicode.json`);
  const folder = join(dirname(fileURLToPath(table)), 'files');
  const subsets: Record<string, string> = JSON.parse(readFileSync(fileURLToPath(table), 'utf8'));
  return Object.entries(subsets).map(([subset, points]) => ({
    path: join(folder, `${name}-${subset.replace(/[[\]]/g, '')}-wght-normal.woff2`),
    ranges: points.split(',').map((range) => {
      const [first, last = first] = range.replace('U+', '').split('-');
      return [Number.parseInt(first as string, 16), Number.parseInt(last as string, 16)] as const;
    }),
  }));
}

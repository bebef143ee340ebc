import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from 'canvas';
import { createScripts } from './scripts.ts';

/** The files of Inter, by the characters that they hold. The first is the family's own name. */
const FAMILIES = {
  Inter: 'latin',
  'Inter Latin Ext': 'latin-ext',
  'Inter Cyrillic': 'cyrillic',
  'Inter Cyrillic Ext': 'cyrillic-ext',
  'Inter Greek': 'greek',
  'Inter Greek Ext': 'greek-ext',
  'Inter Vietnamese': 'vietnamese',
} as const;
const WEIGHTS = [400, 600, 700] as const;

/** Fonts of the machine that help where those that ship along end: more scripts, symbols, emoji. */
const HELPFUL =
  /^(Noto (Sans|Color Emoji|Emoji)|DejaVu Sans$|Liberation Sans$|Arial|Segoe UI|Apple |PingFang|Hiragino|Yu Gothic|Malgun|Microsoft |Source Han Sans|WenQuanYi|Droid Sans|FreeSans|Unifont)/;
const MOST_HELPERS = 40;

/**
 * Registers the fonts that ship with the project, so that charts look the same on any machine, and
 * returns the list of families that a text is to be drawn with: a missing character is looked for
 * along that list and nowhere else, so each file is a family of its own.
 */
export function registerFonts(): (text: string) => string {
  const folder = dirname(fileURLToPath(import.meta.resolve('@fontsource/inter/package.json')));
  const helpers = GlobalFonts.families.map(({ family }) => family).filter((f) => HELPFUL.test(f));
  for (const [family, subset] of Object.entries(FAMILIES)) {
    for (const weight of WEIGHTS) {
      const path = join(folder, 'files', `inter-${subset}-${weight}-normal.woff2`);
      if (!GlobalFonts.registerFromPath(path, family)) throw new Error(`cannot read font ${path}`);
    }
  }
  const scripts = createScripts();
  return (text) =>
    [...Object.keys(FAMILIES), ...scripts(text), ...helpers.slice(0, MOST_HELPERS)]
      .map((family) => `"${family}"`)
      .join(', ');
}

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from 'canvas';

const SUBSETS = [
  'latin',
  'latin-ext',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
  'vietnamese',
] as const;
const WEIGHTS = [400, 600, 700] as const;

/** Registers the fonts that ship with the project, so that charts look the same on any machine. */
export function registerFonts(): void {
  const folder = dirname(fileURLToPath(import.meta.resolve('@fontsource/inter/package.json')));
  for (const subset of SUBSETS) {
    for (const weight of WEIGHTS) {
      const path = join(folder, 'files', `inter-${subset}-${weight}-normal.woff2`);
      if (!GlobalFonts.registerFromPath(path, 'Inter')) throw new Error(`cannot read font ${path}`);
    }
  }
}

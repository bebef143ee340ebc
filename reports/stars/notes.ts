import { shortNames } from '../chart/series.ts';
import { listed } from '../words.ts';
import type { Stars } from './history.ts';

/** Who is not in a picture by age. */
export function ageNotes({ totals, align }: Stars): string[] {
  if (align !== 'age') return [];
  const names = shortNames(totals.map(({ name }) => name));
  const unborn = names.filter((_, index) => !totals[index]?.firstStar);
  if (unborn.length === 0) return [];
  return [`Left out, because their history does not go back to the first star: ${listed(unborn)}.`];
}

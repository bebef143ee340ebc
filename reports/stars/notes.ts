import { shortNames } from '../chart/series.ts';
import { STARS } from '../totals/kind.ts';
import { totalsNotes } from '../totals/notes.ts';
import { listed } from '../words.ts';
import type { Stars } from './history.ts';

/** What the data lacks, a sentence each. */
export function notesOf(data: Stars): string[] {
  return [...totalsNotes(data, STARS), ...(data.align === 'age' ? ageNotes(data) : [])];
}

function ageNotes({ totals }: Stars): string[] {
  const names = shortNames(totals.map(({ name }) => name));
  const unborn = names.filter((_, index) => !totals[index]?.firstStar);
  if (unborn.length === 0) return [];
  return [`Left out, because their history does not go back to the first star: ${listed(unborn)}.`];
}

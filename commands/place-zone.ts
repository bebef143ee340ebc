import { InputError } from '../db/input-error.ts';
import { parseZone } from './zones.ts';

/** The zone that `words`, those behind “here”, name: `in Europe/Berlin`, or without the “in”. */
export function zoneBehindHere(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const zone = words[0]?.toLowerCase() === 'in' ? words.slice(1) : words;
  if (zone.length > 0) return parseZone(zone.join(' '));
  throw new InputError('“in” needs a time zone behind it, as in “in Europe/Berlin”.');
}

import { NotFound } from '../../errors.ts';
import { type Asking, getText } from '../http.ts';

/** Somebody waits for the answer. */
const MOST_ASKED = 6;

/**
 * Names that exist and are near `key`: with or without the `python` that so many carry, with
 * other hyphens. PyPI has no search to ask. Throws the errors of `errors.ts`.
 */
export async function nearPackages(
  apiUrl: string,
  key: string,
  asking: Asking,
  timeoutMs: number,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of nearNames(key)) {
    try {
      await getText(`${apiUrl}/api/packages/${name}/recent`, asking, timeoutMs);
      found.push(name);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  return found;
}

/** The likeliest first. @param key a normalised name */
export function nearNames(key: string): string[] {
  const bare = key.replace(/^python-|^py-?|-python$|-py$/g, '');
  const names = [
    bare,
    `${bare}-python`,
    `python-${bare}`,
    `py${bare}`,
    key.replaceAll('-', ''),
    `${bare}-py`,
    `py-${bare}`,
  ];
  return [...new Set(names)].filter((name) => name !== '' && name !== key).slice(0, MOST_ASKED);
}

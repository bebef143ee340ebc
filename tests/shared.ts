import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The path of real payloads or series that may lie beside the checkout; undefined where they do
 * not. A test that reads them then skips, and says so in its name.
 */
export function shared(path: string): string | undefined {
  const full = join(import.meta.dirname, '../../shared', path);
  return existsSync(full) ? full : undefined;
}

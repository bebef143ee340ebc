import type { Series } from '../db/series.ts';
import { resolveNames } from './names.ts';

/** The packages that `names` stand for, in any of the spellings that PyPI takes for the same. */
export function resolvePackages(names: readonly string[], packages: readonly Series[]): Series[] {
  const candidates = packages.map((one) => ({ label: normalised(one.subjectName), value: one }));
  return resolveNames(names.map(normalised), candidates, 'package');
}

/** PEP 503. */
function normalised(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

import { InputError } from '../db/input-error.ts';
import { packageName } from '../db/package-name.ts';
import type { Series } from '../db/series.ts';
import { resolveNames } from './names.ts';

/** The packages that `names` stand for, in any of the spellings that PyPI takes for the same. */
export function resolvePackages(names: readonly string[], packages: readonly Series[]): Series[] {
  const candidates = packages.map((one) => ({ label: packageName(one.subjectName), value: one }));
  return resolveNames(names.map(packageName), candidates, 'package');
}

/** Refuses several packages where what is asked for is of one; `asked` shows how. */
export function assertOne(packages: readonly Series[], asked: (name: string) => string): void {
  const [first, ...others] = packages;
  if (!first || others.length === 0) return;
  throw new InputError(
    `Versions are of one package at a time, as in “${asked(first.subjectName)}”.`,
  );
}

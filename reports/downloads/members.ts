import { memberName } from '../member-names.ts';
import type { Part } from '../parts.ts';
import { count } from '../words.ts';
import type { Dimension } from './params.ts';

/** A dimension as it stands behind "by", and what is said of many members. */
export const DIMENSION_NAMES: Readonly<
  Record<Dimension, { readonly by: string; readonly many: string }>
> = {
  version: { by: 'version', many: 'versions' },
  python: { by: 'Python version', many: 'versions of Python' },
  system: { by: 'operating system', many: 'systems' },
  distro: { by: 'distribution', many: 'distributions' },
  cloud: { by: 'cloud', many: 'clouds' },
  country: { by: 'country', many: 'countries' },
  installer: { by: 'installer', many: 'installers' },
  ci: { by: 'CI', many: 'kinds' },
};

/** A part as people call it: `Germany`, `CI`, `other (12)`. */
export function partName(by: Dimension, { name, kind }: Part, others: number): string {
  if (kind === 'other') return others > 0 ? `other (${count(others)})` : name;
  return memberName(by, name);
}

import { InputError } from '../db/input-error.ts';
import { DOWNLOADS } from '../db/pypi.ts';
import { type Series, seriesOf } from '../db/series.ts';
import { DIMENSIONS, type Dimension } from '../reports/downloads/params.ts';
import { downloads as report } from '../reports/downloads.ts';
import { orList } from '../reports/words.ts';
import type { Command } from './command.ts';
import { assertOne, resolvePackages } from './packages.ts';
import { periodOf } from './period.ts';
import { lastDays } from './range.ts';

export const downloads: Command = {
  name: 'downloads',
  summary: 'Downloads from PyPI, in all or by version, Python, system, country and more',
  forms: [
    {
      form: `[packages] [range] [by ${DIMENSIONS.join('|')}] [mirrors] [daily|weekly|monthly]`,
      example: 'some-package 12w by python',
    },
  ],
  words: ['mirrors'],
  run({ options }, { db, today }) {
    const by = dimensionOf(options.by);
    const mirrors = options.words.has('mirrors');
    if (by && mirrors) {
      throw new InputError(
        `What mirrors load is not told by ${by}: leave out “mirrors”, or “by ${by}”.`,
      );
    }
    const packages = resolvePackages(options.names, seriesOf(db, DOWNLOADS));
    if (by === 'version') assertOne(packages, (name) => `downloads ${name} by version`);
    if (by) assertAddable(packages);
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...periodOf(options, lastDays(26 * 7, today), today),
        ...(packages.length > 0 && { subjectIds: packages.map(({ subjectId }) => subjectId) }),
        ...(by && { by }),
        mirrors,
      },
    };
  },
};

function dimensionOf(by: string | undefined): Dimension | undefined {
  const dimension = DIMENSIONS.find((known) => known === by);
  if (by === undefined || dimension) return dimension;
  throw new InputError(`Downloads can be split by ${orList(DIMENSIONS)}, as in “by python”.`);
}

/** What we only depend on is never added to anything. */
function assertAddable(packages: readonly Series[]): void {
  const dependency = packages.find(({ role }) => role === 'dependency');
  if (!dependency || packages.length === 1) return;
  throw new InputError(
    `A dependency is not added up with other packages: name ${dependency.subjectName} alone, or leave it out.`,
  );
}

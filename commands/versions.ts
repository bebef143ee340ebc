import { InputError } from '../db/input-error.ts';
import { DOWNLOADS } from '../db/pypi.ts';
import { seriesOf } from '../db/series.ts';
import { versions as report } from '../reports/versions.ts';
import type { Command } from './command.ts';
import { assertOne, resolvePackages } from './packages.ts';
import { periodOf } from './period.ts';
import { lastDays } from './range.ts';

export const versions: Command = {
  name: 'versions',
  summary: 'Which releases of a package are downloaded, and how many have a known vulnerability',
  forms: [{ form: '[package] [range] [daily|weekly|monthly]', example: 'some-package 12w' }],
  words: [],
  run({ options }, { db, today }) {
    if (options.by !== undefined) {
      throw new InputError('Versions are not split further: “downloads by python” is.');
    }
    const packages = resolvePackages(options.names, seriesOf(db, DOWNLOADS));
    assertOne(packages, (name) => `versions ${name}`);
    const [found] = packages;
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...periodOf(options, lastDays(26 * 7, today), today),
        ...(found && { subjectId: found.subjectId }),
      },
    };
  },
};

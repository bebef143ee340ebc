import { InputError } from '../db/input-error.ts';
import { seriesOf } from '../db/series.ts';
import { versions as report } from '../reports/versions.ts';
import type { Command } from './command.ts';
import { resolvePackages } from './packages.ts';
import { periodOf } from './period.ts';
import { parseRange } from './range.ts';

export const versions: Command = {
  name: 'versions',
  summary: 'Which releases of a package are downloaded, and how many have a known vulnerability',
  usage: '[package] [range] [daily|weekly|monthly]',
  words: [],
  run({ options }, { db, today }) {
    if (options.by !== undefined) {
      throw new InputError('Versions are not split further: “downloads by python” is.');
    }
    const [found, ...others] = resolvePackages(options.names, seriesOf(db, 'pypi.downloads'));
    if (found && others.length > 0) {
      throw new InputError(
        `Versions are of one package at a time, as in “versions ${found.subjectName}”.`,
      );
    }
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...periodOf(options, parseRange('26w', today) ?? { to: today }, today),
        ...(found && { subjectId: found.subjectId }),
      },
    };
  },
};

import { InputError } from '../db/input-error.ts';
import { seriesOf } from '../db/series.ts';
import { stars as report } from '../reports/stars.ts';
import type { Command } from './command.ts';
import { resolveNames } from './names.ts';
import { periodOf } from './period.ts';

export const stars: Command = {
  name: 'stars',
  summary: 'GitHub stars: the total or the new ones, and whether growth speeds up',
  usage: '[repositories] [range] [new] [by age] [log] [daily|weekly|monthly]',
  words: ['new', 'total', 'log'],
  run({ options }, { db, today }) {
    const { by, words } = options;
    if (by !== undefined && by !== 'age' && by !== 'date') {
      throw new InputError('Stars can be drawn by date or by age, as in “stars by age”.');
    }
    const candidates = seriesOf(db, 'github.stars').map(({ subjectId, subjectName }) => ({
      label: subjectName,
      value: subjectId,
    }));
    const subjectIds = resolveNames(options.names, candidates, 'repository');
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...periodOf(options, { to: today }, today),
        ...(subjectIds.length > 0 && { subjectIds }),
        measure: words.has('new') ? 'new' : 'total',
        align: by === 'age' ? 'age' : 'date',
        scale: words.has('log') ? 'log' : 'linear',
      },
    };
  },
};

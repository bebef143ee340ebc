import { InputError } from '../db/input-error.ts';
import { stars as report } from '../reports/stars.ts';
import { STARS } from '../reports/totals/kind.ts';
import type { Command } from './command.ts';
import { TOTALS_WORDS, totalsParams } from './totals.ts';

export const stars: Command = {
  name: 'stars',
  summary: 'GitHub stars: the total or the new ones, and whether growth speeds up',
  forms: [
    {
      form: '[repositories] [range] [new] [by age] [log] [daily|weekly|monthly]',
      example: 'owner/repository 12w weekly',
    },
  ],
  words: TOTALS_WORDS,
  run({ options }, { db, today }) {
    const { by } = options;
    if (by !== undefined && by !== 'age' && by !== 'date') {
      throw new InputError('Stars can be drawn by date or by age, as in “stars by age”.');
    }
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...totalsParams(db, options, today, STARS),
        align: by === 'age' ? 'age' : 'date',
      },
    };
  },
};

import { InputError } from '../db/input-error.ts';
import { pulls as report } from '../reports/pulls.ts';
import { PULLS } from '../reports/totals/kind.ts';
import type { Command } from './command.ts';
import { TOTALS_WORDS, totalsParams } from './totals.ts';

export const pulls: Command = {
  name: 'pulls',
  summary: 'Docker Hub pulls of images: the total or the new ones, and whether growth speeds up',
  forms: [
    {
      form: '[images] [range] [new] [log] [daily|weekly|monthly]',
      example: 'namespace/image 12w new',
    },
  ],
  words: TOTALS_WORDS,
  run({ options }, { db, today }) {
    if (options.by !== undefined) {
      throw new InputError('Docker Hub tells one number an image: pulls can’t be split.');
    }
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: totalsParams(db, options, today, PULLS),
    };
  },
};

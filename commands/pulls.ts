import { InputError } from '../db/input-error.ts';
import { seriesOf } from '../db/series.ts';
import { pulls as report } from '../reports/pulls.ts';
import type { Command } from './command.ts';
import { resolveNames } from './names.ts';
import { periodOf } from './period.ts';

export const pulls: Command = {
  name: 'pulls',
  summary: 'Docker Hub pulls of images: the total or the new ones, and whether growth speeds up',
  usage: '[images] [range] [new] [log] [daily|weekly|monthly]',
  words: ['new', 'total', 'log'],
  run({ options }, { db, today }) {
    const { by, words } = options;
    if (by !== undefined) {
      throw new InputError('Docker Hub tells one number an image: pulls can’t be split.');
    }
    const candidates = seriesOf(db, 'docker.pulls').map(({ subjectId, subjectName }) => ({
      label: subjectName,
      value: subjectId,
    }));
    const subjectIds = resolveNames(options.names, candidates, 'image');
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...periodOf(options, { to: today }, today),
        ...(subjectIds.length > 0 && { subjectIds }),
        measure: words.has('new') ? 'new' : 'total',
        scale: words.has('log') ? 'log' : 'linear',
      },
    };
  },
};

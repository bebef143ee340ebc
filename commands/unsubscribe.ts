import type { Command } from './command.ts';
import { deskOf } from './digest-desk.ts';
import { everyIn } from './parse-digest.ts';

export const unsubscribe: Command = {
  name: 'unsubscribe',
  summary: 'End the digests of this channel, or one of them',
  forms: [{ form: '[daily|weekly|monthly|all]', example: 'weekly' }],
  run({ text }, deps) {
    const every = /^all$/i.test(text) ? undefined : everyIn(text);
    const { sentence } = deskOf(deps).unsubscribe(every);
    return { kind: 'text', title: 'Digest', lines: [sentence] };
  },
};

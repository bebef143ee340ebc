import type { Command } from './command.ts';
import { deskOf, everyIn } from './digest-words.ts';

export const unsubscribe: Command = {
  name: 'unsubscribe',
  summary: 'End the digests of this channel, or one of them',
  usage: '[daily|weekly|monthly]',
  run({ text }, deps) {
    const { sentence } = deskOf(deps).unsubscribe(everyIn(text));
    return { kind: 'text', title: 'Digest', lines: [sentence] };
  },
};

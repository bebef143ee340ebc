import { InputError } from '../db/input-error.ts';
import type { Command } from './command.ts';

export const untrack: Command = {
  name: 'untrack',
  summary: 'Stop collecting something; what was collected stays',
  usage: 'github:owner/repository | github:owner/* | docker:namespace/image | pypi:package',
  run({ text }, { tracker }) {
    if (text === '')
      throw new InputError('Say what to stop tracking; “list” shows what is tracked.');
    return { kind: 'text', title: 'Tracking', lines: [tracker.untrack(text).sentence] };
  },
};

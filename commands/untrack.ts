import { InputError } from '../db/input-error.ts';
import type { Command } from './command.ts';

export const untrack: Command = {
  name: 'untrack',
  summary: 'Stop collecting something; what was collected stays',
  forms: [
    { form: 'github:owner/repository', example: 'github:owner/repository' },
    { form: 'github:owner/*', example: 'github:owner/*', does: 'all that is public there' },
    { form: 'docker:namespace/image', example: 'docker:namespace/image' },
    { form: 'pypi:package', example: 'pypi:package' },
  ],
  run({ text }, { tracker }) {
    if (text === '')
      throw new InputError('Say what to stop tracking; “list” shows what is tracked.');
    return { kind: 'text', title: 'Tracking', lines: [tracker.untrack(text).sentence] };
  },
};

import { InputError } from '../db/input-error.ts';
import { orList } from '../reports/words.ts';
import type { Command } from './command.ts';

export const track: Command = {
  name: 'track',
  summary: 'Start collecting a repository (or all of an owner’s), an image or a package',
  forms: [
    { form: 'github:owner/repository', example: 'github:owner/repository' },
    { form: 'github:owner/*', example: 'github:owner/*', does: 'all that is public there' },
    { form: 'docker:namespace/image', example: 'docker:namespace/image' },
    {
      form: 'pypi:package [as dependency] [replaces pypi:old]',
      example: 'pypi:new-name replaces pypi:old-name',
    },
  ],
  async run({ text }, { tracker }) {
    if (text === '') {
      throw new InputError(`Say what to track: ${orList(tracker.forms)}.`);
    }
    const { sentence } = await tracker.track(text);
    return { kind: 'text', title: 'Tracking', lines: [sentence] };
  },
};

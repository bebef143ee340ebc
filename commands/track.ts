import { InputError } from '../db/input-error.ts';
import type { Command } from './command.ts';
import { orList } from './names.ts';

export const track: Command = {
  name: 'track',
  summary: 'Start collecting a repository (or all of an owner’s), an image or a package',
  usage:
    'github:owner/repository | github:owner/* | docker:namespace/image | pypi:package [as dependency] [replaces pypi:old]',
  async run({ text }, { tracker }) {
    if (text === '') {
      throw new InputError(`Say what to track: ${orList(tracker.forms)}.`);
    }
    const { sentence } = await tracker.track(text);
    return { kind: 'text', title: 'Tracking', lines: [sentence] };
  },
};

import { InputError } from '../db/input-error.ts';
import type { Command } from './command.ts';
import { orList } from './names.ts';

export const track: Command = {
  name: 'track',
  summary: 'Start collecting a repository, an image or a package',
  usage: 'github:owner/repository | docker:namespace/image | pypi:package',
  async run({ text }, { tracker }) {
    if (text === '') {
      throw new InputError(`Say what to track: ${orList(tracker.forms)}.`);
    }
    const { sentence } = await tracker.track(text);
    return { kind: 'text', title: 'Tracking', lines: [sentence] };
  },
};

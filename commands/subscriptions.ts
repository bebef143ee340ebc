import type { Command } from './command.ts';
import { deskOf } from './digest-desk.ts';

export const subscriptions: Command = {
  name: 'subscriptions',
  summary: 'Which channels get a digest, when the next one comes, and what is paused',
  forms: [{ form: '', example: '' }],
  run(_request, deps) {
    const items = deskOf(deps).list(deps.viewer);
    if (items.length > 0) return { kind: 'text', title: 'Digests', lines: [], items };
    const line = 'Type /metrics subscribe in the channel that should get one.';
    return { kind: 'text', title: 'No channel that you may see gets a digest yet', lines: [line] };
  },
};

import { InputError } from '../db/input-error.ts';
import { messages as report } from '../reports/messages.ts';
import { resolveChannels } from './channel-names.ts';
import type { Command } from './command.ts';
import { periodOf } from './period.ts';
import { lastDays } from './range.ts';

export const messages: Command = {
  name: 'messages',
  summary: 'Messages and active people in Slack over time',
  forms: [
    {
      form: '[#channels] [range] [by channel] [daily|weekly|monthly]',
      example: '#general 12w weekly',
    },
  ],
  words: [],
  run({ options }, deps) {
    if (options.by !== undefined && options.by !== 'channel') {
      throw new InputError('Messages can be split by channel only: “messages by channel”.');
    }
    const channelIds = resolveChannels(options.names, deps);
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...periodOf(options, lastDays(12 * 7, deps.today), deps.today),
        ...(channelIds.length > 0 && { channelIds }),
        split: options.by === 'channel' ? 'channel' : 'none',
      },
    };
  },
};

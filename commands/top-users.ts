import { InputError } from '../db/input-error.ts';
import { topUsers as report } from '../reports/top-users.ts';
import { resolveChannels } from './channel-names.ts';
import type { Command } from './command.ts';
import { periodOf } from './period.ts';
import { lastDays } from './range.ts';

export const topUsers: Command = {
  name: 'top-users',
  summary: 'Who wrote most in Slack, and how much of the talk hangs on them',
  forms: [{ form: '[#channels] [range] [top 20]', example: '#general 30d top 20' }],
  words: ['top'],
  run({ options }, deps) {
    if (options.by !== undefined || options.granularity !== undefined) {
      throw new InputError(
        'A ranking is of a whole range, as in “top-users 12w”: it is not split.',
      );
    }
    const channelIds = resolveChannels(options.names, deps);
    return {
      kind: 'report',
      report,
      theme: options.theme,
      params: {
        ...periodOf(options, lastDays(30, deps.today), deps.today),
        ...(channelIds.length > 0 && { channelIds }),
        limit: options.top ?? 10,
      },
    };
  },
};

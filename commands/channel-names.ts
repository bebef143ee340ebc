import { visibleChannels } from '../db/channels.ts';
import { InputError } from '../db/input-error.ts';
import type { CommandDeps } from './command.ts';
import { resolveNames } from './names.ts';

/**
 * The ids of the channels that `names` mean among those the asker may see: names, Slack's own
 * `<#C…|name>`, or `here`. A private channel of others gets the same answer as one that is not.
 */
export function resolveChannels(names: readonly string[], deps: CommandDeps): string[] {
  const channels = visibleChannels(deps.db, deps.viewer);
  const candidates = channels.map(({ id, name }) => ({ label: name ?? id, value: id }));
  const ids = new Set<string>();
  for (const name of names) {
    const id = name === 'here' ? deps.channelId : /^<#([A-Z0-9]+)/.exec(name)?.[1];
    if (id === undefined) {
      for (const match of resolveNames([name], candidates, 'channel')) ids.add(match);
    } else if (channels.some((channel) => channel.id === id)) {
      ids.add(id);
    } else {
      throw new InputError(
        'I have no messages of that channel to show here: I must be a member of it, and of a private channel so must everyone who reads the answer.',
      );
    }
  }
  return [...ids];
}

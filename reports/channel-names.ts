import type { Channel } from '../db/channels.ts';
import { oneLine } from './chart/text.ts';
import { count, listed, plural } from './words.ts';

/** `#general`, or the id of a channel that nobody has looked up yet. */
export function channelName({ name, id }: Channel): string {
  return name ? `#${oneLine(name)}` : id;
}

/** `in #general`, or how many public and private channels an answer covers. */
export function channelsPhrase(channels: readonly Channel[], areChosen: boolean): string {
  if (channels.length === 0) return 'anywhere';
  if (areChosen) return `in ${listed(channels.map(channelName))}`;
  const secret = channels.filter(({ isPrivate }) => isPrivate).length;
  const open = channels.length - secret;
  if (open === 0) return `in ${plural(secret, 'private channel')}`;
  const parts = [
    plural(open, 'public channel'),
    ...(secret > 0 ? [`${count(secret)} private ${secret === 1 ? 'one' : 'ones'}`] : []),
  ];
  return `in ${parts.join(' and ')}`;
}

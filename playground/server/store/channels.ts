import type { Feed } from './feed.ts';
import { newId } from './ids.ts';
import type { Messages } from './messages.ts';
import type { Channel } from './types.ts';

export interface Channels {
  readonly all: ReadonlyMap<string, Channel>;
  get(id: string): Channel | undefined;
  /** True for public channels, and for members of the others. */
  isVisible(channel: Channel, user: string): boolean;
  /** Answers false when the person was in it already. */
  join(id: string, user: string, inviter?: string): boolean;
  leave(id: string, user: string): boolean;
  rename(id: string, name: string): void;
  archive(id: string, isArchived: boolean): void;
  /** The conversation of `user` with the bot, made when it is not there yet. */
  direct(user: string): Channel;
}

export function createChannels(
  seed: readonly Channel[],
  botUser: string,
  messages: Messages,
  feed: Feed,
): Channels {
  const all = new Map(seed.map((channel) => [channel.id, channel]));
  const directs = new Map<string, Channel>();

  return {
    all,
    get: (id) => all.get(id),
    isVisible: (channel, user) => channel.kind === 'public' || channel.members.has(user),
    join(id, user, inviter) {
      const channel = all.get(id);
      if (!channel || channel.members.has(user)) return false;
      channel.members.add(user);
      feed.emit({ type: 'joined', channel: id, user, ...(inviter ? { inviter } : {}) });
      const text = `<@${user}> has joined the channel`;
      messages.post({ channel: id, user, text, subtype: 'channel_join' });
      return true;
    },
    leave(id, user) {
      const left = all.get(id)?.members.delete(user) ?? false;
      if (left) feed.emit({ type: 'left', channel: id, user });
      return left;
    },
    rename(id, name) {
      const channel = all.get(id);
      if (!channel) return;
      channel.name = name;
      feed.emit({ type: 'renamed', channel: id });
    },
    archive(id, isArchived) {
      const channel = all.get(id);
      if (!channel) return;
      channel.isArchived = isArchived;
      feed.emit({ type: 'archived', channel: id, isArchived });
    },
    direct(user) {
      const known = directs.get(user);
      if (known) return known;
      const channel: Channel = {
        id: newId('D'),
        name: 'directmessage',
        topic: '',
        kind: 'im',
        members: new Set([user, botUser]),
        isArchived: false,
        created: Math.floor(Date.now() / 1000),
      };
      directs.set(user, channel);
      all.set(channel.id, channel);
      return channel;
    },
  };
}

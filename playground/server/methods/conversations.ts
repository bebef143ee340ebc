import { z } from 'zod';
import { SlackFailure } from '../failure.ts';
import { channelShape } from '../shapes.ts';
import type { Store } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { knownUser, visibleChannel } from './checks.ts';
import { pageOf } from './cursor.ts';
import { flag, id, type Methods, method, paging } from './method.ts';

const KINDS = new Map<string, Channel['kind'] | 'mpim'>([
  ['public_channel', 'public'],
  ['private_channel', 'private'],
  ['im', 'im'],
  ['mpim', 'mpim'],
]);

const listing = {
  ...paging,
  types: z.string().default('public_channel'),
  exclude_archived: flag.optional(),
};

interface Listing {
  readonly types: string;
  readonly exclude_archived?: boolean | undefined;
}

/** The channels of the wanted types that the bot can see, by id. */
function listed(store: Store, { types, exclude_archived }: Listing): Channel[] {
  const kinds = types.split(',').map((type) => KINDS.get(type.trim()));
  if (kinds.includes(undefined)) throw new SlackFailure('invalid_types');
  return [...store.channels.all.values()]
    .filter((channel) => kinds.includes(channel.kind))
    .filter((channel) => store.channels.isVisible(channel, store.bot.userId))
    .filter((channel) => !(exclude_archived && channel.isArchived))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const conversations = {
  'conversations.list': method(z.object(listing), (args, { store }) => {
    const { items, response_metadata } = pageOf(listed(store, args), args);
    const channels = items.map((channel) => ({
      ...channelShape(store, channel),
      is_member: channel.members.has(store.bot.userId),
      num_members: channel.members.size,
    }));
    return { channels, response_metadata };
  }),
  'users.conversations': method(
    z.object({ ...listing, user: z.string().optional() }),
    (args, { store }) => {
      const user = knownUser(store, args.user ?? store.bot.userId).id;
      const shared = listed(store, args).filter((channel) => channel.members.has(user));
      const { items, response_metadata } = pageOf(shared, args);
      return { channels: items.map((channel) => channelShape(store, channel)), response_metadata };
    },
  ),
  'conversations.info': method(
    z.object({ channel: id, include_num_members: flag.optional() }),
    (args, { store }) => {
      const channel = visibleChannel(store, args.channel);
      return {
        channel: {
          ...channelShape(store, channel),
          is_member: channel.members.has(store.bot.userId),
          ...(args.include_num_members ? { num_members: channel.members.size } : {}),
        },
      };
    },
  ),
  'conversations.members': method(z.object({ ...paging, channel: id }), (args, { store }) => {
    const members = [...visibleChannel(store, args.channel).members].map((id) => ({ id }));
    const { items, response_metadata } = pageOf(members, args);
    return { members: items.map((member) => member.id), response_metadata };
  }),
  'conversations.open': method(
    z.object({
      users: z.string().optional(),
      channel: z.string().optional(),
      return_im: flag.optional(),
    }),
    (args, { store }) => {
      if (!args.users && !args.channel) throw new SlackFailure('users_list_not_supplied');
      const users = args.users?.split(',') ?? [];
      if (users.length > 1) throw new SlackFailure('not_enough_users');
      const channel = users[0]
        ? store.channels.direct(knownUser(store, users[0].trim()).id)
        : visibleChannel(store, args.channel ?? '');
      return {
        channel: args.return_im ? channelShape(store, channel) : { id: channel.id },
      };
    },
  ),
  'conversations.join': method(z.object({ channel: id }), (args, { store }) => {
    const channel = visibleChannel(store, args.channel);
    if (channel.isArchived) throw new SlackFailure('is_archived');
    if (channel.kind !== 'public') throw new SlackFailure('method_not_supported_for_channel_type');
    const joined = store.channels.join(channel.id, store.bot.userId);
    return {
      channel: { ...channelShape(store, channel), is_member: true },
      ...(joined
        ? {}
        : {
            warning: 'already_in_channel',
            response_metadata: { warnings: ['already_in_channel'] },
          }),
    };
  }),
} satisfies Methods;

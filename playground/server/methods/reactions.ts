import { z } from 'zod';
import { SlackFailure } from '../failure.ts';
import { messageShape } from '../shapes.ts';
import type { Store } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { joinedChannel } from './checks.ts';
import { id, type Methods, method, ts } from './method.ts';

const place = { channel: id, timestamp: ts };

function found(store: Store, args: { channel: string; timestamp: string }): Message {
  const message = store.messages.find(joinedChannel(store, args.channel).id, args.timestamp);
  if (!message) throw new SlackFailure('message_not_found');
  return message;
}

export const reactions = {
  'reactions.get': method(z.object(place), (args, { store, url }) => ({
    type: 'message',
    channel: args.channel,
    message: messageShape(store, found(store, args), url),
  })),
  'reactions.add': method(z.object({ ...place, name: id }), (args, { store }) => {
    if (!store.reactions.add(found(store, args), store.bot.userId, args.name)) {
      throw new SlackFailure('already_reacted');
    }
    return {};
  }),
  'reactions.remove': method(z.object({ ...place, name: id }), (args, { store }) => {
    if (!store.reactions.remove(found(store, args), store.bot.userId, args.name)) {
      throw new SlackFailure('no_reaction');
    }
    return {};
  }),
} satisfies Methods;

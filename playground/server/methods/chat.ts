import { z } from 'zod';
import { SlackFailure } from '../failure.ts';
import { messageShape } from '../shapes.ts';
import type { Store } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { destination, knownUser, messageContent, threadOf, visibleChannel } from './checks.ts';
import { flag, id, json, type Methods, method, ts } from './method.ts';

const content = {
  text: z.coerce.string().optional(),
  markdown_text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
};

const metadata = json
  .pipe(z.object({ event_type: id, event_payload: z.record(z.string(), z.unknown()) }))
  .optional();

function ownMessage(store: Store, channel: string, ts: string, refusal: string): Message {
  const message = store.messages.find(visibleChannel(store, channel).id, ts);
  if (!message) throw new SlackFailure('message_not_found');
  if (message.botId !== store.bot.botId) throw new SlackFailure(refusal);
  return message;
}

export const chat = {
  'chat.postMessage': method(
    z.object({
      ...content,
      channel: id,
      thread_ts: ts.optional(),
      reply_broadcast: flag.optional(),
      metadata,
    }),
    (args, { store, url }) => {
      const channel = destination(store, args.channel).id;
      const message = store.messages.post({
        ...messageContent(store, args),
        channel,
        user: store.bot.userId,
        botId: store.bot.botId,
        ...(args.thread_ts ? { threadTs: threadOf(store, channel, args.thread_ts) } : {}),
        ...(args.thread_ts && args.reply_broadcast ? { isBroadcast: true } : {}),
        ...(args.metadata ? { metadata: args.metadata } : {}),
      });
      return { channel, ts: message.ts, message: messageShape(store, message, url) };
    },
  ),
  'chat.postEphemeral': method(
    z.object({ ...content, channel: id, user: id, thread_ts: ts.optional() }),
    (args, { store }) => {
      const channel = destination(store, args.channel);
      const user = knownUser(store, args.user).id;
      if (!channel.members.has(user)) throw new SlackFailure('user_not_in_channel');
      const message = store.ephemerals.post({
        ...messageContent(store, args),
        channel: channel.id,
        user: store.bot.userId,
        botId: store.bot.botId,
        visibleOnlyTo: user,
        ...(args.thread_ts ? { threadTs: threadOf(store, channel.id, args.thread_ts) } : {}),
      });
      return { message_ts: message.ts };
    },
  ),
  'chat.update': method(z.object({ ...content, channel: id, ts }), (args, { store, url }) => {
    const old = ownMessage(store, args.channel, args.ts, 'cant_update_message');
    const content = messageContent(store, args);
    const { channel, ts } = old;
    const attachments = args.attachments === undefined ? old.attachments : content.attachments;
    // Blocks go when only text is given, and only a change of bare text is marked as an edit.
    const message = store.messages.edit(
      channel,
      ts,
      {
        text: args.text ?? args.markdown_text ?? old.text,
        ...(content.blocks ? { blocks: content.blocks } : {}),
        ...(attachments ? { attachments } : {}),
      },
      content.blocks ? undefined : store.bot.userId,
    );
    const changed = message ?? old;
    return { channel, ts, text: changed.text, message: messageShape(store, changed, url) };
  }),
  'chat.delete': method(z.object({ channel: id, ts }), (args, { store }) => {
    const { channel, ts } = ownMessage(store, args.channel, args.ts, 'cant_delete_message');
    store.messages.remove(channel, ts);
    return { channel, ts };
  }),
  'chat.getPermalink': method(z.object({ channel: id, message_ts: ts }), (args, { store, url }) => {
    const channel = visibleChannel(store, args.channel).id;
    const message = store.messages.find(channel, args.message_ts);
    if (!message) throw new SlackFailure('message_not_found');
    return {
      channel,
      permalink: `${url}/archives/${channel}/p${message.ts.replace('.', '')}`,
    };
  }),
} satisfies Methods;

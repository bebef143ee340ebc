import type { BlockAction } from '../protocol.ts';
import { type Interaction, origin } from './interaction.ts';
import { Refusal } from './refusal.ts';
import { messageShape, viewShape } from './shapes.ts';
import type { Store } from './store/store.ts';
import type { Message, StateValues, User } from './store/types.ts';

/** What has been entered in messages, by channel and ts: their `state`. */
export type MessageStates = Map<string, StateValues>;

/** Sends a click or choice to the app. Throws a Refusal when it does not answer in time. */
export async function sendBlockAction(
  interaction: Interaction,
  states: MessageStates,
  user: User,
  { container, action }: BlockAction,
): Promise<void> {
  const { store, sockets, triggers } = interaction;
  const place =
    container.type === 'message'
      ? inMessage(interaction, states, user, container, action)
      : inView(store, user, container.viewId, action);
  const outcome = await sockets.send({
    type: 'interactive',
    payload: {
      type: 'block_actions',
      ...origin(store, user),
      trigger_id: triggers.create(user.id),
      ...place,
      actions: [{ ...action, action_ts: store.nextTs() }],
    },
  });
  if (outcome.kind !== 'acknowledged') {
    throw new Refusal(`${store.bot.name} did not answer. Is it running? Try again in a moment.`);
  }
}

function inMessage(
  { store, responseUrls, url }: Interaction,
  states: MessageStates,
  user: User,
  container: { readonly channel: string; readonly ts: string },
  action: BlockAction['action'],
) {
  const message = visibleMessage(store, user, container.channel, container.ts);
  const channel = store.channels.get(container.channel);
  const key = `${message.channel} ${message.ts}`;
  const values = withEntered(states.get(key) ?? {}, action);
  states.set(key, values);
  const isEphemeral = message.visibleOnlyTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: {
      id: message.channel,
      name: channel?.kind === 'public' ? channel.name : 'privategroup',
    },
    ...(isEphemeral ? {} : { message: messageShape(store, message, url) }),
    state: { values },
    response_url: responseUrls.create('actions', {
      channel: message.channel,
      user: user.id,
      original: message,
    }),
  };
}

function visibleMessage(store: Store, user: User, channelId: string, ts: string): Message {
  const channel = store.channels.get(channelId);
  const message =
    store.ephemerals.find(user.id, channelId, ts) ?? store.messages.find(channelId, ts);
  if (!channel || !message || !store.channels.isVisible(channel, user.id)) {
    throw new Refusal('This message is no longer there.');
  }
  return message;
}

function inView(store: Store, user: User, viewId: string, action: BlockAction['action']) {
  const view = store.views.get(viewId);
  if (!view || view.user !== user.id) throw new Refusal('This view is no longer there.');
  const entered = store.views.setValues(view, withEntered(view.values, action));
  return {
    container: { type: 'view', view_id: view.id },
    view: viewShape(store, entered),
  };
}

/** Buttons and menus of commands keep nothing; everything else keeps what was entered. */
function withEntered(values: StateValues, action: BlockAction['action']): StateValues {
  const { type, block_id: block, action_id: id, ...rest } = action;
  if (type === 'button' || type === 'overflow') return values;
  if (typeof block !== 'string' || typeof id !== 'string') return values;
  return { ...values, [block]: { ...values[block], [id]: { type, ...rest } } };
}

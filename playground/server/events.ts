import { channelShape, messageShape, viewShape } from './shapes.ts';
import { newId } from './store/ids.ts';
import type { Store } from './store/store.ts';
import type { Change, Channel, Message } from './store/types.ts';

type Event = Readonly<Record<string, unknown>> & { readonly event_ts: string };

/** The body that carries `event` to the app, as the Events API sends it. */
export function eventBody(store: Store, event: Event) {
  const { team, bot, appId } = store;
  return {
    token: 'playground',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(Number(event.event_ts)),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${newId('', 24)}`,
  };
}

/** What the app hears of `change`; undefined where it hears nothing. */
export function eventOf(store: Store, change: Change, url: string): Event | undefined {
  switch (change.type) {
    case 'posted':
    case 'edited':
    case 'deleted':
      return messageEvent(store, change, url);
    case 'joined':
    case 'left':
      return memberEvent(store, change);
    case 'renamed':
    case 'archived':
      return channelEvent(store, change);
    case 'reaction':
      return reactionEvent(store, change);
    case 'homeOpened':
      return homeEvent(store, change);
    default:
      return undefined;
  }
}

type Of<Type extends Change['type']> = Extract<Change, { type: Type }>;

/** The channel when the bot is in it: only then are there events. */
function heard(store: Store, id: string): Channel | undefined {
  const channel = store.channels.get(id);
  return channel?.members.has(store.bot.userId) ? channel : undefined;
}

const CHANNEL_TYPES = { public: 'channel', private: 'group', im: 'im' } as const;

function messageEvent(
  store: Store,
  change: Of<'posted' | 'edited' | 'deleted'>,
  url: string,
): Event | undefined {
  const { message } = change;
  const channel = heard(store, message.channel);
  if (!channel || message.visibleOnlyTo !== undefined) return undefined;
  const place = { channel: channel.id, channel_type: CHANNEL_TYPES[channel.kind] };
  if (change.type === 'posted') {
    return { ...posted(store, message, url), ...place, event_ts: message.ts };
  }
  const ts = change.type === 'deleted' ? change.ts : tsOfEdit(store, change);
  const common = { type: 'message', hidden: true, ts, event_ts: ts, ...place };
  if (change.type === 'deleted') {
    return {
      ...common,
      subtype: 'message_deleted',
      deleted_ts: message.ts,
      previous_message: messageShape(store, message, url),
    };
  }
  return {
    ...common,
    subtype: 'message_changed',
    message: messageShape(store, message, url),
    previous_message: messageShape(store, change.previous, url),
  };
}

function tsOfEdit(store: Store, { message, previous }: Of<'edited'>): string {
  const { edited } = message;
  return edited && edited !== previous.edited ? edited.ts : store.nextTs();
}

/** Events call a shared file by a subtype that history leaves out. */
function posted(store: Store, message: Message, url: string) {
  return {
    ...messageShape(store, message, url),
    ...(message.fileIds ? { subtype: 'file_share' } : {}),
  };
}

function memberEvent(store: Store, change: Of<'joined' | 'left'>): Event | undefined {
  const isBot = change.user === store.bot.userId;
  const channel = isBot ? store.channels.get(change.channel) : heard(store, change.channel);
  if (!channel) return undefined;
  return {
    type: change.type === 'joined' ? 'member_joined_channel' : 'member_left_channel',
    user: change.user,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: store.team.id,
    ...(change.type === 'joined' && change.inviter ? { inviter: change.inviter } : {}),
    event_ts: store.nextTs(),
  };
}

function channelEvent(store: Store, change: Of<'renamed' | 'archived'>): Event | undefined {
  const channel = store.channels.get(change.channel);
  if (!channel || !store.channels.isVisible(channel, store.bot.userId)) return undefined;
  const family = channel.kind === 'private' ? 'group' : 'channel';
  const event_ts = store.nextTs();
  if (change.type === 'archived') {
    const verb = change.isArchived ? 'archive' : 'unarchive';
    return { type: `${family}_${verb}`, channel: channel.id, event_ts };
  }
  return { type: `${family}_rename`, channel: channelShape(store, channel), event_ts };
}

function reactionEvent(store: Store, change: Of<'reaction'>): Event | undefined {
  const { message } = change;
  if (!heard(store, message.channel)) return undefined;
  return {
    type: change.added ? 'reaction_added' : 'reaction_removed',
    user: change.user,
    reaction: change.name,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    item_user: message.user,
    event_ts: change.ts,
  };
}

function homeEvent(store: Store, change: Of<'homeOpened'>): Event {
  const view = store.views.home(change.user);
  return {
    type: 'app_home_opened',
    user: change.user,
    channel: change.channel,
    tab: 'home',
    ...(view ? { view: viewShape(store, view) } : {}),
    event_ts: store.nextTs(),
  };
}

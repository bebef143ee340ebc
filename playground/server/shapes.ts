import type { Store } from './store/store.ts';
import type { Channel, Message, StoredFile, User, View } from './store/types.ts';

/** What the workspace holds, in the JSON that Slack's Web API and events give for it. */

export function userShape(store: Store, user: User) {
  return {
    id: user.id,
    team_id: store.team.id,
    name: user.name,
    deleted: false,
    color: user.color.slice(1),
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetSeconds(user.tz),
    profile: {
      title: user.title,
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      avatar_hash: '',
      status_text: '',
      status_emoji: '',
      team: store.team.id,
      ...(user.id === store.bot.userId ? { bot_id: store.bot.botId, api_app_id: store.appId } : {}),
    },
    is_admin: user.isAdmin === true,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 0,
  };
}

function offsetSeconds(tz: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts()
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

export function channelShape(store: Store, channel: Channel) {
  if (channel.kind === 'im') {
    const user = [...channel.members].find((id) => id !== store.bot.userId);
    return { id: channel.id, created: channel.created, is_im: true, is_archived: false, user };
  }
  const isPrivate = channel.kind === 'private';
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: channel.created,
    creator: '',
    context_team_id: store.team.id,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: isPrivate,
    is_archived: channel.isArchived,
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    shared_team_ids: [store.team.id],
    unlinked: 0,
    previous_names: [],
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

/** A message as history has it: with its thread, its reactions and its files. */
export function messageShape(store: Store, message: Message, url: string) {
  const thread = store.messages.thread(message.channel, message.ts);
  const reactions = store.reactions.of(message);
  const threadTs = message.threadTs ?? (thread ? message.ts : undefined);
  return {
    type: 'message',
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: store.team.id,
    ...(message.botId === undefined ? {} : botFields(store, message.botId)),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.fileIds ? { files: filesOf(store, message, url), upload: false } : {}),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(message.threadTs !== undefined && message.threadTs !== message.ts
      ? { parent_user_id: store.messages.find(message.channel, message.threadTs)?.user }
      : {}),
    ...(thread
      ? {
          reply_count: thread.replyCount,
          reply_users_count: thread.userCount,
          latest_reply: thread.latestReply,
          reply_users: thread.users,
          is_locked: false,
          subscribed: false,
        }
      : {}),
    ...(reactions.length > 0 ? { reactions } : {}),
  };
}

function botFields({ bot, team, appId }: Store, botId: string) {
  if (botId !== bot.botId) return { bot_id: botId };
  return {
    bot_id: botId,
    app_id: appId,
    bot_profile: {
      id: botId,
      app_id: appId,
      name: bot.name,
      deleted: false,
      updated: 0,
      team_id: team.id,
      icons: {},
    },
  };
}

function filesOf(store: Store, message: Message, url: string) {
  return (message.fileIds ?? []).flatMap((id) => {
    const file = store.files.get(id);
    return file ? [fileShape(store, file, url)] : [];
  });
}

/** Where the page finds the bytes of a file. */
export function pathOfFile(file: StoredFile): string {
  return `/files/${file.id}/${encodeURIComponent(file.name)}`;
}

/** A file; what only processing tells (`mimetype`, size in pixels) is left out until then. */
export function fileShape(store: Store, file: StoredFile, url: string) {
  const privateUrl = `${url}/files-pri/${store.team.id}-${file.id}/${encodeURIComponent(file.name)}`;
  const extension = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1) : '';
  const isPublic = (channel: string) => store.channels.get(channel)?.kind === 'public';
  const sharedIn = (open: boolean) =>
    Object.groupBy(
      file.shares.filter((share) => isPublic(share.channel) === open),
      (share) => share.channel,
    );
  const shares = { public: sharedIn(true), private: sharedIn(false) };
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    user: file.user,
    alt_txt: file.altText,
    size: file.bytes?.length ?? file.length,
    mode: 'hosted',
    is_external: false,
    is_public: Object.keys(shares.public).length > 0,
    url_private: privateUrl,
    url_private_download: privateUrl,
    permalink: `${url}${pathOfFile(file)}`,
    ...(file.mimetype === undefined
      ? { mimetype: '', filetype: '', pretty_type: '' }
      : { mimetype: file.mimetype, filetype: extension, pretty_type: extension.toUpperCase() }),
    ...(file.width > 0 ? { original_w: file.width, original_h: file.height } : {}),
    channels: Object.keys(shares.public),
    groups: Object.keys(shares.private),
    shares,
  };
}

export function viewShape(store: Store, view: View) {
  return {
    id: view.id,
    team_id: store.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: view.values },
    hash: view.hash,
    title: view.title,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.close,
    submit: view.submit,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: store.appId,
    external_id: view.externalId,
    app_installed_team_id: store.team.id,
    bot_id: store.bot.botId,
  };
}

import type {
  View as PageView,
  Person,
  PlaygroundChannel,
  PlaygroundFile,
  PlaygroundMessage,
} from '../protocol.ts';
import { fileIdOf } from './blocks/check.ts';
import { pathOfFile } from './shapes.ts';
import type { Store } from './store/store.ts';
import type { Block, Channel, Message, StoredFile, User, View } from './store/types.ts';

/** What the workspace holds, in the words of `protocol.ts`. */

export function personOf(user: User): Person {
  return {
    id: user.id,
    // A bot's name is only a handle; people are shown by the name they chose.
    name: user.isBot ? user.realName : user.name,
    title: user.title,
    isBot: user.isBot,
    color: user.color,
  };
}

export function pageChannel(store: Store, channel: Channel): PlaygroundChannel {
  const isDirect = channel.kind === 'im';
  return {
    id: channel.id,
    name: isDirect ? store.bot.name.toLowerCase() : channel.name,
    isPrivate: channel.kind !== 'public',
    isDirect,
    topic: isDirect ? `You and ${store.bot.name}` : channel.topic,
    memberCount: channel.members.size,
  };
}

export function pageMessage(store: Store, message: Message): PlaygroundMessage {
  const { channel, ts, user, text, threadTs, edited, visibleOnlyTo } = message;
  const thread = store.messages.thread(channel, ts);
  return {
    channel,
    ts,
    user,
    text,
    ...(message.blocks ? { blocks: message.blocks.map((b) => withPictures(store, b)) } : {}),
    ...(message.fileIds ? { files: filesOf(store, message.fileIds) } : {}),
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(message.isBroadcast ? { isBroadcast: true } : {}),
    ...(thread ? { replyCount: thread.replyCount } : {}),
    ...(edited ? { editedTs: edited.ts } : {}),
    ...(visibleOnlyTo === undefined ? {} : { visibleOnlyTo }),
  };
}

export function pageView(store: Store, view: View): PageView {
  return {
    id: view.id,
    type: view.type,
    ...optionalText('title', view.title),
    ...optionalText('submit', view.submit),
    ...optionalText('close', view.close),
    blocks: view.blocks.map((block) => withPictures(store, block)),
  };
}

function optionalText(name: 'title' | 'submit' | 'close', text: Block | null) {
  return text ? { [name]: String(text.text) } : {};
}

function filesOf(store: Store, ids: readonly string[]): PlaygroundFile[] {
  return ids.flatMap((id) => {
    const file = store.files.get(id);
    return file ? [pageFile(file)] : [];
  });
}

function pageFile(file: StoredFile): PlaygroundFile {
  return {
    id: file.id,
    title: file.title,
    mimetype: file.mimetype ?? '',
    url: pathOfFile(file),
    altText: file.altText,
    width: file.width,
    height: file.height,
  };
}

/** The block with every `slack_file`, however deep, as an address that the page can load. */
function withPictures(store: Store, block: Block): Record<string, unknown> {
  const { slack_file: slackFile, ...rest } = block;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, deeper(store, value)]),
  );
  const file = slackFile === undefined ? undefined : store.files.get(fileIdOf(slackFile));
  if (!file) return inner;
  return {
    ...inner,
    image_url: pathOfFile(file),
    image_width: file.width,
    image_height: file.height,
  };
}

function deeper(store: Store, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => deeper(store, each));
  return typeof value === 'object' && value !== null ? withPictures(store, { ...value }) : value;
}

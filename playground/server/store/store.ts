import type { SampleMessage, SampleWorkspace } from '../../workspace.ts';
import { type Channels, createChannels } from './channels.ts';
import { createEphemerals, type Ephemerals } from './ephemerals.ts';
import { createFeed, type Feed } from './feed.ts';
import { createFiles, type Files } from './files.ts';
import { createMessages, type Messages } from './messages.ts';
import { createReactions, type Reactions } from './reactions.ts';
import { createTsClock } from './ts.ts';
import type { Channel, Message, User } from './types.ts';
import { createViews, type Views } from './views.ts';

export interface Store {
  readonly team: SampleWorkspace['team'];
  readonly bot: SampleWorkspace['bot'];
  readonly appId: string;
  /** People and the bot, by id. */
  readonly users: ReadonlyMap<string, User>;
  readonly channels: Channels;
  readonly messages: Messages;
  readonly ephemerals: Ephemerals;
  readonly reactions: Reactions;
  readonly files: Files;
  readonly views: Views;
  readonly feed: Feed;
  /** A fresh timestamp, as messages and events carry it. */
  nextTs(): string;
}

/** The workspace in memory, as `sample` has it. `processingMs`: how long a file is worked on. */
export function createStore(sample: SampleWorkspace, processingMs: number): Store {
  const feed = createFeed();
  const clock = createTsClock(Date.now);
  const messages = createMessages(feed, clock);
  for (const message of sample.messages) messages.load(fromSample(message));
  const users = new Map<string, User>(sample.users.map((user) => [user.id, user]));
  const { bot } = sample;
  if (!users.has(bot.userId)) users.set(bot.userId, botUser(bot.userId, bot.name));
  return {
    team: sample.team,
    bot,
    appId: `A${bot.botId.slice(1)}`,
    users,
    channels: createChannels(channelsOf(sample), bot.userId, messages, feed),
    messages,
    ephemerals: createEphemerals(feed, clock),
    reactions: createReactions(feed, clock),
    files: createFiles(processingMs),
    views: createViews(feed),
    feed,
    nextTs: clock.next,
  };
}

function channelsOf(sample: SampleWorkspace): Channel[] {
  const created = Math.floor(Number(sample.messages[0]?.ts ?? Date.now() / 1000));
  return sample.channels.map((channel) => ({
    id: channel.id,
    name: channel.name,
    topic: channel.topic,
    kind: channel.isPrivate ? 'private' : 'public',
    members: new Set(channel.members),
    isArchived: false,
    created,
  }));
}

function fromSample({ editedTs, ...message }: SampleMessage): Message {
  return editedTs === undefined
    ? message
    : { ...message, edited: { user: message.user, ts: editedTs } };
}

function botUser(id: string, name: string): User {
  return {
    id,
    name: name.toLowerCase(),
    realName: name,
    title: '',
    tz: 'UTC',
    isBot: true,
    color: '#4a5568',
  };
}

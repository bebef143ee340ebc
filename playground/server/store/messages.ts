import type { Feed } from './feed.ts';
import { createTimeline, type Timeline, type TsRange } from './timeline.ts';
import { normalTs, type TsClock } from './ts.ts';
import type { Message } from './types.ts';

type Draft = Omit<Message, 'ts' | 'edited'>;
/** What a message says: an edit replaces all of it. */
export type Content = Pick<Message, 'text' | 'blocks' | 'attachments'>;

interface Thread {
  readonly replyCount: number;
  readonly latestReply: string;
  /** Who wrote in it, in order of appearance, at most five. */
  readonly users: readonly string[];
  readonly userCount: number;
}

export interface Messages {
  /** Puts a message in its place without telling anybody: for what was there from the start. */
  load(message: Message): void;
  post(draft: Draft): Message;
  /** With an `editor` the message counts as edited by them; without, it just changed. */
  edit(channel: string, ts: string, content: Content, editor?: string): Message | undefined;
  /** Deletes; a parent of replies leaves a tombstone in its place. */
  remove(channel: string, ts: string): Message | undefined;
  find(channel: string, ts: string): Message | undefined;
  thread(channel: string, ts: string): Thread | undefined;
  /** The newest `limit` messages of the channel in the range, oldest first. */
  channelPage(channel: string, range: TsRange, limit: number): Message[];
  /** The oldest `limit` replies of the thread in the range, without the parent, oldest first. */
  replies(channel: string, threadTs: string, range: TsRange, limit: number): Message[];
}

interface Log {
  readonly byTs: Map<string, Message>;
  readonly channel: Timeline;
  readonly threads: Map<string, Timeline>;
}

export function createMessages(feed: Feed, clock: TsClock): Messages {
  const logs = new Map<string, Log>();

  function logOf(channel: string): Log {
    let log = logs.get(channel);
    if (!log) {
      log = { byTs: new Map(), channel: createTimeline(), threads: new Map() };
      logs.set(channel, log);
    }
    return log;
  }

  function load(message: Message): void {
    const log = logOf(message.channel);
    log.byTs.set(message.ts, message);
    const { threadTs } = message;
    if (threadTs === undefined || threadTs === message.ts || message.isBroadcast) {
      log.channel.add(message.ts);
    }
    if (threadTs !== undefined && threadTs !== message.ts) {
      const thread = log.threads.get(threadTs) ?? createTimeline();
      thread.add(message.ts);
      log.threads.set(threadTs, thread);
    }
  }

  function find(channel: string, ts: string): Message | undefined {
    return logs.get(channel)?.byTs.get(ts) ?? logs.get(channel)?.byTs.get(normalTs(ts) ?? ts);
  }

  function all(channel: string, list: readonly string[]): Message[] {
    const byTs = logOf(channel).byTs;
    return list.map((ts) => byTs.get(ts) as Message);
  }

  function replace(message: Message, previous: Message): void {
    logOf(message.channel).byTs.set(message.ts, message);
    feed.emit({ type: 'edited', message, previous });
  }

  return {
    load,
    find,
    post(draft) {
      const message = { ...draft, ts: clock.next() };
      load(message);
      feed.emit({ type: 'posted', message });
      return message;
    },
    edit(channel, ts, content, editor) {
      const previous = find(channel, ts);
      if (!previous) return undefined;
      const { blocks: _, attachments: __, ...rest } = previous;
      const edited = editor === undefined ? {} : { edited: { user: editor, ts: clock.next() } };
      const message = { ...rest, ...content, ...edited };
      replace(message, previous);
      return message;
    },
    remove(channel, ts) {
      const previous = find(channel, ts);
      if (!previous) return undefined;
      const log = logOf(channel);
      if (log.threads.get(previous.ts)?.size) {
        replace(tombstone(previous), previous);
        return previous;
      }
      log.byTs.delete(previous.ts);
      log.channel.remove(previous.ts);
      if (previous.threadTs !== undefined) log.threads.get(previous.threadTs)?.remove(previous.ts);
      feed.emit({ type: 'deleted', message: previous, ts: clock.next() });
      return previous;
    },
    thread(channel, ts) {
      const thread = logs.get(channel)?.threads.get(ts);
      const latestReply = thread?.newest();
      if (!thread || latestReply === undefined) return undefined;
      const users = new Set(all(channel, thread.first({}, thread.size)).map((m) => m.user));
      return {
        replyCount: thread.size,
        latestReply,
        users: [...users].slice(0, 5),
        userCount: users.size,
      };
    },
    channelPage: (channel, range, limit) => all(channel, logOf(channel).channel.last(range, limit)),
    replies: (channel, threadTs, range, limit) =>
      all(channel, logOf(channel).threads.get(threadTs)?.first(range, limit) ?? []),
  };
}

function tombstone({ channel, ts, threadTs }: Message): Message {
  return {
    channel,
    ts,
    user: 'USLACKBOT',
    text: 'This message was deleted.',
    subtype: 'tombstone',
    ...(threadTs === undefined ? {} : { threadTs }),
  };
}

import type { Feed } from './feed.ts';
import type { Content } from './messages.ts';
import type { TsClock } from './ts.ts';
import type { Message } from './types.ts';

type EphemeralDraft = Omit<Message, 'ts' | 'edited' | 'visibleOnlyTo'> & {
  readonly visibleOnlyTo: string;
};

/** Messages that one person sees. They have no history; here they last as long as the server. */
export interface Ephemerals {
  post(draft: EphemeralDraft): Message;
  find(user: string, channel: string, ts: string): Message | undefined;
  /** Does nothing when the message is gone. */
  replace(message: Message, content: Content): void;
  remove(message: Message): void;
  /** Those of one person in one channel, oldest first. */
  list(user: string, channel: string): readonly Message[];
}

export function createEphemerals(feed: Feed, clock: TsClock): Ephemerals {
  const byPlace = new Map<string, Message[]>();
  const placeOf = (user: string, channel: string) => `${user} ${channel}`;
  const listOf = (message: Message) =>
    byPlace.get(placeOf(message.visibleOnlyTo ?? '', message.channel)) ?? [];

  return {
    post(draft) {
      const message = { ...draft, ts: clock.next() };
      byPlace.set(placeOf(draft.visibleOnlyTo, draft.channel), [...listOf(message), message]);
      feed.emit({ type: 'posted', message });
      return message;
    },
    find: (user, channel, ts) =>
      byPlace.get(placeOf(user, channel))?.find((message) => message.ts === ts),
    replace(previous, content) {
      const { blocks: _, attachments: __, ...rest } = previous;
      const message = { ...rest, ...content };
      const list = listOf(previous);
      const at = list.findIndex((each) => each.ts === previous.ts);
      if (at < 0) return;
      list[at] = message;
      feed.emit({ type: 'edited', message, previous });
    },
    remove(message) {
      const list = listOf(message);
      const at = list.findIndex((each) => each.ts === message.ts);
      if (at < 0) return;
      list.splice(at, 1);
      feed.emit({ type: 'deleted', message, ts: clock.next() });
    },
    list: (user, channel) => byPlace.get(placeOf(user, channel)) ?? [],
  };
}

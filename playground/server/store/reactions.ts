import type { Feed } from './feed.ts';
import type { TsClock } from './ts.ts';
import type { Message } from './types.ts';

interface Reaction {
  readonly name: string;
  readonly users: readonly string[];
  readonly count: number;
}

export interface Reactions {
  /** Answers false when the person reacted so already. */
  add(message: Message, user: string, name: string): boolean;
  /** Answers false when there was nothing to take back. */
  remove(message: Message, user: string, name: string): boolean;
  of(message: Message): readonly Reaction[];
}

export function createReactions(feed: Feed, clock: TsClock): Reactions {
  const byMessage = new Map<string, Map<string, Set<string>>>();
  const keyOf = ({ channel, ts }: Message) => `${channel} ${ts}`;
  return {
    add(message, user, name) {
      const names = byMessage.get(keyOf(message)) ?? new Map<string, Set<string>>();
      const users = names.get(name) ?? new Set();
      if (users.has(user)) return false;
      byMessage.set(keyOf(message), names.set(name, users.add(user)));
      feed.emit({ type: 'reaction', added: true, message, user, name, ts: clock.next() });
      return true;
    },
    remove(message, user, name) {
      const names = byMessage.get(keyOf(message));
      const users = names?.get(name);
      if (!users?.delete(user)) return false;
      if (users.size === 0) names?.delete(name);
      feed.emit({ type: 'reaction', added: false, message, user, name, ts: clock.next() });
      return true;
    },
    of: (message) =>
      [...(byMessage.get(keyOf(message)) ?? [])].map(([name, users]) => ({
        name,
        users: [...users],
        count: users.size,
      })),
  };
}

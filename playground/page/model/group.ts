import type { PlaygroundMessage } from '../../protocol.ts';
import { dayKey, millisOf } from './format.ts';

/** A message with what its neighbours decide about its looks. */
interface Row {
  readonly message: PlaygroundMessage;
  /** Follows its author's last message closely: shown without avatar and name. */
  readonly compact: boolean;
}

interface Day {
  readonly key: string;
  /** A moment of the day, in milliseconds. */
  readonly millis: number;
  readonly rows: readonly Row[];
}

const closeBy = 5 * 60_000;

/** Groups messages, oldest first, by the reader's calendar day and by author within it. */
export function byDay(messages: readonly PlaygroundMessage[]): readonly Day[] {
  const days: { key: string; millis: number; rows: Row[] }[] = [];
  for (const message of messages) {
    const millis = millisOf(message.ts);
    const key = dayKey(millis);
    let day = days.at(-1);
    if (day?.key !== key) {
      day = { key, millis, rows: [] };
      days.push(day);
    }
    const before = day.rows.at(-1)?.message;
    day.rows.push({ message, compact: before !== undefined && continues(before, message) });
  }
  return days;
}

function continues(before: PlaygroundMessage, message: PlaygroundMessage): boolean {
  return (
    before.user === message.user &&
    // Every answer that only one person sees says so.
    before.visibleOnlyTo === undefined &&
    message.visibleOnlyTo === undefined &&
    !before.replyCount &&
    millisOf(message.ts) - millisOf(before.ts) < closeBy
  );
}

import { useEffect, useState } from 'react';
import { standsInChannel } from '../model/conversation.ts';
import { useLive, useWorkspace } from './workspace.ts';

/** What came in while nobody looked. */
export interface Unread {
  readonly count: number;
  /** The ts of the first of them: where the "New" line stands. */
  readonly since: string;
}

/**
 * Other people's messages by channel while another one is open. A channel's entry stays while it
 * is looked at, for its "New" line, and goes when it is left.
 */
export function useUnread(open: string | undefined): ReadonlyMap<string, Unread> {
  const { live, state } = useWorkspace();
  const [unread, setUnread] = useState<ReadonlyMap<string, Unread>>(new Map());

  useLive(live, (event) => {
    if (event.type !== 'message') return;
    const { channel, user, ts } = event.message;
    const seen = channel === open && !document.hidden;
    if (seen || user === state.me.id || !standsInChannel(event.message)) return;
    setUnread((known) => {
      const { count = 0, since = ts } = known.get(channel) ?? {};
      return new Map(known).set(channel, { count: count + 1, since });
    });
  });

  useEffect(
    () => () => setUnread((known) => new Map([...known].filter(([channel]) => channel !== open))),
    [open],
  );

  return unread;
}

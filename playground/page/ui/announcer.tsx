import { useEffect, useRef, useState } from 'react';
import type { PlaygroundMessage } from '../../protocol.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { fromMrkdwn } from '../model/mrkdwn.ts';

interface AnnouncerProps {
  readonly messages: readonly PlaygroundMessage[];
  readonly loaded: boolean;
}

/** Says each new message of other people to a screen reader; history that is loaded stays silent. */
export function Announcer({ messages, loaded }: AnnouncerProps) {
  const { state, person, names } = useWorkspace();
  const [said, setSaid] = useState('');
  const lastSeen = useRef<string>(undefined);
  const newest = messages.at(-1);

  useEffect(() => {
    if (!loaded) return;
    const before = lastSeen.current;
    lastSeen.current = newest?.ts ?? '';
    if (before === undefined || !newest || newest.ts <= before) return;
    if (newest.user === state.me.id) return;
    const whose = newest.visibleOnlyTo ? ', only visible to you' : '';
    const text = fromMrkdwn(newest.text, names).slice(0, 500);
    setSaid(`${person(newest.user).name}${whose}: ${text || 'shared a file'}`);
  }, [loaded, newest, names, person, state.me.id]);

  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {said}
    </p>
  );
}

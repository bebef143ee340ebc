import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { LiveEvent } from '../../protocol.ts';
import {
  afterEvent,
  nothingYet,
  type Place,
  withLatest,
  withOlder,
} from '../model/conversation.ts';
import { inWords } from './api.ts';
import { useLive, useWorkspace } from './workspace.ts';

/**
 * The messages at a place, kept current. The place must stay the same for the component's life
 * (give it a key). `loadOlder` does nothing while a page is under way or where history ends.
 */
export function useConversation(place: Place) {
  const { api, live } = useWorkspace();
  const [conversation, setConversation] = useState(nothingYet);
  const [loaded, setLoaded] = useState(false);
  const [error, setError] = useState('');
  // Events that come while a page is under way would be lost under it: they are put on top again.
  const meanwhile = useRef<LiveEvent[] | undefined>(undefined);
  const loadingOlder = useRef(false);

  const loadLatest = useEffectEvent(async () => {
    if (meanwhile.current) return;
    meanwhile.current = [];
    try {
      const page = await api.messages(place);
      const events = meanwhile.current;
      setConversation((known) =>
        events.reduce((c, event) => afterEvent(c, event, place), withLatest(known, page)),
      );
      setLoaded(true);
      setError('');
    } catch (failure) {
      setError(inWords(failure));
    } finally {
      meanwhile.current = undefined;
    }
  });

  useEffect(() => {
    void loadLatest();
  }, []);

  useLive(live, (event) => {
    if (event.type === 'connection') {
      if (event.up) void loadLatest();
      return;
    }
    meanwhile.current?.push(event);
    setConversation((known) => afterEvent(known, event, place));
  });

  async function loadOlder(): Promise<void> {
    const first = conversation.messages[0];
    if (loadingOlder.current || !first || !conversation.hasMore) return;
    loadingOlder.current = true;
    try {
      const page = await api.messages(place, first.ts);
      setConversation((known) => withOlder(known, page));
    } catch (failure) {
      setError(inWords(failure));
    } finally {
      loadingOlder.current = false;
    }
  }

  return { ...conversation, loaded, error, loadOlder };
}

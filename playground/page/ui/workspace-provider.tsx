import { useEffect, useMemo, useState } from 'react';
import type { Person, State } from '../../protocol.ts';
import { createApi } from '../lib/api.ts';
import { createLive } from '../lib/live.ts';
import {
  mentionables,
  type Picture,
  type Question,
  useLive,
  type Workspace,
  WorkspaceContext,
} from '../lib/workspace.ts';
import { Confirm } from './confirm.tsx';
import { Lightbox } from './lightbox.tsx';
import { Shell } from './shell.tsx';

interface Asked extends Question {
  readonly answer: (yes: boolean) => void;
}

/** The workspace of one person: connection, names, and the dialogs that any part may open. */
export function WorkspaceProvider({
  state,
  refresh,
}: {
  state: State;
  refresh: () => Promise<void>;
}) {
  const api = useMemo(() => createApi(state.me.id), [state.me.id]);
  const live = useMemo(() => createLive(state.me.id), [state.me.id]);
  const [picture, setPicture] = useState<Picture>();
  const [asked, setAsked] = useState<Asked>();
  const [connected, setConnected] = useState<boolean>();
  const [botConnected, setBotConnected] = useState<boolean>();

  useLive(live, (event) => {
    if (event.type === 'bot') setBotConnected(event.connected);
    // The first word of a conversation that began after the state was read.
    if (
      event.type === 'message' &&
      !state.channels.some(({ id }) => id === event.message.channel)
    ) {
      void refresh();
    }
    if (event.type !== 'connection') return;
    // After a loss the server may be another one, with a workspace made anew.
    if (event.up && connected === false) void refresh();
    setConnected(event.up);
    if (!event.up) setBotConnected(undefined);
  });
  useEffect(() => live.open(), [live]);

  const workspace = useMemo((): Workspace => {
    const people = new Map([...state.people, state.bot, state.me].map((one) => [one.id, one]));
    return {
      state,
      api,
      live,
      names: mentionables(state),
      direct: state.channels.find(({ isDirect }) => isDirect),
      person: (id) => people.get(id) ?? stranger(id),
      refresh,
      enlarge: setPicture,
      ask: (question) => new Promise((answer) => setAsked({ ...question, answer })),
    };
  }, [state, api, live, refresh]);

  return (
    <WorkspaceContext value={workspace}>
      <Shell connected={connected} botConnected={botConnected} />
      {picture && <Lightbox picture={picture} onClose={() => setPicture(undefined)} />}
      {asked && (
        <Confirm
          question={asked}
          onAnswer={(yes) => {
            setAsked(undefined);
            asked.answer(yes);
          }}
        />
      )}
    </WorkspaceContext>
  );
}

/** The one who answers when a command fails, and whoever has left. */
function stranger(id: string): Person {
  const isBot = id === 'USLACKBOT';
  return { id, name: isBot ? 'Slackbot' : 'Somebody', title: '', isBot, color: '#6b7280' };
}

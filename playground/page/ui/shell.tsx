import { useEffect, useState } from 'react';
import { go, useRoute } from '../lib/route.ts';
import { useUnread } from '../lib/use-unread.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { ChannelView } from './channel-view.tsx';
import { HomeView } from './home-view.tsx';
import { Modals } from './modals.tsx';
import { Sidebar } from './sidebar.tsx';
import { ThreadPanel } from './thread-panel.tsx';

interface ShellProps {
  /** Whether the page hears the server; undefined until it is known. */
  readonly connected: boolean | undefined;
  readonly botConnected: boolean | undefined;
}

/** The window: the line about sample data, the list of channels, what is open, and its thread. */
export function Shell({ connected, botConnected }: ShellProps) {
  const { state } = useWorkspace();
  const route = useRoute();
  const [drawer, setDrawer] = useState(false);
  const place = route === 'home' ? undefined : route;
  const channel = state.channels.find(({ id }) => id === place?.channel);
  const unread = useUnread(channel?.id);

  // No address yet, or one of a channel that this person may not see.
  const first = state.channels.find(({ isPrivate }) => !isPrivate) ?? state.channels[0];
  const lost = route !== 'home' && !channel;
  useEffect(() => {
    if (lost && first) go({ channel: first.id }, true);
  }, [lost, first]);

  const waiting = [...unread].reduce(
    (sum, [id, { count }]) => (id === channel?.id ? sum : sum + count),
    0,
  );
  const here = route === 'home' ? state.bot.name : channel ? `#${channel.name}` : 'Playground';
  useEffect(() => {
    document.title = `${waiting ? `(${waiting}) ` : ''}${here} · ${state.workspaceName}`;
  }, [waiting, here, state.workspaceName]);

  const openMenu = () => setDrawer(true);
  return (
    <div className={`app${place?.thread && channel ? ' with-thread' : ''}`}>
      <p className="notice">
        <span className="notice-words">
          Playground: sample people and data, made anew at each start
        </span>
        {connected === false && <strong role="status">Connecting to the playground again…</strong>}
        {connected !== false && botConnected === false && (
          <strong role="status">{state.bot.name} is not connected: it won’t answer</strong>
        )}
      </p>
      <Sidebar
        route={route}
        unread={unread}
        botConnected={botConnected}
        open={drawer}
        onClose={() => setDrawer(false)}
      />
      {route === 'home' && <HomeView onMenu={openMenu} />}
      {channel && (
        <ChannelView
          key={channel.id}
          channel={channel}
          newSince={unread.get(channel.id)?.since}
          onMenu={openMenu}
        />
      )}
      {channel && place?.thread && (
        <ThreadPanel
          key={`${channel.id}/${place.thread}`}
          channel={channel}
          thread={place.thread}
        />
      )}
      <Modals />
    </div>
  );
}

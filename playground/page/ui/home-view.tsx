import { useEffect, useEffectEvent, useState } from 'react';
import type { View } from '../../protocol.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { useActions } from '../blocks/use-actions.ts';
import { inWords } from '../lib/api.ts';
import { useLive, useWorkspace } from '../lib/workspace.ts';
import { Avatar } from './avatar.tsx';
import { BotTabs } from './bot-tabs.tsx';
import { MenuButton } from './menu-button.tsx';

/** The bot's Home tab. Opening it tells the bot, which may then publish it anew. */
export function HomeView({ onMenu }: { onMenu: () => void }) {
  const { state, api, live, direct, refresh } = useWorkspace();
  const [view, setView] = useState<View | null>();
  const [error, setError] = useState('');

  const load = useEffectEvent(async () => {
    try {
      const answer = await api.home();
      // What the bot published meanwhile is newer than this answer.
      setView((known) => known ?? answer.view);
      setError('');
      // The visit may have begun the conversation with the bot.
      if (!direct) void refresh();
    } catch (failure) {
      setError(inWords(failure));
    }
  });
  useEffect(() => {
    void load();
  }, []);
  useLive(live, (event) => {
    if (event.type === 'view' && event.view.type === 'home') setView(event.view);
    if (event.type === 'connection' && event.up) void load();
  });

  return (
    <main className="view" aria-label={`${state.bot.name}: Home`}>
      <header className="view-head">
        <MenuButton onClick={onMenu} />
        <Avatar person={state.bot} size={24} />
        <h2 className="view-title">{state.bot.name}</h2>
        <span className="app-badge">APP</span>
        <BotTabs current="home" />
      </header>
      <div className="home">
        <div className="home-sheet">
          {error && <p role="alert">{error}</p>}
          {view ? <HomeBlocks view={view} /> : !error && <Empty loading={view === undefined} />}
        </div>
      </div>
    </main>
  );
}

function HomeBlocks({ view }: { view: View }) {
  const host = useActions({ type: 'view', viewId: view.id }, view);
  return <Blocks blocks={view.blocks} host={host} />;
}

function Empty({ loading }: { loading: boolean }) {
  const { state } = useWorkspace();
  return (
    <p className="quiet">
      {loading ? 'Opening…' : `${state.bot.name} has not put anything on its Home tab yet.`}
    </p>
  );
}

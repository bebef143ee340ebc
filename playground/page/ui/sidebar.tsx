import { useEffect, useRef } from 'react';
import type { PlaygroundChannel } from '../../protocol.ts';
import { go, type Route } from '../lib/route.ts';
import { switchTheme, useTheme } from '../lib/theme.ts';
import type { Unread } from '../lib/use-unread.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { Avatar } from './avatar.tsx';
import { CloseIcon, HashIcon, LockIcon, MoonIcon, SunIcon } from './icons.tsx';
import { PersonSwitcher } from './person-switcher.tsx';

interface SidebarProps {
  readonly route: Route;
  readonly unread: ReadonlyMap<string, Unread>;
  readonly botConnected: boolean | undefined;
  /** Whether the drawer is out, where the window is too narrow for a fixed sidebar. */
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The workspace's name, its channels, the bot, and who one is. */
export function Sidebar({ route, unread, botConnected, open, onClose }: SidebarProps) {
  const { state, direct } = useWorkspace();
  const isAt = (id: string | undefined) => typeof route === 'object' && route.channel === id;
  const channels = state.channels.filter((channel) => channel !== direct);
  const waiting = direct && !isAt(direct.id) ? (unread.get(direct.id)?.count ?? 0) : 0;
  const close = useRef<HTMLButtonElement>(null);
  // The focus goes into the drawer, and back to where it was.
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  const visit = (to: Route) => {
    go(to);
    onClose();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Esc and the close button do the same */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only catches clicks beside the drawer */}
      <div className={`shade${open ? ' shade-out' : ''}`} onClick={onClose} />
      <aside
        className={`sidebar${open ? ' sidebar-out' : ''}`}
        aria-label="Workspace"
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      >
        <header className="sidebar-head">
          <h1>{state.workspaceName}</h1>
          <ThemeSwitch />
          <button
            ref={close}
            type="button"
            className="icon-button only-narrow"
            aria-label="Close the menu"
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        </header>
        <nav className="sidebar-list" aria-label="Channels and apps">
          <h2>Channels</h2>
          <ul>
            {channels.map((channel) => (
              <li key={channel.id}>
                <ChannelLink
                  channel={channel}
                  current={isAt(channel.id)}
                  unread={unread.get(channel.id)?.count ?? 0}
                  onVisit={() => visit({ channel: channel.id })}
                />
              </li>
            ))}
          </ul>
          <h2>Apps</h2>
          <ul>
            <li>
              <button
                type="button"
                className={`sidebar-link${waiting ? ' is-unread' : ''}`}
                aria-current={route === 'home' || (direct && isAt(direct.id)) ? 'page' : undefined}
                onClick={() => visit(waiting && direct ? { channel: direct.id } : 'home')}
              >
                <Avatar person={state.bot} size={20} />
                <span className="sidebar-name">{state.bot.name}</span>
                {botConnected !== undefined && <Presence on={botConnected} />}
                <Badge count={waiting} />
              </button>
            </li>
          </ul>
        </nav>
        <PersonSwitcher />
      </aside>
    </>
  );
}

interface ChannelLinkProps {
  readonly channel: PlaygroundChannel;
  readonly current: boolean;
  readonly unread: number;
  readonly onVisit: () => void;
}

function ChannelLink({ channel, current, unread, onVisit }: ChannelLinkProps) {
  const waiting = current ? 0 : unread;
  return (
    <button
      type="button"
      className={`sidebar-link${waiting ? ' is-unread' : ''}`}
      aria-current={current ? 'page' : undefined}
      onClick={onVisit}
    >
      {channel.isPrivate ? <LockIcon /> : <HashIcon />}
      <span className="sidebar-name">{channel.name}</span>
      {channel.isPrivate && <span className="visually-hidden">(private)</span>}
      <Badge count={waiting} />
    </button>
  );
}

function Presence({ on }: { on: boolean }) {
  return (
    <span className={`presence${on ? ' presence-on' : ''}`}>
      <span className="visually-hidden">{on ? 'connected' : 'not connected'}</span>
    </span>
  );
}

function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="badge">
      {count > 99 ? '99+' : count}
      <span className="visually-hidden"> new</span>
    </span>
  );
}

function ThemeSwitch() {
  const theme = useTheme();
  const label = theme === 'dark' ? 'Switch to light' : 'Switch to dark';
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={switchTheme}
    >
      {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
    </button>
  );
}

import type { LiveEvent } from '../../protocol.ts';

/** What the page hears: the server's events, and whether it hears the server at all. */
type PageEvent = LiveEvent | { readonly type: 'connection'; readonly up: boolean };

export type Listener = (event: PageEvent) => void;

export interface Live {
  /** Returns what ends the subscription. */
  subscribe(listener: Listener): () => void;
  /** Opens the connection and keeps it open; returns what closes it for good. */
  open(): () => void;
}

const firstPause = 300;
const longestPause = 5_000;

/** The live connection of one person. It comes back by itself after every loss. */
export function createLive(user: string): Live {
  const listeners = new Set<Listener>();
  const tell = (event: PageEvent) => {
    for (const listener of listeners) listener(event);
  };

  function open(): () => void {
    const url = new URL(`/playground/live?user=${encodeURIComponent(user)}`, window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    let pause = firstPause;
    let timer: number | undefined;
    let ended = false;
    let socket = connect();

    function connect(): WebSocket {
      const opened = new WebSocket(url);
      opened.onopen = () => {
        pause = firstPause;
        tell({ type: 'connection', up: true });
      };
      opened.onmessage = ({ data }) => tell(JSON.parse(String(data)));
      opened.onclose = () => {
        if (ended) return;
        tell({ type: 'connection', up: false });
        timer = window.setTimeout(() => {
          socket = connect();
        }, pause);
        pause = Math.min(pause * 2, longestPause);
      };
      return opened;
    }

    return () => {
      ended = true;
      window.clearTimeout(timer);
      socket.close();
    };
  }

  return {
    open,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LiveEvent } from '../protocol.ts';
import { pageMessage, pageView } from './page-shapes.ts';
import type { Sockets } from './sockets.ts';
import type { Store } from './store/store.ts';
import type { Change, Message } from './store/types.ts';

export const LIVE_PATH = '/playground/live';

/** The page's WebSocket: everybody is told what they may see. */
interface Live {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  stop(): void;
}

export function createLive(store: Store, sockets: Sockets): Live {
  const server = new WebSocketServer({ noServer: true });
  const pages = new Map<WebSocket, string>();

  function tell(event: LiveEvent, mayHear: (user: string) => boolean): void {
    const text = JSON.stringify(event);
    for (const [socket, user] of pages) if (mayHear(user)) socket.send(text);
  }

  const unsubscribe = store.feed.subscribe((change) => {
    for (const event of liveEvents(store, change)) tell(event, audience(store, change));
  });
  sockets.onCount((count) => tell({ type: 'bot', connected: count > 0 }, () => true));

  return {
    upgrade(request, socket, head) {
      const user = new URL(request.url ?? '', 'ws://localhost').searchParams.get('user') ?? '';
      if (!store.users.has(user)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (page) => {
        pages.set(page, user);
        page.on('close', () => pages.delete(page));
        page.on('error', () => page.terminate());
        const now: LiveEvent[] = [
          { type: 'bot', connected: sockets.count > 0 },
          // A page that was loaded anew shows the windows that are open, which can be closed then.
          ...store.views
            .stack(user)
            .map((view): LiveEvent => ({ type: 'view', view: pageView(store, view) })),
        ];
        for (const event of now) page.send(JSON.stringify(event));
      });
    },
    stop() {
      unsubscribe();
      for (const page of pages.keys()) page.terminate();
      server.close();
    },
  };
}

function audience(store: Store, change: Change): (user: string) => boolean {
  if (change.type === 'viewShown' || change.type === 'viewClosed') {
    return (user) => user === change.view.user;
  }
  if (change.type !== 'posted' && change.type !== 'edited' && change.type !== 'deleted') {
    return () => false;
  }
  const { visibleOnlyTo, channel: id } = change.message;
  const channel = store.channels.get(id);
  if (!channel) return () => false;
  return (user) =>
    (visibleOnlyTo === undefined || visibleOnlyTo === user) &&
    store.channels.isVisible(channel, user);
}

function liveEvents(store: Store, change: Change): LiveEvent[] {
  switch (change.type) {
    case 'posted':
      return [
        { type: 'message', message: pageMessage(store, change.message) },
        ...parentOf(store, change.message),
      ];
    case 'edited':
      return [{ type: 'changed', message: pageMessage(store, change.message) }];
    case 'deleted': {
      const { channel, ts } = change.message;
      return [{ type: 'deleted', channel, ts }, ...parentOf(store, change.message)];
    }
    case 'viewShown':
      return [{ type: 'view', view: pageView(store, change.view) }];
    case 'viewClosed':
      return [{ type: 'viewClosed', viewId: change.view.id }];
    default:
      return [];
  }
}

/** A reply that comes or goes changes the count that stands under its parent. */
function parentOf(store: Store, { channel, threadTs, visibleOnlyTo }: Message): LiveEvent[] {
  if (threadTs === undefined || visibleOnlyTo !== undefined) return [];
  const parent = store.messages.find(channel, threadTs);
  return parent ? [{ type: 'changed', message: pageMessage(store, parent) }] : [];
}

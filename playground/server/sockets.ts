import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { newId } from './store/ids.ts';

type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

/** One attempt to hand something to the app. */
interface Attempt {
  readonly type: EnvelopeType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

/** How an attempt ended; `payload` is what the app sent along with its acknowledgement. */
export type Outcome =
  | { readonly kind: 'acknowledged'; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly kind: 'timeout' | 'disconnected' | 'unconnected' };

/** The app's Socket Mode connections. */
export interface Sockets {
  readonly count: number;
  /** A WebSocket address that can be used once, as apps.connections.open answers it. */
  ticketUrl(): string;
  /** Takes the upgrade when it is for Socket Mode. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Hands `attempt` to one of the connections, in turn. Never rejects. */
  send(attempt: Attempt): Promise<Outcome>;
  /** Called with the number of connections whenever it changes. */
  onCount(listener: (count: number) => void): void;
  /** Tells every connection to go, as Slack does when it moves them. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  stop(): void;
}

interface SocketOptions {
  readonly appId: string;
  /** `ws://127.0.0.1:3000` */
  readonly address: string;
  readonly ackMs: number;
  readonly pingMs: number;
}

export const SOCKET_PATH = '/link/';

/** How long a connection may take to say goodbye when the server stops. */
const CLOSE_MS = 500;

export function createSockets({ appId, address, ackMs, pingMs }: SocketOptions): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const waiting = new Map<string, { socket: WebSocket; done: (outcome: Outcome) => void }>();
  const listeners: ((count: number) => void)[] = [];

  const counted = () => {
    for (const listener of listeners) listener(open.length);
  };

  function accept(socket: WebSocket): void {
    open.push(socket);
    const ping = setInterval(() => socket.ping(`Ping from ${appId}`), pingMs);
    socket.on('message', (data) => {
      const frame = readFrame(String(data));
      if (!frame) socket.close(1007, 'not an acknowledgement');
      else waiting.get(frame.envelope_id)?.done({ kind: 'acknowledged', payload: frame.payload });
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(ping);
      const at = open.indexOf(socket);
      if (at >= 0) open.splice(at, 1);
      for (const each of [...waiting.values()]) {
        if (each.socket === socket) each.done({ kind: 'disconnected' });
      }
      counted();
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        debug_info: { host: 'playground', approximate_connection_time: 18_060 },
        connection_info: { app_id: appId },
      }),
    );
    counted();
  }

  return {
    get count() {
      return open.length;
    },
    ticketUrl() {
      const ticket = newId('', 24).toLowerCase();
      tickets.add(ticket);
      return `${address}${SOCKET_PATH}?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '', 'ws://localhost').searchParams.get('ticket');
      if (!ticket || !tickets.delete(ticket)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    send({ type, payload, retry }) {
      // In turn: the one that is used moves to the end of the line.
      const socket = open.shift();
      if (!socket) return Promise.resolve({ kind: 'unconnected' });
      open.push(socket);
      const envelopeId = crypto.randomUUID();
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const done = (outcome: Outcome) => {
        clearTimeout(timer);
        waiting.delete(envelopeId);
        resolve(outcome);
      };
      const timer = setTimeout(() => done({ kind: 'timeout' }), ackMs);
      waiting.set(envelopeId, { socket, done });
      socket.send(
        JSON.stringify({
          envelope_id: envelopeId,
          payload,
          type,
          accepts_response_payload: type !== 'events_api',
          ...(type === 'events_api'
            ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
            : {}),
        }),
      );
      return promise;
    },
    onCount: (listener) => void listeners.push(listener),
    disconnect(reason) {
      // They get nothing new from now on; what they have not acknowledged is still awaited.
      for (const socket of open.splice(0)) {
        socket.send(
          JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'playground' } }),
        );
      }
      counted();
    },
    stop() {
      for (const { done } of [...waiting.values()]) done({ kind: 'disconnected' });
      for (const socket of server.clients) {
        socket.close(1001);
        setTimeout(() => socket.terminate(), CLOSE_MS).unref();
      }
      server.close();
    },
  };
}

const acknowledgement = z.object({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).default({}),
});

function readFrame(text: string): z.infer<typeof acknowledgement> | undefined {
  try {
    return acknowledgement.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

type Json = Record<string, unknown>;

/**
 * What one Web API call is answered with: a body, a number of seconds to wait (429), nothing ever, or
 * a connection that breaks.
 */
export type Method = (args: URLSearchParams) => Json | number | 'silence' | 'broken';

/**
 * The bare ends of Slack that a test holds in its hands: each Web API method is a function, each
 * frame on the socket is sent by the test, and nothing happens by itself. (The playground's
 * workspace behaves like Slack; this one can also misbehave.)
 */
export interface FakeSlack {
  readonly apiUrl: string;
  /** By name; an absent one answers `unknown_method`. */
  readonly methods: Record<string, Method>;
  /** The calls so far, `method?arguments` without the token. */
  readonly calls: string[];
  /** Sends a frame as it is. */
  send(frame: Json): void;
  /** Sends an events_api envelope and waits for its acknowledgement: false when none comes. */
  deliver(body: Json, timeoutMs?: number): Promise<boolean>;
  /** Closes the sockets, as Slack does after a `disconnect`. */
  drop(): void;
  readonly connections: number;
  /** False for a Slack that takes connections and then says nothing. */
  greets: boolean;
  stop(): Promise<void>;
}

export async function startFakeSlack(): Promise<FakeSlack> {
  const calls: string[] = [];
  const acks = new Map<string, () => void>();
  const sockets = new WebSocketServer({ noServer: true });
  const methods: Record<string, Method> = {
    'auth.test': () => ({
      ok: true,
      team_id: 'T1',
      team: 'Tide Pool',
      url: 'https://tidepool.slack.com/',
      user_id: 'UBOT',
      bot_id: 'BBOT',
    }),
    'apps.connections.open': () => ({ ok: true, url: `ws://127.0.0.1:${port}/` }),
    'users.conversations': () => ({ ok: true, channels: [] }),
  };
  const server = createServer(async (request, response) => {
    const name = request.url?.split('/').at(-1) ?? '';
    const args = new URLSearchParams(await bodyOf(request));
    args.delete('token');
    calls.push(`${name}?${args}`);
    const answer = methods[name]?.(args) ?? { ok: false, error: 'unknown_method' };
    if (answer === 'silence') return;
    if (answer === 'broken') {
      request.socket.destroy();
      return;
    }
    if (typeof answer === 'number') {
      response.writeHead(429, { 'retry-after': String(answer) }).end();
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    }
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('message', (data) => {
        const frame = JSON.parse(String(data)) as { envelope_id: string };
        acks.get(frame.envelope_id)?.();
      });
      if (fake.greets) connection.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const newest = (): WebSocket | undefined => [...sockets.clients].at(-1);
  const fake: FakeSlack = {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    methods,
    calls,
    greets: true,
    send: (frame) => newest()?.send(JSON.stringify(frame)),
    async deliver(payload, timeoutMs = 2000) {
      const envelope_id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), timeoutMs);
      acks.set(envelope_id, () => resolve(true));
      fake.send({ type: 'events_api', envelope_id, payload, accepts_response_payload: false });
      const acknowledged = await promise;
      clearTimeout(timer);
      acks.delete(envelope_id);
      return acknowledged;
    },
    drop() {
      for (const socket of sockets.clients) socket.close();
    },
    get connections() {
      return sockets.clients.size;
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

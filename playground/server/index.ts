import { createServer } from 'node:http';
import express from 'express';
import { createDelivery } from './delivery.ts';
import { eventBody, eventOf } from './events.ts';
import { isLocal } from './guard.ts';
import { createLive, LIVE_PATH } from './live.ts';
import { SLACK_TIMING, type WorkspaceServer, type WorkspaceServerOptions } from './options.ts';
import { createResponseUrls } from './response-urls.ts';
import { routes } from './routes.ts';
import { createSockets, SOCKET_PATH } from './sockets.ts';
import { createStore } from './store/store.ts';
import { createTriggers } from './triggers.ts';

export type { WorkspaceServer, WorkspaceServerOptions } from './options.ts';

/**
 * Starts a Slack workspace on this machine: Web API, Socket Mode and the API of the playground's
 * page, on 127.0.0.1 only. Rejects when the port is taken.
 */
export async function startWorkspaceServer(
  options: WorkspaceServerOptions,
): Promise<WorkspaceServer> {
  const { botToken = 'xoxb-playground', appToken = 'xapp-playground', commands, page } = options;
  const timing = { ...SLACK_TIMING, ...options.timing };
  const store = createStore(options.sample, timing.processingMs);
  const app = express().disable('x-powered-by').disable('etag');
  const server = createServer(app);
  const port = await listen(server, options.port);
  const url = `http://localhost:${port}`;
  const local = `http://127.0.0.1:${port}`;

  const triggers = createTriggers();
  const sockets = createSockets({
    appId: store.appId,
    address: `ws://127.0.0.1:${port}`,
    ackMs: timing.ackMs,
    pingMs: timing.pingMs,
  });
  sockets.onCount((count) => {
    if (count > 0) options.onConnected?.();
  });
  const responseUrls = createResponseUrls({ store, url: local, lifetimeMs: timing.responseUrlMs });
  const interaction = { store, sockets, triggers, responseUrls, url: local };
  const delivery = createDelivery(sockets, timing.retryMs);
  const live = createLive(store, sockets);
  const unsubscribe = store.feed.subscribe((change) => {
    const event = eventOf(store, change, local);
    if (event) delivery.deliver(eventBody(store, event));
  });

  routes(app, { interaction, commands, page, tokens: { bot: botToken, app: appToken } });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const path = isLocal(request.headers) ? (request.url ?? '') : '';
    if (path.startsWith(SOCKET_PATH)) sockets.upgrade(request, socket, head);
    else if (path.startsWith(LIVE_PATH)) live.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });

  return {
    url,
    apiUrl: `${local}/api/`,
    port,
    botToken,
    appToken,
    store,
    disconnect: sockets.disconnect,
    async stop() {
      unsubscribe();
      delivery.stop();
      store.files.stop();
      live.stop();
      sockets.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

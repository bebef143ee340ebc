import { createServer } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { SlashCommandHint } from '../protocol.ts';
import type { SampleWorkspace } from '../workspace.ts';
import { createDelivery } from './delivery.ts';
import { eventBody, eventOf } from './events.ts';
import { SlackFailure } from './failure.ts';
import { filesDoor } from './files-door.ts';
import { isLocal } from './guard.ts';
import { createLive, LIVE_PATH } from './live.ts';
import { pageApi } from './page-api.ts';
import { Refusal } from './refusal.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSockets, SOCKET_PATH } from './sockets.ts';
import { createStore, type Store } from './store/store.ts';
import { createTriggers } from './triggers.ts';
import { webApi } from './web-api.ts';

/** How long things take, in milliseconds. The defaults are Slack's. */
export interface Timing {
  /** How long the app has to acknowledge. */
  readonly ackMs: number;
  /** The time before each retry of an event, counted from the failure of the attempt before. */
  readonly retryMs: readonly number[];
  readonly pingMs: number;
  /** From the end of an upload until the file can be shown. */
  readonly processingMs: number;
  readonly responseUrlMs: number;
}

const SLACK_TIMING: Timing = {
  ackMs: 3000,
  retryMs: [0, 60_000, 300_000],
  pingMs: 5000,
  processingMs: 150,
  responseUrlMs: 30 * 60_000,
};

export interface WorkspaceServerOptions {
  readonly sample: SampleWorkspace;
  /** 0 takes any free one. */
  readonly port: number;
  readonly botToken?: string;
  readonly appToken?: string;
  /** The commands that the app has registered. With none declared, every one is sent to it. */
  readonly commands: readonly SlashCommandHint[];
  /** Answers every request that is not the workspace's own. */
  readonly page?: RequestHandler;
  readonly timing?: Partial<Timing>;
}

export interface WorkspaceServer {
  readonly url: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly port: number;
  readonly botToken: string;
  readonly appToken: string;
  readonly store: Store;
  /** Sends the app's connections away, as Slack does now and then. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  stop(): Promise<void>;
}

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
  const responseUrls = createResponseUrls({ store, url: local, lifetimeMs: timing.responseUrlMs });
  const interaction = { store, sockets, triggers, responseUrls, url: local };
  const delivery = createDelivery(sockets, timing.retryMs);
  const live = createLive(store, sockets);
  const unsubscribe = store.feed.subscribe((change) => {
    const event = eventOf(store, change, local);
    if (event) delivery.deliver(eventBody(store, event));
  });

  const tokens = { bot: botToken, app: appToken };
  app.use((request, response, next) => {
    if (isLocal(request.headers)) next();
    else response.status(403).send('This workspace answers only to this machine.');
  });
  app.all(
    '/api/:method',
    express.raw({ type: () => true, limit: '10mb' }),
    webApi(tokens, { store, sockets, triggers, url: local }),
  );
  app.post(
    ['/commands/:team/:id/:secret', '/actions/:team/:id/:secret'],
    express.json({ limit: '1mb' }),
    (q, r) => {
      responseUrls.use(String(q.params.secret), q.body);
      r.send('ok');
    },
  );
  app.use(filesDoor(store, botToken));
  app.use('/playground/api', pageApi(interaction, commands));
  if (page) app.use(page);
  app.use(answerErrors);
  server.on('upgrade', (request, socket, head) => {
    const path = request.url ?? '';
    if (isLocal(request.headers) && path.startsWith(SOCKET_PATH)) {
      sockets.upgrade(request, socket, head);
    } else if (isLocal(request.headers) && path.startsWith(LIVE_PATH)) {
      live.upgrade(request, socket, head);
    } else {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    }
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

/** People get words, apps Slack's codes; anything else is a bug and is shown as one. */
const answerErrors: ErrorRequestHandler = (error, _request, response, _next) => {
  if (error instanceof Refusal) response.status(400).json({ error: error.message });
  else if (error instanceof SlackFailure) response.status(404).send(error.code);
  else if (Number(error?.status) < 500)
    response.status(error.status).json({ error: error.message });
  else {
    console.error(error);
    response.status(500).json({ error: 'The playground has a bug; its console tells more.' });
  }
};

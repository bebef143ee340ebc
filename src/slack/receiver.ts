import { type App, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import { plainOptions } from './client.ts';
import { type Fields, fieldsOf } from './fields.ts';
import type { Inbox } from './inbox.ts';
import { sdkLogger } from './sdk-log.ts';

/** Milliseconds without a pong after which a connection counts as dead. */
const PONG_TIMEOUT_MS = 10_000;

/** A full disk refuses each of many events: one line a minute says so. */
const COMPLAIN_MS = 60_000;

export type SocketClient = SocketModeReceiver['client'];

interface InboxReceiver {
  /** For `new App({ receiver })`. */
  readonly receiver: Receiver;
  readonly socket: SocketClient;
  /** From now on nothing is taken; resolves when what was taken has been answered. */
  close(): Promise<void>;
}

interface ReceiverOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly inbox: Inbox;
  readonly log: Logger;
}

/**
 * A Socket Mode receiver that commits an event to the inbox before Bolt acknowledges it. Where the
 * commit fails nothing is acknowledged, and Slack sends the event again.
 */
export function createReceiver({ appToken, apiUrl, inbox, log }: ReceiverOptions): InboxReceiver {
  const logger = sdkLogger(log);
  const inner = new SocketModeReceiver({
    appToken,
    logger,
    // Reconnecting is ours: the SDK waits for five seconds, and dies of a refused token.
    autoReconnectEnabled: false,
    clientPingTimeout: PONG_TIMEOUT_MS,
    installerOptions: { clientOptions: plainOptions(apiUrl, logger) },
  });
  guardFrames(inner.client, log);
  const inFlight = new Set<Promise<void>>();
  let isClosed = false;
  let complainedAt = Number.NEGATIVE_INFINITY;

  async function take(app: App, event: ReceiverEvent): Promise<void> {
    const body: Fields = fieldsOf(event.body);
    if (body.type === 'app_rate_limited') {
      log.warn('Slack drops events: more than 30,000 in an hour; messages are missing');
      return event.ack();
    }
    if (body.type === 'event_callback' && !(await isStored(body))) return;
    await app.processEvent(event);
  }

  /** What is not acknowledged, Slack sends again: a full disk or a locked file may be over by then. */
  async function isStored(body: Fields): Promise<boolean> {
    try {
      await inbox.store(body);
      return true;
    } catch (error) {
      const now = Date.now();
      if (now - complainedAt >= COMPLAIN_MS) {
        complainedAt = now;
        log.error(
          { err: error },
          'events can not be kept: mend the database within minutes, for as long as Slack sends them again',
        );
      }
      return false;
    }
  }

  const receiver: Receiver = {
    init(app) {
      const door: Pick<App, 'processEvent'> = {
        async processEvent(event) {
          if (isClosed) return;
          const taken = take(app, event);
          inFlight.add(taken);
          await taken.finally(() => inFlight.delete(taken));
        },
      };
      inner.init(door as App);
    },
    start: () => inner.start(),
    stop: () => inner.stop(),
  };
  return {
    receiver,
    socket: inner.client,
    async close() {
      isClosed = true;
      await Promise.allSettled(inFlight);
    },
  };
}

/**
 * Keeps a frame that socket-mode 3.1 can't read from ending the process: its reader rejects, with
 * nobody to catch, for a payload without an `event`, and `app_rate_limited` is one.
 */
function guardFrames(socket: SocketClient, log: Logger): void {
  const [read] = socket.listeners('ws_message');
  if (!read) throw new Error('this version of @slack/socket-mode reads its frames elsewhere');
  socket.removeAllListeners('ws_message');
  socket.on('ws_message', async (data: unknown, isBinary: boolean) => {
    try {
      await read(typeof data === 'string' ? withEvent(data) : data, isBinary);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      log.error({ reason }, 'a frame from Slack could not be read');
    }
  });
}

function withEvent(frame: string): string {
  if (!frame.includes('app_rate_limited')) return frame;
  const envelope = fieldsOf(JSON.parse(frame));
  const payload = fieldsOf(envelope.payload);
  if (payload.type !== 'app_rate_limited') return frame;
  return JSON.stringify({ ...envelope, payload: { ...payload, event: { type: payload.type } } });
}

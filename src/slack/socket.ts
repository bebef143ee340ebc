import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SocketClient } from './receiver.ts';

/** How long Slack may take until its hello; a connection without one brings no events. */
const HELLO_MS = 20_000;
/** How long Slack may take to answer a goodbye before the line is cut. */
const GOODBYE_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

/** A Socket Mode connection that comes back. */
interface Socket {
  readonly connected: boolean;
  /** Resolves when Slack has said hello; rejects when the first attempt fails. */
  open(): Promise<void>;
  /** Resolves when the connection is really gone. */
  close(): Promise<void>;
}

interface LineOptions {
  readonly log: Logger;
  /** Called again and again while Slack is lost, and when it is back: since when, and the time now. */
  onLost(from: number, to: number): void;
  /** Called when Slack is back: what happened meanwhile is not sent again. */
  onBack(): void;
  readonly helloMs?: number;
}

/**
 * Keeps `client` connected: at once after Slack moves it, then with growing waits of up to half a
 * minute for as long as Slack can't be reached or refuses.
 */
export function keepConnected(
  client: SocketClient,
  { log, onLost, onBack, helloMs = HELLO_MS }: LineOptions,
): Socket {
  const closing = new AbortController();
  let connected = false;
  let lostAt: number | undefined;
  let reconnecting: Promise<void> = Promise.resolve();

  async function connect(): Promise<void> {
    const late = setTimeout(() => void client.disconnect(), helloMs);
    try {
      await client.start();
    } catch (error) {
      throw error ?? new Error('the connection was closed before Slack said hello');
    } finally {
      clearTimeout(late);
    }
    connected = true;
    tellLost();
    if (lostAt !== undefined) onBack();
    lostAt = undefined;
    client.once('disconnected', () => {
      connected = false;
      lostAt = Date.now();
      if (!closing.signal.aborted) reconnecting = reconnect();
    });
  }

  /** Not at the end alone: a day may be over, or the process, before Slack is back. */
  function tellLost(): void {
    if (lostAt === undefined) return;
    try {
      onLost(lostAt, Date.now());
    } catch (error) {
      // The line is up all the same.
      log.error({ err: error }, 'that Slack was lost could not be kept');
    }
  }

  async function reconnect(): Promise<void> {
    for (let attempt = 0; !closing.signal.aborted; attempt += 1) {
      try {
        return await connect();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.warn({ reason, attempt }, 'Slack can not be reached; trying again');
        tellLost();
      }
      const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
      await sleep(wait, undefined, { signal: closing.signal }).catch(() => {});
    }
  }

  return {
    get connected() {
      return connected;
    },
    open: connect,
    async close() {
      closing.abort();
      tellLost();
      // An attempt that waits for Slack's hello is given up.
      if (!connected) void client.disconnect();
      await reconnecting;
      if (!connected) return;
      const gone = client.disconnect();
      const cut = setTimeout(() => void client.disconnect(), GOODBYE_MS);
      await gone;
      clearTimeout(cut);
    },
  };
}

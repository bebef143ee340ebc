import type { Logger } from 'pino';
import { countLineageEvents, dropLineageEvent, oldestLineageEvent } from '../../db/lineage.ts';
import type { Db } from '../../db/open.ts';

interface SenderDeps {
  readonly db: Db;
  /** The receiver's address, as OPENLINEAGE_URL says. */
  readonly url: string;
  readonly log: Logger;
  readonly timeoutMs: number;
}

interface Sender {
  /**
   * Sends what is kept, oldest first, until nothing is left, the receiver does not take it, or
   * `until` (by `performance.now()`) is over. Returns whether nothing is left. Never throws.
   */
  send(until?: number): Promise<boolean>;
  /** For good; the request that is under way is given up, and its event is kept. */
  stop(): void;
}

/** The answers that mean: this event will never be taken. All else may change with time or settings. */
const NEVER = [400, 413, 415, 422];

const REASON_CHARACTERS = 300;

/** Where a receiver takes events. @param url its address, as OPENLINEAGE_URL says */
export function endpointOf(url: string): string {
  return `${url.replace(/\/+$/, '')}/api/v1/lineage`;
}

/** Sends kept events, one at a time and in order. */
export function createSender({ db, url, log, timeoutMs }: SenderDeps): Sender {
  const address = endpointOf(url);
  const stopping = new AbortController();
  let running: Promise<boolean> | undefined;
  let isDown = false;

  /** Throws when the event is not out of the way afterwards. */
  async function post(seq: number, event: string): Promise<void> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'groundswell' },
      body: event,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping.signal]),
    });
    const answer = await response.text();
    if (!response.ok && !NEVER.includes(response.status)) {
      throw new Error(`POST ${address} answered ${response.status}`);
    }
    if (!response.ok) {
      const { status } = response;
      const reason = answer.slice(0, REASON_CHARACTERS);
      log.warn({ seq, status, reason }, 'lineage event refused for good, so it is dropped');
    }
    dropLineageEvent(db, seq);
  }

  async function sendAll(until: number): Promise<boolean> {
    try {
      for (let kept = oldestLineageEvent(db); kept; kept = oldestLineageEvent(db)) {
        if (stopping.signal.aborted || performance.now() >= until) return false;
        await post(kept.seq, kept.event);
        if (isDown) log.info({ waiting: countLineageEvents(db) }, 'lineage is taken again');
        isDown = false;
      }
      return true;
    } catch (error) {
      if (!stopping.signal.aborted && !isDown) {
        log.warn({ err: error }, 'lineage is not taken; it is kept and sent later');
        isDown = true;
      }
      return false;
    }
  }

  return {
    send(until = Number.POSITIVE_INFINITY) {
      running ??= sendAll(until).finally(() => {
        running = undefined;
      });
      return running;
    },
    stop: () => stopping.abort(),
  };
}
